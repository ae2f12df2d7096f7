"""The words of the exporter on paper, in a language that the fonts can print."""

from __future__ import annotations

from exporter.cards import shaping
from exporter.cards.font_set import Fonts
from exporter.cards.text_style import REGULAR
from exporter.config.words import ENGLISH, Words


def printable_words(words: Words, fonts: Fonts) -> Words:
    """Return words for lines that are drawn piece by piece: English if no font has their letters.

    So are words whose letters must be shaped or reordered, because the number of a sheet is put into its
    line page by page.
    """
    sample = f"{words.sheet_of}{words.print_single}{words.fold_sheet}"
    if shaping.needs_shaping(sample) or not all(fonts.has(REGULAR, char) for char in set(sample)):
        return ENGLISH
    return words
