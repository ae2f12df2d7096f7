"""Stocks: the sheets that cards are printed on, as rectangles in millimetres."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exporter.config.settings import SettingError, Settings
from exporter.model.suggestions import suggest

INCH = 25.4
"""An inch in millimetres."""
MILLIMETRE = 72 / INCH
"""A millimetre in points."""
A4 = (210.0, 297.0)
LETTER = (8.5 * INCH, 11 * INCH)
CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle; `x` and `y` run from the sheet's top left corner to its own, in millimetres."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Stock:
    """A sheet and the cards on it; all lengths in millimetres.

    `left` and `top` place the first card, `pitch_x` and `pitch_y` lead from one card to the
    next. Perforated stock gets no cut marks. The figures are the makers' templates.
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
    perforated: bool = False
    aliases: tuple[str, ...] = ()

    @property
    def landscape(self) -> bool:
        """Say whether the sheet is wider than high."""
        return self.sheet[0] > self.sheet[1]

    @property
    def slots(self) -> tuple[Rect, ...]:
        """Return the cards' rectangles on the front, row by row."""
        width, height = self.card
        return tuple(
            Rect(self.left + column * self.pitch_x, self.top + row * self.pitch_y, width, height)
            for row in range(self.rows)
            for column in range(self.columns)
        )


def _inches(
    name: str, card: tuple[float, float], grid: tuple[int, int], place: tuple[float, ...], *aliases: str
) -> Stock:
    left, top, pitch_x, pitch_y = (INCH * length for length in place)
    width, height = card
    return Stock(
        name, LETTER, (width * INCH, height * INCH), *grid, left, top, pitch_x, pitch_y, True, aliases
    )


_3X5 = (5 * INCH, 3 * INCH)

STOCKS: tuple[Stock, ...] = (
    Stock("a4-3x5", A4[::-1], _3X5, 2, 2, 21.5, 28.8, *_3X5, aliases=("3x5",)),
    Stock("letter-3x5", LETTER[::-1], _3X5, 2, 2, 0.5 * INCH, 1.25 * INCH, *_3X5, aliases=("us-3x5",)),
    Stock("a4-3x5-portrait", A4, _3X5, 1, 3, 41.5, 34.2, *_3X5, aliases=("3x5-portrait",)),
    Stock("a4-a6", A4, (105, 148.5), 2, 2, 0, 0, 105, 148.5, aliases=("a6",)),
    Stock("a4-a7", A4, (105, 74.25), 2, 4, 0, 0, 105, 74.25, aliases=("a7",)),
    _inches(
        "avery-5388", (5, 3), (1, 3), (1.75, 1, 5, 3),
        "5388", "avery-5386", "5386", "avery-8388", "8388",
    ),
    _inches(
        "avery-5371", (3.5, 2), (2, 5), (0.75, 0.5, 3.5, 2),
        "5371", "avery-8371", "8371", "avery-5871", "5871", "avery-8871", "8871",
    ),
    _inches(
        "avery-8373", (3.5, 2), (2, 4), (0.5, 0.75, 4, 2.5),
        "8373", "avery-3612", "3612", "avery-5881", "5881",
    ),
    _inches("avery-5389", (6, 4), (1, 2), (1.25, 1.25, 6, 4.5), "5389", "avery-8386", "8386"),
    Stock("c32011", A4, (85, 54), 2, 5, 15, 13.5, 95, 54, True, ("avery-c32011",)),
    Stock("c32015", A4, (85, 54), 2, 4, 17, 31.5, 91, 60, True, ("avery-c32015",)),
)  # fmt: skip

BY_NAME: dict[str, Stock] = {name: stock for stock in STOCKS for name in (stock.name, *stock.aliases)}


def chosen(settings: Settings) -> Stock:
    """Return the stock that the options name; raises `SettingError` where there is none."""
    name = settings.pdf.stock.strip().lower()
    if name == CUSTOM:
        return _custom(settings)
    if name in BY_NAME:
        return BY_NAME[name]
    known = ", ".join(stock.name for stock in STOCKS)
    names = (*(stock.name for stock in STOCKS), CUSTOM)
    near = suggest(name, names) or suggest(name, BY_NAME)
    suggestion = f"Did you mean “{near}”? " if near else ""
    raise SettingError(
        f"Unknown stock “{name}”. {suggestion}Set `pdf.stock` to one of {known}, or to custom."
    )


def _custom(settings: Settings) -> Stock:
    """Return the stock that the `pdf.custom` settings describe, in millimetres."""
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
    for complaint in _complaints(stock):
        raise SettingError(complaint)
    return stock


LEAST_CARD = (40.0, 30.0)
MOST_CARD = 2000.0
MOST_SLOTS = 1000


def _complaints(stock: Stock) -> Iterator[str]:
    """Yield what makes a stock impossible, each a whole sentence."""
    (width, height), (sheet_width, sheet_height) = stock.card, stock.sheet
    if not (width >= LEAST_CARD[0] and height >= LEAST_CARD[1] and max(stock.sheet) <= MOST_CARD):
        yield (
            f"A custom card of {width:g} × {height:g} mm on a sheet of {sheet_width:g} × {sheet_height:g} mm "
            "cannot be set; give `pdf.custom` a card of at least "
            f"{LEAST_CARD[0]:g} × {LEAST_CARD[1]:g} mm and a sheet of at most {MOST_CARD:g} mm."
        )
        return
    if not (stock.columns >= 1 and stock.rows >= 1 and stock.columns * stock.rows <= MOST_SLOTS):
        yield (
            f"A custom stock needs 1 to {MOST_SLOTS} cards; set `pdf.custom.columns` and `pdf.custom.rows`."
        )
        return
    last = stock.slots[-1]
    if (
        min(stock.left, stock.top) < 0
        or last.x + width > sheet_width + 0.01
        or last.y + height > sheet_height + 0.01
        or (stock.columns > 1 and stock.pitch_x < width - 0.01)
        or (stock.rows > 1 and stock.pitch_y < height - 0.01)
    ):
        yield (
            "The cards of the custom stock overlap or leave their sheet; "
            "check `pdf.custom.left`, `top`, `pitch_x`, `pitch_y`, `columns` and `rows`."
        )
