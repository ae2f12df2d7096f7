"""Survey: every stock there is, and what a deck would need of it."""

from __future__ import annotations

from dataclasses import dataclass

from exporter.deck import Deck
from exporter.exporters.pdf.cards import fit_note, form
from exporter.exporters.pdf.fonts import Fonts, user_face
from exporter.exporters.pdf.geometry import Duplex, slots
from exporter.exporters.pdf.settings import duplex, start_slot
from exporter.exporters.pdf.stocks import CUSTOM, STOCKS, Stock, StockError, chosen
from exporter.options import Options


@dataclass(frozen=True, slots=True)
class StockNeeds:
    """A stock and what a deck needs of it; sizes of type are in points.

    `per_sheet` counts cards; it and `sheets` are 0 where the stock cannot be printed that way.
    """

    stock: Stock
    per_sheet: int
    cards: int
    sheets: int
    continued: int
    least: float
    most: float


def survey(deck: Deck, options: Options) -> tuple[StockNeeds, ...]:
    """Return what the deck needs of each stock, the custom one included if it is chosen.

    Raises `StockError` or `FontError` for settings that cannot be.
    """
    way, own = duplex(options), options.text("pdf.font")
    fonts = Fonts(user_face(own) if own else None)
    current = chosen(options)
    stocks = (*STOCKS, current) if current.name == CUSTOM else STOCKS
    return tuple(_needs(deck, stock, way, fonts, current, options) for stock in stocks)


def _needs(
    deck: Deck, stock: Stock, way: Duplex, fonts: Fonts, current: Stock, options: Options
) -> StockNeeds:
    shape = form(stock.card)
    # images have no bearing on a survey but for their description's place
    room = shape.room(fonts, lambda _: None)
    fits = [fit_note(note, shape, room, way) for note in deck.notes]
    cards = sum(fit.cards for fit in fits)
    try:
        per_sheet = len(slots(stock, way))
    except StockError:
        per_sheet = 0
    used = start_slot(options) - 1 if stock == current else 0
    return StockNeeds(
        stock,
        per_sheet,
        cards,
        -(-(cards + used) // per_sheet) if per_sheet and cards else 0,
        sum(fit.cards > 1 for fit in fits),
        min((fit.sizes[0] for fit in fits), default=0.0),
        max((fit.sizes[1] for fit in fits), default=0.0),
    )
