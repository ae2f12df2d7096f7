"""Form: the measures of a card's face."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exporter.cards.block_layout import Room
from exporter.cards.font_set import Fonts
from exporter.cards.hyphenation import hyphenator
from exporter.cards.stocks import MILLIMETRE
from exporter.cards.text_measurement import Picture

WHOLE_WORDS = 14.0
"""The size in points at which a word that fits a line of its own keeps the type from being larger."""
SMALL_CARD = 60.0
"""Below which height or width a card, in millimetres, gets the smaller margin and small line."""


@dataclass(frozen=True, slots=True)
class Form:
    """The measures of a card's face, in points; text keeps `margin` from every cut."""

    width: float
    height: float
    margin: float
    small: float
    key: float

    @property
    def column(self) -> float:
        """Return the width of the column of text."""
        return self.width - 2 * self.margin

    @property
    def head(self) -> float:
        """Return the height that the small line at the top takes, with the air below it."""
        return self.small * 2.25

    @property
    def foot(self) -> float:
        """Return the height that the key at the bottom takes, with the air above it."""
        return self.key * 2

    @property
    def front(self) -> float:
        """Return the height that is left between the small line and the key."""
        return self.height - 2 * self.margin - self.head - self.foot

    @property
    def back(self) -> float:
        """Return the height that is left below the small line."""
        return self.height - 2 * self.margin - self.head

    @property
    def gap(self) -> float:
        """Return the height between cues and the answer below them, with the rule in it."""
        return self.small * 1.2

    def room(self, fonts: Fonts, picture: Callable[[str], Picture | None], language: str = "") -> Room:
        """Return what the column gives: words stay whole down to 14 pt, code and tables to 10 pt.

        Where the type turns out smaller, `cards` keeps words whole down to the size that was found.
        """
        return Room(
            fonts, self.column / WHOLE_WORDS, self.column / 10, picture, hyphenator(language), language
        )


def form(card: tuple[float, float]) -> Form:
    """Return the measures for a card of so many millimetres: 6 mm of margin, 5.2 on small cards."""
    width, height = (side * MILLIMETRE for side in card)
    small = min(card) < SMALL_CARD
    return Form(width, height, (5.2 if small else 6.0) * MILLIMETRE, 6.5 if small else 7.0, 5.5)
