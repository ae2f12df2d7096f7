"""Stocks: the sheets of paper that cards are printed on, as rectangles in millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from exporter.config.choices import Paper
from exporter.config.paper import usual_paper
from exporter.config.settings import SettingError, Settings
from exporter.model.suggestions import suggest

MM_PER_INCH = 25.4
POINTS_PER_MM = 72 / MM_PER_INCH
A4 = (210.0, 297.0)
LETTER = (8.5 * MM_PER_INCH, 11 * MM_PER_INCH)
"""Sizes of paper in millimetres: width and height in portrait."""
CUSTOM, AUTO = "custom", "auto"
DEFAULT_STOCKS = {Paper.A4: "a4-3x5", Paper.LETTER: "letter-3x5"}
"""The stock that `auto` is, by the paper usual in the region of the language."""
AVERY = "avery-"
"""What may be before the part number of a stock of Avery."""

MIN_CARD_MM = (40.0, 30.0)  # unmeasured
"""Smallest width and height of a custom card, with margins on which text can still be set."""
MAX_SHEET_MM = 2000.0  # unmeasured
"""Largest side of a custom sheet."""
MAX_SLOTS = 1000  # unmeasured
"""Largest number of cards on a custom sheet."""
MAX_BLEED_MM = 10.0
"""Largest bleed of a sheet of one card: three times what print shops ask for, 3 mm or 1/8 inch."""
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


def find_stock(settings: Settings) -> Stock:
    """Return the stock that the settings name, with its bleed.

    Raise `SettingError` if it is unknown or impossible, or if it cannot have that bleed.
    """
    return _with_bleed(_find_named(settings), settings.pdf.bleed)


def _with_bleed(stock: Stock, bleed: float) -> Stock:
    """Return a stock whose sheets have a bleed of some millimetres around their one card."""
    if not 0 <= bleed <= MAX_BLEED_MM:
        raise SettingError(
            f"A bleed of {bleed:g} mm is out of range; set `pdf.bleed` to 0 to {MAX_BLEED_MM:g} mm."
        )
    if not bleed:
        return stock
    if not stock.is_one_card:
        names = ", ".join(stock.name for stock in STOCKS if stock.is_one_card)
        raise SettingError(
            f"The sheets of {stock.name} are not single cards, so they have no bleed; "
            f"set `pdf.bleed` to 0, or `pdf.stock` to one of {names}."
        )
    width, height = stock.sheet
    return replace(stock, sheet=(width + 2 * bleed, height + 2 * bleed), left=bleed, top=bleed, bleed=bleed)


def _find_named(settings: Settings) -> Stock:
    """Return the stock that the settings name or describe."""
    name = settings.pdf.stock.strip().lower()
    if name == AUTO:
        return BY_NAME[DEFAULT_STOCKS[usual_paper(settings.language)]]
    if name == CUSTOM:
        return _custom_stock(settings)
    if name in BY_NAME:
        return BY_NAME[name]
    names = ", ".join(stock.name for stock in STOCKS)
    similar = suggest(name, (*(stock.name for stock in STOCKS), CUSTOM, AUTO)) or suggest(name, BY_NAME)
    suggestion = f"Did you mean “{similar}”? " if similar else ""
    raise SettingError(
        f"Unknown stock “{name}”. {suggestion}Set `pdf.stock` to one of {names}, or to custom or auto."
    )


def _custom_stock(settings: Settings) -> Stock:
    """Return the stock that the settings `pdf.custom` describe."""
    custom = settings.pdf.custom
    counts = custom.columns, custom.rows
    if any(count % 1 for count in counts):
        raise SettingError(
            "The cards on a sheet are a whole number; set `pdf.custom.columns` and `rows` to whole numbers."
        )
    columns, rows = map(int, counts)
    stock = Stock(
        CUSTOM,
        (custom.sheet_width, custom.sheet_height),
        (custom.card_width, custom.card_height),
        columns,
        rows,
        custom.left,
        custom.top,
        custom.pitch_x or custom.card_width,
        custom.pitch_y or custom.card_height,
        custom.perforated,
    )
    for fault in _iter_faults(stock):
        raise SettingError(fault)
    return stock


def _iter_faults(stock: Stock) -> Iterator[str]:
    """Yield what makes a custom stock impossible, with what to set instead."""
    (width, height), (sheet_width, sheet_height) = stock.card, stock.sheet
    min_width, min_height = MIN_CARD_MM
    if not (width >= min_width and height >= min_height and max(stock.sheet) <= MAX_SHEET_MM):
        yield (
            f"A custom card of {width:g} × {height:g} mm on a sheet of {sheet_width:g} × {sheet_height:g} mm "
            "cannot be set; give `pdf.custom` a card of at least "
            f"{min_width:g} × {min_height:g} mm and a sheet of at most {MAX_SHEET_MM:g} mm."
        )
        return
    if not (stock.columns >= 1 and stock.rows >= 1 and stock.columns * stock.rows <= MAX_SLOTS):
        yield (
            f"A custom stock needs 1 to {MAX_SLOTS} cards; set `pdf.custom.columns` and `pdf.custom.rows`."
        )
        return
    last = stock.rects[-1]
    if (
        min(stock.left, stock.top) < 0
        or last.x + width > sheet_width + TOLERANCE_MM
        or last.y + height > sheet_height + TOLERANCE_MM
        or (stock.columns > 1 and stock.pitch_x < width - TOLERANCE_MM)
        or (stock.rows > 1 and stock.pitch_y < height - TOLERANCE_MM)
    ):
        yield (
            "The cards of the custom stock overlap or leave their sheet; "
            "check `pdf.custom.left`, `top`, `pitch_x`, `pitch_y`, `columns` and `rows`."
        )
