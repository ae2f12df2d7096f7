"""The measurement of a deck: how its notes would be printed on a stock, without drawing them."""

from __future__ import annotations

from exporter.cards.card_content import candidate_contents
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.deck_renderer import RenderedDeck, render_deck
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.imposition import Side
from exporter.cards.note_fitting import FittedNote
from exporter.cards.print_setup import load_fonts
from exporter.cards.stack_measurement import measure_stack
from exporter.cards.stock_choice import find_stock
from exporter.cards.stocks import Stock
from exporter.config.settings import Settings
from exporter.model.deck import CardContent, Deck


class _MeasuringSurface:
    """A surface on which nothing is drawn."""

    gallery: Gallery

    def __init__(self, deck: Deck, fonts: Fonts) -> None:
        self.fonts = fonts
        self._deck = deck

    def begin(self, metrics: CardMetrics) -> None:
        """Begin with no images measured."""
        self.gallery = Gallery(self._deck.media, metrics.column_width, metrics.picture_height)

    def draw(self, fit: FittedNote, part: int, side: Side) -> None:
        """Do nothing."""


def measure_deck(deck: Deck, stock: Stock, *, settings: Settings, fonts: Fonts) -> RenderedDeck[None]:
    """Return how the notes of a deck fit the cards of a stock; `fonts` may serve several decks."""
    return render_deck(deck, stock, settings=settings, surface=_MeasuringSurface(deck, fonts))


def find_content(deck: Deck, settings: Settings) -> CardContent:
    """Return the content with which a deck is printed; raise `SettingError` for impossible settings."""
    only, *others = candidate_contents(settings)
    if not others:
        return only
    surface = _MeasuringSurface(deck, load_fonts(settings, deck.language))
    return measure_stack(deck, find_stock(settings), settings=settings, surface=surface).content
