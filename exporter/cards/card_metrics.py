"""The dimensions of a card's side: margins, header, footer, and the columns between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exporter.cards.code_layout import MIN_CODE_SIZE_PT
from exporter.cards.column_context import ColumnContext
from exporter.cards.font_set import Fonts
from exporter.cards.hyphenation import make_hyphenator
from exporter.cards.measured_line import Picture
from exporter.cards.stocks import POINTS_PER_MM

UNDIVIDED_SIZE_PT = 14.0  # unmeasured
"""Size down to which the type is made smaller rather than a word divided; see `note_measurement`."""
UNBROKEN_SIZE_PT = 10.0  # unmeasured
"""Size down to which the type is made smaller rather than a table broken."""
MIN_LARGE_CARD_MM = 60.0  # unmeasured
"""Cards that are less wide or high than this get the smaller margin and header."""

MARGIN_MM, SMALL_MARGIN_MM = 6.0, 5.2
"""Distance of text from the cut. Printers drift by 3 to 4 mm, so at least 1 mm is left."""
HEADER_SIZE_PT, SMALL_HEADER_SIZE_PT = 7.0, 6.5  # unmeasured
KEY_SIZE_PT = 5.5  # unmeasured
HEADER_HEIGHT, CUES_GAP, FOOTER_HEIGHT = 2.25, 1.2, 2.0  # unmeasured
"""Height of the header and gap below cues, in header sizes; height of the footer, in key sizes."""
PICTURE_SHARE = 0.4
"""Height of an image that text beside it does not take, as a fraction of that of the column.

Of 48 mm on a 3 × 5 inch card, 19 mm: a diagram with letters of 2 mm may have six lines of them.
"""


@dataclass(frozen=True, slots=True)
class CardMetrics:
    """The dimensions of a card's side in points; text keeps `margin` from every edge.

    `header_size` and `key_size` are the type sizes of the header and of the key in the footer.
    """

    width: float
    height: float
    margin: float
    header_size: float
    key_size: float

    @property
    def column_width(self) -> float:
        """The width of the text."""
        return self.width - 2 * self.margin

    @property
    def header_height(self) -> float:
        """The height of the header with the space below it."""
        return self.header_size * HEADER_HEIGHT

    @property
    def footer_height(self) -> float:
        """The height of the key with the space above it."""
        return self.key_size * FOOTER_HEIGHT

    @property
    def front_height(self) -> float:
        """The height of the text on a front: between header and footer."""
        return self.height - 2 * self.margin - self.header_height - self.footer_height

    @property
    def back_height(self) -> float:
        """The height of the text on a back, which has no footer."""
        return self.height - 2 * self.margin - self.header_height

    @property
    def picture_height(self) -> float:
        """The height that an image has at the least, if it is so high, whatever the text beside it."""
        return self.front_height * PICTURE_SHARE

    @property
    def cues_gap(self) -> float:
        """The space between cues and the answer below them, with the rule in its middle."""
        return self.header_size * CUES_GAP

    def context(
        self, fonts: Fonts, find_picture: Callable[[str], Picture | None], language: str = ""
    ) -> ColumnContext:
        """Return the context for the layout of the text."""
        return ColumnContext(
            fonts,
            self.column_width / UNDIVIDED_SIZE_PT,
            self.column_width / UNBROKEN_SIZE_PT,
            self.column_width / MIN_CODE_SIZE_PT,
            find_picture,
            make_hyphenator(language),
            language,
        )


def card_metrics(card: tuple[float, float]) -> CardMetrics:
    """Return the dimensions of a card of `card` millimetres, width and height."""
    width, height = (side * POINTS_PER_MM for side in card)
    is_small = min(card) < MIN_LARGE_CARD_MM
    return CardMetrics(
        width,
        height,
        (SMALL_MARGIN_MM if is_small else MARGIN_MM) * POINTS_PER_MM,
        SMALL_HEADER_SIZE_PT if is_small else HEADER_SIZE_PT,
        KEY_SIZE_PT,
    )
