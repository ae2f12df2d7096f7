"""Content: what the backs of cards have, and whether the answers of a deck fit their cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from exporter.cards.card_metrics import form
from exporter.cards.card_renderer import Fitted, fit_note
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery, Undrawn
from exporter.cards.print_setup import chosen_fonts, duplex
from exporter.cards.stocks import Stock, chosen
from exporter.config.choices import ContentChoice, PrintMode
from exporter.config.settings import Settings
from exporter.model.deck import CardContent, Deck, Note

MIN_FITTING_PERCENT = 90
"""Cards have answers where so many of the questions fit one card of the stock.

Of the 28 real questions 100 % fit a card of 3 × 5 inches and none a business card: any share between
decides those alike. One card in ten that goes on elsewhere is still handled as a stack.
"""


def candidate_contents(settings: Settings) -> tuple[CardContent, ...]:
    """Return what the cards may have by the settings, the preferred first; only the last always fits."""
    if settings.pdf.content is ContentChoice.AUTO:
        return CardContent.ANSWER, CardContent.CUES
    return (CardContent(settings.pdf.content.value),)


def max_continued(count: int) -> int:
    """Return how many of so many questions may go on further cards where cards have answers."""
    return count * (100 - MIN_FITTING_PERCENT) // 100


class FittedDeck(NamedTuple):
    """What the cards of a deck have, and every note set so."""

    content: CardContent
    fits: tuple[Fitted, ...]


def fit_deck(
    notes: Iterable[Note], contents: tuple[CardContent, ...], fit: Callable[[Note, CardContent], Fitted]
) -> FittedDeck:
    """Return notes with the first of the contents at which enough of them fit one card, or the last."""
    notes = tuple(notes)
    for content in contents[:-1]:
        fits: list[Fitted] = []
        room = max_continued(len(notes))
        for note in notes:
            fits.append(fit(note, content))
            room -= fits[-1].cards > 1
            if room < 0:
                break
        else:
            return FittedDeck(content, tuple(fits))
    return FittedDeck(contents[-1], tuple(fit(note, contents[-1]) for note in notes))


def fit_to_stock(deck: Deck, stock: Stock, way: PrintMode, fonts: Fonts, settings: Settings) -> FittedDeck:
    """Return a deck set on the cards of a stock, as it would be printed."""
    shape = form(stock.card)
    gallery = Gallery(deck.media, Undrawn(), shape.column, shape.front)
    room = shape.room(fonts, gallery.place, deck.language)

    def fit(note: Note, content: CardContent) -> Fitted:
        return fit_note(note, shape, room, way, content)

    return fit_deck(deck.notes, candidate_contents(settings), fit)


def content_of(deck: Deck, settings: Settings) -> CardContent:
    """Return what the cards of a deck have by the options; raises `SettingError` for those that cannot be."""
    first, *others = candidate_contents(settings)
    if not others:
        return first
    return fit_to_stock(deck, chosen(settings), duplex(settings), chosen_fonts(settings), settings).content
