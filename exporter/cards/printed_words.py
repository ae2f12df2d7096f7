"""The words of the exporter on paper, in a language that the fonts can print."""

from __future__ import annotations

from exporter.cards import shaping
from exporter.cards.font_set import Fonts
from exporter.cards.text_style import REGULAR
from exporter.config.words import ENGLISH, Words


def printable_words(words: Words, fonts: Fonts) -> Words:
    """Return words for lines of our own: English if no font has their letters, or they cannot be shaped."""
    sample = f"{words.sheet_of}{words.print_single}{words.fold_sheet}"
    is_shapeable = shaping.is_available() or not shaping.needs_shaping(sample)
    return words if is_shapeable and all(fonts.has(REGULAR, char) for char in set(sample)) else ENGLISH
