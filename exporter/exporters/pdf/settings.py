"""Settings: what the options say of printing, checked."""

from __future__ import annotations

from exporter.exporters.pdf.geometry import Duplex, Side
from exporter.exporters.pdf.sheets import Correction
from exporter.exporters.pdf.stocks import StockError
from exporter.options import Options


def duplex(options: Options) -> Duplex:
    """Return the way of printing; raises `StockError` for one that does not exist."""
    name = options.text("pdf.duplex")
    if name not in tuple(Duplex):
        *names, last = Duplex
        known = f"{', '.join(names)} or {last}"
        raise StockError(f"There is no way of printing called '{name}'; set `pdf.duplex` to {known}.")
    return Duplex(name)


def correction(options: Options, side: Side) -> Correction:
    """Return what the options say of the printer's drift on one side of a sheet."""
    prefix = "pdf.printer." if side is Side.FRONT else "pdf.printer.back_"
    return Correction(
        options.number(f"{prefix}offset_x"),
        options.number(f"{prefix}offset_y"),
        options.number(f"{prefix}rotation"),
    )


def start_slot(options: Options) -> int:
    """Return the slot of the first card, from 1; raises `StockError` if it is no whole number."""
    slot = options.number("pdf.start_slot")
    if slot != slot // 1:
        raise StockError(f"There is no slot {slot:g}; set `pdf.start_slot` to a whole number from 1.")
    return int(slot)
