"""The fonts and the start slot of printing, from checked settings."""

from __future__ import annotations

from exporter.cards.font_search import FontSearch
from exporter.cards.font_set import Fonts
from exporter.cards.user_fonts import load_typeface, load_user_faces
from exporter.config.settings import SettingError, Settings


def load_fonts(settings: Settings, language: str) -> Fonts:
    """Return the fonts of a document in a language; raise `SettingError` if one cannot be used."""
    typeface, fonts = (tuple(filter(None, names)) for names in (settings.pdf.typeface, settings.pdf.font))
    return Fonts(
        load_typeface(typeface) if typeface else (),
        user_faces=load_user_faces(fonts),
        search=FontSearch(language, with_system=settings.pdf.system_fonts),
    )


def read_start_slot(settings: Settings) -> int:
    """Return the slot of the first card, from 1; raise `SettingError` if it is not a whole number."""
    slot = settings.pdf.start_slot
    if slot != slot // 1:
        raise SettingError(
            f"The slot {slot:g} is not a whole number; set `pdf.start_slot` to a whole number from 1."
        )
    return int(slot)
