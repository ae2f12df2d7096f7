"""The fonts and the start slot of printing, from checked settings."""

from __future__ import annotations

from exporter.cards.font_loading import load_user_face
from exporter.cards.font_set import Fonts
from exporter.config.settings import SettingError, Settings


def load_fonts(settings: Settings) -> Fonts:
    """Return the fonts of a document; raise `SettingError` if the user's font cannot be used."""
    name = settings.pdf.font
    return Fonts(load_user_face(name) if name else None)


def read_start_slot(settings: Settings) -> int:
    """Return the slot of the first card, from 1; raise `SettingError` if it is not a whole number."""
    slot = settings.pdf.start_slot
    if slot != slot // 1:
        raise SettingError(
            f"The slot {slot:g} is not a whole number; set `pdf.start_slot` to a whole number from 1."
        )
    return int(slot)
