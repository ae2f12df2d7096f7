"""Settings: what the options say of printing, checked."""

from __future__ import annotations

from exporter.cards.font_set import Fonts, user_face
from exporter.cards.imposition import Duplex, Side
from exporter.cards.page_content import Correction
from exporter.config.settings import Options, SettingError

MOST_OFFSET, MOST_ROTATION = 20.0, 5.0
"""The largest correction, in millimetres and in degrees; printers drift by 3 to 4 mm."""


def duplex(options: Options) -> Duplex:
    """Return the way of printing, which the table of settings holds to those there are."""
    return Duplex(options.text("pdf.duplex"))


def chosen_fonts(options: Options) -> Fonts:
    """Return the faces to set cards in; raises `SettingError` for a font that cannot be used."""
    own = options.text("pdf.font")
    return Fonts(user_face(own) if own else None)


def correction(options: Options, side: Side) -> Correction:
    """Return what the options say of the printer's drift on one side of a sheet.

    Raises `SettingError` for more millimetres or degrees than any printer drifts.
    """
    prefix = "pdf.printer." if side is Side.FRONT else "pdf.printer.back_"
    found = []
    for name, most in (("offset_x", MOST_OFFSET), ("offset_y", MOST_OFFSET), ("rotation", MOST_ROTATION)):
        value = options.number(prefix + name)
        if not -most <= value <= most:
            raise SettingError(
                f"No printer is off by {value:g}; set `{prefix}{name}` between -{most:g} and {most:g}."
            )
        found.append(value)
    return Correction(*found)


def start_slot(options: Options) -> int:
    """Return the slot of the first card, from 1; raises `SettingError` if it is no whole number."""
    slot = options.number("pdf.start_slot")
    if slot != slot // 1:
        raise SettingError(f"There is no slot {slot:g}; set `pdf.start_slot` to a whole number from 1.")
    return int(slot)
