"""Cue cards: two-sided cards on any stock, each set as large as it fits, as one PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from exporter.cards import fit_report
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.card_renderer import draw_side
from exporter.cards.deck_renderer import RenderedDeck, render_deck
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.imposition import Page, Side, impose
from exporter.cards.note_fitting import FittedNote
from exporter.cards.page_renderer import PageRenderer, RenderedSide, page_furniture
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.pdf_document import About, Bookmark, Document
from exporter.cards.print_setup import chosen_fonts, duplex, start_slot
from exporter.cards.stocks import POINTS_PER_MM, Stock, find_stock
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.model.deck import Deck, Note
from exporter.model.diagnostics import Diagnostic
from exporter.model.question_numbers import number_prefix, number_text
from exporter.model.short_title import shorten_title
from exporter.model.text import plain_text


class CardsPdf(NamedTuple):
    """The cue cards: the bytes, a summary for people, details for machines, and what is reported."""

    data: bytes
    summary: str
    details: Mapping[str, object]
    diagnostics: tuple[Diagnostic, ...]


def cards_pdf(deck: Deck, settings: Settings) -> CardsPdf:
    """Return the deck's cue cards as a PDF; its bytes do not depend on the clock.

    Report notes that are continued on further cards, characters that no font has, and images that
    cannot be read. Raise `SettingError` for impossible settings.
    """
    stock, mode = find_stock(settings), duplex(settings)
    surface = _PdfSurface(deck, settings, stock, mode)
    rendered = render_deck(deck, stock, settings, mode=mode, surface=surface)
    document, fonts = surface.document, surface.fonts
    pages = impose(len(rendered.cards), stock, mode, start_slot(settings), settings.pdf.reverse_backs)
    count = 1 + max((page.sheet for page in pages), default=-1)
    furniture = page_furniture(shorten_title(deck.title), count, stock, mode, fonts, settings)
    renderer = PageRenderer(document, stock, rendered.cards, furniture)
    for page in pages:
        renderer.page(page, f"{page.sheet + 1} {page.side}" if mode.two_sided else f"{page.sheet + 1}")
    fonts.use(renderer.used)
    rendered.cards.clear()  # frees memory: the pages hold the operators, compressed
    return CardsPdf(
        document.data(list(_bookmarks(deck.notes, rendered.firsts, pages, stock))),
        fit_report.holds(rendered.reports, len(pages), rendered.content),
        fit_report.details(rendered.reports, len(pages), count, stock.name, mode, rendered.content),
        tuple(_diagnostics(deck, rendered)),
    )


class _PdfSurface:
    """Draws cards for one document."""

    fonts: Fonts
    document: Document
    gallery: Gallery
    _metrics: CardMetrics

    def __init__(self, deck: Deck, settings: Settings, stock: Stock, mode: PrintMode) -> None:
        self._deck, self._settings = deck, settings
        self._size = stock.sheet[0] * POINTS_PER_MM, stock.sheet[1] * POINTS_PER_MM
        self._about = _about(deck, stock, mode)
        self._title = shorten_title(deck.title)

    def begin(self, metrics: CardMetrics) -> None:
        """Begin an empty document."""
        self.fonts = chosen_fonts(self._settings)
        self.document = Document(self._size, self._about, self.fonts)
        self.gallery = Gallery(self._deck.media, self.document, metrics.column_width, metrics.front_height)
        self._metrics = metrics

    def draw(self, fit: FittedNote, part: int, side: Side) -> RenderedSide:
        """Return the operators of one side of a card."""
        canvas = PdfCanvas(self.fonts)
        draw_side(canvas, fit, part, side, metrics=self._metrics, title=self._title)
        return RenderedSide(canvas.result(), canvas.used())


def _diagnostics(deck: Deck, rendered: RenderedDeck[RenderedSide]) -> Iterator[Diagnostic]:
    for note, report, diagnostics in zip(deck.notes, rendered.reports, rendered.diagnostics, strict=True):
        yield from fit_report.continued(report, note.question.span, rendered.content)
        yield from diagnostics


def _about(deck: Deck, stock: Stock, way: PrintMode) -> About:
    modified = max((note.modified for note in deck.notes), default=0)
    hint = {PrintMode.LONG_EDGE: "DuplexFlipLongEdge", PrintMode.SHORT_EDGE: "DuplexFlipShortEdge"}
    return About(deck.title, f"Cue cards on {stock.name}", deck.language, modified, hint.get(way, "Simplex"))


def _bookmarks(
    notes: Sequence[Note], firsts: Sequence[int], pages: Sequence[Page], stock: Stock
) -> Iterator[Bookmark]:
    """Yield the outline: the categories, if there are any, and the questions in them."""
    places = {
        card: (at, place.rect)
        for at, page in enumerate(pages)
        for card, place in page.cards
        if place.side is Side.FRONT
    }
    grouped = any(note.question.category for note in notes)
    before: str | None = None
    for note, first in zip(notes, firsts, strict=True):
        question = note.question
        page, rect = places[first]
        left, top = rect.x * POINTS_PER_MM, (stock.sheet[1] - rect.y) * POINTS_PER_MM
        if grouped and (question.category or "Other") != before:
            before = question.category or "Other"
            yield Bookmark(before, page, left, top, 0)
        title = " ".join(plain_text(question.question).split())
        yield Bookmark(number_prefix(number_text(question)) + title, page, left, top, int(grouped))
