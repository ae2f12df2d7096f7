"""Survey: every stock there is, and what the decks would need of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.cards.deck_measurement import measure_deck
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import slots
from exporter.cards.print_setup import chosen_fonts, duplex, start_slot
from exporter.cards.stocks import CUSTOM, STOCKS, Stock, find_stock
from exporter.config.choices import PrintMode
from exporter.config.settings import SettingError, Settings
from exporter.model.deck import CardContent, Deck


@dataclass(frozen=True, slots=True)
class StockNeeds:
    """A stock and what the decks need of it; `least` is the smallest size of type, in points.

    `per_sheet` counts cards; it and `sheets` are 0 where the stock cannot be printed that way.
    `contents` are what the cards of the decks have, each once.
    """

    stock: Stock
    per_sheet: int
    cards: int
    sheets: int
    continued: int
    least: float
    contents: tuple[CardContent, ...]


def survey(decks: Sequence[Deck], settings: Settings) -> tuple[StockNeeds, ...]:
    """Return what the decks need of each stock, the custom one included if it is chosen.

    Raises `SettingError` for settings that cannot be.
    """
    way, fonts = duplex(settings), chosen_fonts(settings)
    current = find_stock(settings)
    stocks = (*STOCKS, current) if current.name == CUSTOM else STOCKS
    first = {current: start_slot(settings) - 1}
    return tuple(_needs(decks, stock, way, fonts, first.get(stock, 0), settings) for stock in stocks)


def _needs(
    decks: Sequence[Deck], stock: Stock, way: PrintMode, fonts: Fonts, used: int, settings: Settings
) -> StockNeeds:
    measured = [measure_deck(deck, stock, settings, mode=way, fonts=fonts) for deck in decks]
    reports = [report for deck in measured for report in deck.reports]
    cards = [sum(report.cards for report in deck.reports) for deck in measured]
    try:
        per_sheet = len(slots(stock, way))
    except SettingError:
        per_sheet = 0
    return StockNeeds(
        stock,
        per_sheet,
        sum(cards),
        sum(-(-(count + used) // per_sheet) for count in cards if count) if per_sheet else 0,
        sum(report.cards > 1 for report in reports),
        min((report.least for report in reports), default=0.0),
        tuple(dict.fromkeys(deck.content for deck in measured if deck.reports)),
    )
