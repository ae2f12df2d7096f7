"""The rendering of a whole deck: every note is fitted, and its cards are drawn on a surface."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from exporter.cards import fit_report
from exporter.cards.card_content import candidate_contents, max_continued
from exporter.cards.card_metrics import CardMetrics, card_metrics
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.imposition import Side
from exporter.cards.note_fitting import FittedNote, fit_note, number_of
from exporter.cards.stocks import Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.model.deck import CardContent, Deck
from exporter.model.diagnostics import Diagnostic

Drawing = TypeVar("Drawing")
Drawing_co = TypeVar("Drawing_co", covariant=True)


class Surface(Protocol[Drawing_co]):
    """What the cards of a deck are measured for and drawn on."""

    def begin(self, metrics: CardMetrics) -> None:
        """Discard everything drawn, and begin a deck of cards with these dimensions."""

    @property
    def fonts(self) -> Fonts:
        """The fonts; they collect the characters that no face has."""

    @property
    def gallery(self) -> Gallery:
        """The deck's images; it collects those that cannot be read."""

    def draw(self, fit: FittedNote, part: int, side: Side) -> Drawing_co:
        """Return the drawing of one side of a note's card; `part` is the card's index, from 0."""


@dataclass(slots=True)
class RenderedDeck(Generic[Drawing]):
    """All cards of a deck with the drawings of their sides.

    `firsts` (the index of the note's first card), `reports` and `diagnostics` have one entry per note.
    """

    content: CardContent
    cards: list[Mapping[Side, Drawing]] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    reports: list[fit_report.NoteReport] = field(default_factory=list)
    diagnostics: list[Sequence[Diagnostic]] = field(default_factory=list)


def render_deck(
    deck: Deck, stock: Stock, *, settings: Settings, surface: Surface[Drawing]
) -> RenderedDeck[Drawing]:
    """Fit and draw every note with the first content with which enough notes fit one card, or the last.

    `surface.begin` is called for each attempt, so that a discarded one leaves no images or glyphs behind.
    """
    metrics, mode = card_metrics(stock.card), settings.pdf.print_mode
    *preferred, last = candidate_contents(settings)
    for content in preferred:
        limit = max_continued(len(deck.notes))
        if rendered := _render(deck, metrics, surface, mode=mode, content=content, limit=limit):
            return rendered
    rendered = _render(deck, metrics, surface, mode=mode, content=last, limit=len(deck.notes))
    assert rendered is not None
    return rendered


def _render(
    deck: Deck,
    metrics: CardMetrics,
    surface: Surface[Drawing],
    *,
    mode: PrintMode,
    content: CardContent,
    limit: int,
) -> RenderedDeck[Drawing] | None:
    """Return the cards, or None as soon as more than `limit` notes take several cards."""
    surface.begin(metrics)
    context = metrics.context(surface.fonts, surface.gallery.find_picture, deck.language)
    sides = (Side.FRONT,) if mode is PrintMode.SINGLE else (Side.FRONT, Side.BACK)
    rendered = RenderedDeck[Drawing](content)
    continued = 0
    for note in deck.notes:
        # each note is drawn at once, since a fitted note takes more memory than its drawings
        fit = fit_note(note, metrics, context=context, mode=mode, content=content)
        continued += fit.cards > 1
        if continued > limit:
            return None
        rendered.firsts.append(len(rendered.cards))
        rendered.cards += [
            {side: surface.draw(fit, part, side) for side in sides} for part in range(fit.cards)
        ]
        rendered.reports.append(fit_report.NoteReport(note.key, number_of(note), fit.cards, *fit.sizes))
        rendered.diagnostics.append(
            tuple(
                fit_report.diagnostics(
                    note,
                    needs_shaping=fit.needs_shaping,
                    missing=surface.fonts.missing,
                    unreadable=surface.gallery.unreadable,
                )
            )
        )
    return rendered
