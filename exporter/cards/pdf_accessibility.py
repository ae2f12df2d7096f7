"""Whether a PDF of a deck may claim to conform to PDF/UA-1 (ISO 14289-1)."""

from __future__ import annotations

from exporter.cards.font_set import Fonts
from exporter.cards.pdf_structure import StructureTree
from exporter.model.block_queries import iter_images
from exporter.model.deck import Deck


def is_accessible(deck: Deck, structure: StructureTree, fonts: Fonts) -> bool:
    """Return whether all that PDF/UA asks for is true, as far as it depends on the questions.

    That is: a title, a language, headings in order, a description of each picture, and a glyph for
    each character. What does not depend on them is tested with a checker.
    """
    return bool(
        deck.title.strip()
        and deck.language
        and not fonts.missing
        and structure.has_nested_headings()
        and not (deck.media and _has_undescribed_images(deck))
    )


def _has_undescribed_images(deck: Deck) -> bool:
    return any(not image.alt.strip() for note in deck.notes for image in iter_images(note.question))
