"""The choice of a stock: by its name, by the language, or by the dimensions that the settings give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from exporter.cards.stocks import BY_NAME, STOCKS, TOLERANCE_MM, Stock
from exporter.config.choices import Paper
from exporter.config.paper import usual_paper
from exporter.config.settings import SettingError, Settings
from exporter.model.suggestions import suggest

CUSTOM, AUTO = "custom", "auto"
DEFAULT_STOCKS = {Paper.A4: "a4-3x5", Paper.LETTER: "letter-3x5"}
"""The stock that `auto` is, by the paper usual in the region of the language."""

MIN_CARD_MM = (40.0, 30.0)  # unmeasured
"""Smallest width and height of a custom card, with margins on which text can still be set."""
MAX_SHEET_MM = 2000.0  # unmeasured
"""Largest side of a custom sheet."""
MAX_SLOTS = 1000  # unmeasured
"""Largest number of cards on a custom sheet."""
MAX_BLEED_MM = 10.0
"""Largest bleed of a sheet of one card: three times what print shops ask for, 3 mm or 1/8 inch."""


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
