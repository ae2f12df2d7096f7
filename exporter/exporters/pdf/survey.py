"""Survey: every stock there is, and what the decks would need of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.deck import Deck
from exporter.exporters.pdf.cards import fit_note
from exporter.exporters.pdf.fonts import Fonts
from exporter.exporters.pdf.form import form
from exporter.exporters.pdf.geometry import Duplex, slots
from exporter.exporters.pdf.settings import chosen_fonts, duplex, start_slot
from exporter.exporters.pdf.stocks import CUSTOM, STOCKS, Stock, chosen
from exporter.options import Options, SettingError


@dataclass(frozen=True, slots=True)
class StockNeeds:
    """A stock and what the decks need of it; `least` is the smallest size of type, in points.

    `per_sheet` counts cards; it and `sheets` are 0 where the stock cannot be printed that way.
    """

    stock: Stock
    per_sheet: int
    cards: int
    sheets: int
    continued: int
    least: float


def survey(decks: Sequence[Deck], options: Options) -> tuple[StockNeeds, ...]:
    """Return what the decks need of each stock, the custom one included if it is chosen.

    Raises `SettingError` for settings that cannot be.
    """
    way, fonts = duplex(options), chosen_fonts(options)
    current = chosen(options)
    stocks = (*STOCKS, current) if current.name == CUSTOM else STOCKS
    first = {current: start_slot(options) - 1}
    return tuple(_needs(decks, stock, way, fonts, first.get(stock, 0)) for stock in stocks)


def _needs(decks: Sequence[Deck], stock: Stock, way: Duplex, fonts: Fonts, used: int) -> StockNeeds:
    shape = form(stock.card)
    # images have no bearing on a survey but for their description's place
    rooms = [shape.room(fonts, lambda _: None, deck.language) for deck in decks]
    fits = [
        [fit_note(note, shape, room, way) for note in deck.notes]
        for deck, room in zip(decks, rooms, strict=True)
    ]
    cards = [sum(fit.cards for fit in some) for some in fits]
    try:
        per_sheet = len(slots(stock, way))
    except SettingError:
        per_sheet = 0
    return StockNeeds(
        stock,
        per_sheet,
        sum(cards),
        sum(-(-(count + used) // per_sheet) for count in cards if count) if per_sheet else 0,
        sum(fit.cards > 1 for some in fits for fit in some),
        min((fit.sizes[0] for some in fits for fit in some), default=0.0),
    )
