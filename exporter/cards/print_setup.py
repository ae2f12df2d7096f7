"""Settings: what the options say of printing, checked."""

from __future__ import annotations

from exporter.cards.font_loading import load_user_face
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import Side
from exporter.cards.page_content import Correction
from exporter.config.choices import PrintMode
from exporter.config.settings import SettingError, Settings

MOST_OFFSET, MOST_ROTATION = 20.0, 5.0
"""The largest correction, in millimetres and in degrees; printers drift by 3 to 4 mm."""


def duplex(settings: Settings) -> PrintMode:
    """Return the way of printing, which the table of settings holds to those there are."""
    return settings.pdf.print_mode


def chosen_fonts(settings: Settings) -> Fonts:
    """Return the faces to set cards in; raises `SettingError` for a font that cannot be used."""
    own = settings.pdf.font
    return Fonts(load_user_face(own) if own else None)


def correction(settings: Settings, side: Side) -> Correction:
    """Return what the options say of the printer's drift on one side of a sheet.

    Raises `SettingError` for more millimetres or degrees than any printer drifts.
    """
    printer = settings.pdf.printer
    prefix = "pdf.printer." if side is Side.FRONT else "pdf.printer.back_"
    offset_x, offset_y, rotation = (
        (printer.offset_x, printer.offset_y, printer.rotation)
        if side is Side.FRONT
        else (printer.back_offset_x, printer.back_offset_y, printer.back_rotation)
    )
    for name, value, most in (
        ("offset_x", offset_x, MOST_OFFSET),
        ("offset_y", offset_y, MOST_OFFSET),
        ("rotation", rotation, MOST_ROTATION),
    ):
        if not -most <= value <= most:
            raise SettingError(
                f"A printer correction of {value:g} is out of range; "
                f"set `{prefix}{name}` between -{most:g} and {most:g}."
            )
    return Correction(float(offset_x), float(offset_y), float(rotation))


def start_slot(settings: Settings) -> int:
    """Return the slot of the first card, from 1; raises `SettingError` if it is no whole number."""
    slot = settings.pdf.start_slot
    if slot != slot // 1:
        raise SettingError(f"There is no slot {slot:g}; set `pdf.start_slot` to a whole number from 1.")
    return int(slot)
