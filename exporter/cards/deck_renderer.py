"""The cards of a whole deck: every note fitted and drawn, with a report of how it came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exporter.cards import fit_report
from exporter.cards.card_metrics import form
from exporter.cards.card_renderer import DrawnSide, draw, fit_note, number_of, running_title
from exporter.cards.font_set import REGULAR, Fonts
from exporter.cards.images import Gallery
from exporter.cards.imposition import Side
from exporter.cards.pdf_document import Document
from exporter.cards.stocks import Stock
from exporter.config.choices import PrintMode
from exporter.model.deck import CardContent, Deck
from exporter.model.diagnostics import Diagnostic


@dataclass(slots=True)
class RenderedDeck:
    """All cards with their sides, the index of each note's first card, and how the notes came out.

    `is_dropped` says that too many notes were continued on further cards, so that no more were drawn.
    """

    cards: list[Mapping[Side, DrawnSide]] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    reports: list[fit_report.NoteReport] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    is_dropped: bool = False


def render_deck(
    deck: Deck,
    stock: Stock,
    *,
    mode: PrintMode,
    fonts: Fonts,
    document: Document,
    content: CardContent,
    max_continued: int | None = None,
) -> RenderedDeck:
    """Fit and draw every note; of each only its operators and its report are kept.

    Stop as soon as more than `max_continued` notes are continued on further cards.
    """
    shape = form(stock.card)
    gallery = Gallery(deck.media, document, shape.column, shape.front)
    room = shape.room(fonts, gallery.place, deck.language)
    title = running_title(deck.title)
    # characters missing in the title are reported once, not with the first card
    fonts.length(REGULAR, title)
    sides = (Side.FRONT,) if mode is PrintMode.SINGLE else (Side.FRONT, Side.BACK)
    rendered = RenderedDeck()
    continued = 0
    for note in deck.notes:
        rendered.firsts.append(len(rendered.cards))
        fit = fit_note(note, shape, room, mode, content)
        rendered.cards += [
            {side: draw(fit, part, side, shape, fonts, title) for side in sides} for part in range(fit.cards)
        ]
        report = fit_report.NoteReport(note.key, number_of(note), fit.cards, *fit.sizes)
        rendered.reports.append(report)
        rendered.diagnostics += fit_report.continued(report, note.question.span, content)
        rendered.diagnostics += fit_report.findings(note, fit.special, fonts.missing, gallery.broken)
        continued += report.cards > 1
        if max_continued is not None and continued > max_continued:
            rendered.is_dropped = True
            break
    return rendered
