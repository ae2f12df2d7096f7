"""The measurement of a deck: how it would be printed on a stock, without drawing it."""

from __future__ import annotations

from exporter.cards.card_content import candidate_contents
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.deck_renderer import RenderedDeck, render_deck
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery, Undrawn
from exporter.cards.imposition import Side
from exporter.cards.note_fitting import FittedNote
from exporter.cards.print_setup import chosen_fonts, duplex
from exporter.cards.stocks import Stock, find_stock
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.model.deck import CardContent, Deck


class _MeasuringSurface:
    """A surface on which nothing is drawn."""

    gallery: Gallery

    def __init__(self, deck: Deck, fonts: Fonts) -> None:
        self.fonts = fonts
        self._deck = deck

    def begin(self, metrics: CardMetrics) -> None:
        """Begin with no image measured."""
        self.gallery = Gallery(self._deck.media, Undrawn(), metrics.column_width, metrics.front_height)

    def draw(self, fit: FittedNote, part: int, side: Side) -> None:
        """Do nothing."""


def measure_deck(
    deck: Deck, stock: Stock, settings: Settings, *, mode: PrintMode, fonts: Fonts
) -> RenderedDeck[None]:
    """Return how the notes of a deck fit the cards of a stock; `fonts` may be used for several decks."""
    return render_deck(deck, stock, settings, mode=mode, surface=_MeasuringSurface(deck, fonts))


def find_content(deck: Deck, settings: Settings) -> CardContent:
    """Return the content with which a deck is printed; raise `SettingError` for impossible settings."""
    only, *others = candidate_contents(settings)
    if not others:
        return only
    stock, mode, fonts = find_stock(settings), duplex(settings), chosen_fonts(settings)
    return measure_deck(deck, stock, settings, mode=mode, fonts=fonts).content
