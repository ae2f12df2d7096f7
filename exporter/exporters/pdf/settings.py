"""Settings: what the options say of printing, checked."""

from __future__ import annotations

from exporter.exporters.pdf.geometry import Duplex, Side
from exporter.exporters.pdf.sheets import Correction
from exporter.exporters.pdf.stocks import StockError
from exporter.options import Options

MOST_OFFSET, MOST_ROTATION = 20.0, 5.0
"""The largest correction, in millimetres and in degrees; printers drift by 3 to 4 mm."""


def duplex(options: Options) -> Duplex:
    """Return the way of printing; raises `StockError` for one that does not exist."""
    name = options.text("pdf.duplex")
    if name not in tuple(Duplex):
        *names, last = Duplex
        known = f"{', '.join(names)} or {last}"
        raise StockError(f"There is no way of printing called '{name}'; set `pdf.duplex` to {known}.")
    return Duplex(name)


def correction(options: Options, side: Side) -> Correction:
    """Return what the options say of the printer's drift on one side of a sheet.

    Raises `StockError` for more millimetres or degrees than any printer drifts.
    """
    prefix = "pdf.printer." if side is Side.FRONT else "pdf.printer.back_"
    found = []
    for name, most in (("offset_x", MOST_OFFSET), ("offset_y", MOST_OFFSET), ("rotation", MOST_ROTATION)):
        value = options.number(prefix + name)
        if not -most <= value <= most:
            raise StockError(
                f"No printer is off by {value:g}; set `{prefix}{name}` between -{most:g} and {most:g}."
            )
        found.append(value)
    return Correction(*found)


def start_slot(options: Options) -> int:
    """Return the slot of the first card, from 1; raises `StockError` if it is no whole number."""
    slot = options.number("pdf.start_slot")
    if slot != slot // 1:
        raise StockError(f"There is no slot {slot:g}; set `pdf.start_slot` to a whole number from 1.")
    return int(slot)
