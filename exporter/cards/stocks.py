"""Stocks: the sheets of paper that cards are printed on, as rectangles in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

MM_PER_INCH = 25.4
POINTS_PER_MM = 72 / MM_PER_INCH
A4 = (210.0, 297.0)
LETTER = (8.5 * MM_PER_INCH, 11 * MM_PER_INCH)
"""Sizes of paper in millimetres: width and height in portrait."""
AVERY = "avery-"
"""What may be before the part number of a stock of Avery."""

TOLERANCE_MM = 0.01
"""How far custom cards may be over each other or the sheet's edge, for rounding errors in settings."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in millimetres; the origin is the upper left corner of the sheet, `y` runs down."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stock:
    """A sheet of paper and the cards on it; all lengths in millimetres.

    `left` and `top` are the position of the first card, `pitch_x` and `pitch_y` the distances from
    one card to the next. Perforated stock gets no cut marks. `bleed` is what a sheet of one card has on
    each side around the card, which is cut off; it is part of `sheet`, `left` and `top`.
    """

    name: str
    sheet: tuple[float, float]
    card: tuple[float, float]
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    is_perforated: bool = False
    aliases: tuple[str, ...] = ()
    bleed: float = 0.0

    @property
    def is_one_card(self) -> bool:
        """Whether a sheet is one card, to the edge or to its bleed: nothing is printed around it."""
        sides = zip(self.card, self.sheet, strict=True)
        return self.columns * self.rows == 1 and all(
            abs(card + 2 * self.bleed - sheet) <= TOLERANCE_MM for card, sheet in sides
        )

    @property
    def is_landscape(self) -> bool:
        """Whether the sheet is wider than high."""
        return self.sheet[0] > self.sheet[1]

    @property
    def rects(self) -> tuple[Rect, ...]:
        """The rectangles of the cards on the front of a sheet, row by row."""
        width, height = self.card
        return tuple(
            Rect(self.left + column * self.pitch_x, self.top + row * self.pitch_y, width, height)
            for row in range(self.rows)
            for column in range(self.columns)
        )


def _one_card(name: str, card: tuple[float, float], *aliases: str) -> Stock:
    """Return a stock whose sheets are the cards."""
    return Stock(name, card, card, 1, 1, 0, 0, *card, aliases=aliases)


def _avery_letter(
    part_numbers: str, card: tuple[float, float], grid: tuple[int, int], position: tuple[float, ...]
) -> Stock:
    """Return perforated stock of Avery on letter paper from lengths in inches.

    `part_numbers` are those of one die, of which the first names the stock; each also has a name with
    `avery-` before it. `position` is left, top, pitch_x and pitch_y.
    """
    first, *others = part_numbers.split()
    aliases = (first, *(name for number in others for name in (f"{AVERY}{number}", number)))
    left, top, pitch_x, pitch_y = (MM_PER_INCH * length for length in position)
    width, height = (MM_PER_INCH * side for side in card)
    return Stock(
        f"{AVERY}{first}", LETTER, (width, height), *grid, left, top, pitch_x, pitch_y, True, aliases
    )


_3X5 = (5 * MM_PER_INCH, 3 * MM_PER_INCH)
_LETTER_3X5_MARGINS = (0.5 * MM_PER_INCH, 1.25 * MM_PER_INCH)

# the figures of perforated stocks are those of the templates of their maker, Avery; the part numbers of one
# die are those that gLabels lists as equivalent (avery-us-templates.xml), and 8869 and 28373 of Avery
STOCKS: tuple[Stock, ...] = (
    Stock("a4-3x5", A4[::-1], _3X5, 2, 2, 21.5, 28.8, *_3X5, aliases=("3x5",)),
    Stock("letter-3x5", LETTER[::-1], _3X5, 2, 2, *_LETTER_3X5_MARGINS, *_3X5, aliases=("us-3x5",)),
    Stock("a4-3x5-portrait", A4, _3X5, 1, 3, 41.5, 34.2, *_3X5, aliases=("3x5-portrait",)),
    Stock("a4-a6", A4, (105, 148.5), 2, 2, 0, 0, 105, 148.5, aliases=("a6",)),
    Stock("a4-a7", A4, (105, 74.25), 2, 4, 0, 0, 105, 74.25, aliases=("a7",)),
    _avery_letter("5388 5386 8388", (5, 3), (1, 3), (1.75, 1, 5, 3)),
    _avery_letter(
        "5371 5372 5376 5377 5871 5872 5873 5876 5877 5878 5911 6235 8271 8371 8372 8374 8376 8377 8379 8471 "
        "8476 8571 8871 8872 8873 8876 8877 8878 8879 25371 26550 26551 27870 27871 27876 27881 27882 28371 "
        "28876 28877",
        (3.5, 2), (2, 5), (0.75, 0.5, 3.5, 2),
    ),
    _avery_letter("8373 3612 5881 8869 28373", (3.5, 2), (2, 4), (0.5, 0.75, 4, 2.5)),
    _avery_letter("5389 8386", (6, 4), (1, 2), (1.25, 1.25, 6, 4.5)),
    Stock("c32011", A4, (85, 54), 2, 5, 15, 13.5, 95, 54, True, ("avery-c32011",)),
    Stock("c32015", A4, (85, 54), 2, 4, 17, 31.5, 91, 60, True, ("avery-c32015",)),
    _one_card("card-3x5", _3X5, "card-5x3"),
    _one_card("card-4x6", (6 * MM_PER_INCH, 4 * MM_PER_INCH), "card-6x4"),
    _one_card("card-a6", (148, 105)),
    _one_card("card-a7", (105, 74)),
    _one_card("card-85x54", (85, 54)),
)  # fmt: skip

BY_NAME: dict[str, Stock] = {name: stock for stock in STOCKS for name in (stock.name, *stock.aliases)}
