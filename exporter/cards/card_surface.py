"""What the cards of a deck are measured for and drawn on: a PDF, pictures for the preview, or nothing."""

from __future__ import annotations

from typing import Protocol, TypeVar

from exporter.cards.card_metrics import CardMetrics
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.imposition import Side
from exporter.cards.note_fitting import FittedNote

Drawing = TypeVar("Drawing")
Drawing_co = TypeVar("Drawing_co", covariant=True)


class Surface(Protocol[Drawing_co]):
    """What the cards of a deck are measured for and drawn on."""

    def begin(self, metrics: CardMetrics) -> None:
        """Discard everything drawn, and begin a deck of cards with these dimensions."""

    @property
    def fonts(self) -> Fonts:
        """The fonts; they collect the characters that no face has."""

    @property
    def gallery(self) -> Gallery:
        """The deck's images; it collects those that cannot be read."""

    def draw(self, fit: FittedNote, part: int, side: Side) -> Drawing_co:
        """Return the drawing of one side of a note's card; `part` is the card's index, from 0."""
