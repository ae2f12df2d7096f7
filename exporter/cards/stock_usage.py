"""The usage of stocks: how many cards and sheets of each stock the decks would take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from exporter.cards.deck_measurement import measure_deck
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import card_slots, check_start_slot
from exporter.cards.print_setup import load_fonts, read_start_slot
from exporter.cards.stock_choice import CUSTOM, find_stock
from exporter.cards.stocks import STOCKS, Stock
from exporter.config.settings import SettingError, Settings
from exporter.model.deck import CardContent, Deck


@dataclass(frozen=True, slots=True)
class StockUsage:
    """How the decks fit one stock.

    `min_size` and `median_size` are the smallest size and the median of the notes' answers, or cues, in
    points; 0 without notes.

    `per_sheet` is the number of cards on a sheet; it and `sheets` are 0 where the stock cannot be
    printed in the chosen mode. `continued` is the number of notes that take several cards.
    `contents` are the contents of the decks' cards, without duplicates. `is_chosen` is true for the
    stock that the settings name.
    """

    stock: Stock
    per_sheet: int
    cards: int
    sheets: int
    continued: int
    min_size: float
    median_size: float
    contents: tuple[CardContent, ...]
    is_chosen: bool = False


def measure_usage(decks: Sequence[Deck], settings: Settings) -> tuple[StockUsage, ...]:
    """Return how the decks fit each stock, and the custom one if it is chosen.

    Raise `SettingError` for impossible settings.
    """
    fonts = load_fonts(settings, decks[0].language if decks else "")
    chosen = find_stock(settings)
    stocks = (*STOCKS, chosen) if chosen.name == CUSTOM else STOCKS
    start_slot = read_start_slot(settings)
    return tuple(
        replace(
            _measure_stock(decks, stock, settings, fonts=fonts, start_slot=start_slot if is_chosen else 1),
            is_chosen=is_chosen,
        )
        for stock in stocks
        for is_chosen in (stock.name == chosen.name,)
    )


def _measure_stock(
    decks: Sequence[Deck], stock: Stock, settings: Settings, *, fonts: Fonts, start_slot: int
) -> StockUsage:
    """Return how the decks fit a stock; `start_slot` is the first one of each deck's first sheet."""
    measured = [measure_deck(deck, stock, settings=settings, fonts=fonts) for deck in decks]
    reports = [report for deck in measured for report in deck.reports]
    sizes = [report.answer_size for report in reports]
    counts = [sum(report.cards for report in deck.reports) for deck in measured]
    try:
        per_sheet = len(card_slots(stock, settings.pdf.print_mode))
    except SettingError:
        per_sheet = 0
    if per_sheet:
        check_start_slot(start_slot, stock, per_sheet)
    # -(-a // b) is a / b rounded up
    sheets = sum(-(-(count + start_slot - 1) // per_sheet) for count in counts if count) if per_sheet else 0
    return StockUsage(
        stock,
        per_sheet,
        sum(counts),
        sheets,
        sum(report.cards > 1 for report in reports),
        min(sizes, default=0.0),
        median_low(sizes) if sizes else 0.0,
        tuple(dict.fromkeys(deck.content for deck in measured if deck.reports)),
    )
