"""Cue cards: two-sided cards on any stock, a stack set as large as most of its cards allow, as one PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from exporter.cards import fit_report
from exporter.cards.card_furniture import card_furniture
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.card_renderer import draw_side
from exporter.cards.deck_renderer import RenderedDeck, render_deck
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.imposition import Page, Side, has_turned_backs, impose
from exporter.cards.note_fitting import FittedNote
from exporter.cards.page_renderer import PageRenderer, RenderedSide, page_furniture
from exporter.cards.pdf_accessibility import is_accessible
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.pdf_document import PdfDocument
from exporter.cards.pdf_metadata import DocumentInfo
from exporter.cards.pdf_outline import Bookmark
from exporter.cards.picture_layout import iter_pictures
from exporter.cards.print_setup import load_fonts, read_start_slot
from exporter.cards.stock_choice import find_stock
from exporter.cards.stocks import POINTS_PER_MM, Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.config.words import Words, fill, find_words
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
    stock, mode, title = find_stock(settings), settings.pdf.print_mode, shorten_title(deck.title)
    words = find_words(deck.language, settings.words)
    surface = _PdfSurface(deck, settings, stock, words)
    rendered = render_deck(deck, stock, settings=settings, surface=surface)
    pages = impose(
        len(rendered.cards),
        stock,
        mode=mode,
        order=settings.pdf.order,
        start_slot=read_start_slot(settings),
        reverse_backs=settings.pdf.reverse_backs,
    )
    sheets = 1 + max((page.sheet for page in pages), default=-1)
    furniture = page_furniture(
        settings, stock, mode=mode, sheets=sheets, title=title, words=words, fonts=surface.fonts
    )
    renderer = PageRenderer(surface.document, stock, cards=rendered.cards, furniture=furniture)
    for page in pages:
        side = words.front if page.side is Side.FRONT else words.back
        renderer.add(page, f"{page.sheet + 1} {side}" if mode.two_sided else f"{page.sheet + 1}")
    for position in sorted(renderer.fragments, key=_reading_order):
        surface.document.structure.add((renderer.fragments[position],))
    surface.fonts.use(renderer.used)
    rendered.cards.clear()  # frees memory: the pages hold the operators, compressed
    surface.gallery.embed(surface.document)
    details = fit_report.file_details(
        rendered.reports,
        pages=len(pages),
        sheets=sheets,
        stock=stock.name,
        mode=mode,
        content=rendered.content,
        sizes=rendered.sizes,
    )
    details["backs_turned"] = has_turned_backs(stock, mode)
    summary = fit_report.summarize(rendered.reports, len(pages), rendered.content)
    return CardsPdf(
        surface.document.to_bytes(
            list(_iter_bookmarks(deck.notes, rendered.firsts, pages, stock, words)),
            is_accessible=is_accessible(deck, surface.document.structure, surface.fonts),
        ),
        f"{summary}; {mode.instruction}" if pages else summary,
        details,
        (
            *_iter_diagnostics(deck, rendered, stock),
            *fit_report.font_diagnostics(deck, surface.fonts),
        ),
    )


def _reading_order(position: tuple[int, Side]) -> tuple[int, bool]:
    """Return the key by which sides are sorted: each card's front, then its back."""
    card, side = position
    return card, side is Side.BACK


class _PdfSurface:
    """Draws cards for one document."""

    fonts: Fonts
    document: PdfDocument
    gallery: Gallery
    _metrics: CardMetrics

    def __init__(self, deck: Deck, settings: Settings, stock: Stock, words: Words) -> None:
        self._deck, self._settings = deck, settings
        self._size = stock.sheet[0] * POINTS_PER_MM, stock.sheet[1] * POINTS_PER_MM
        self._bleed = stock.bleed * POINTS_PER_MM if stock.is_one_card else None
        self._info = _document_info(deck, stock, settings.pdf.print_mode, words)
        self._furniture = card_furniture(deck, words, settings.color.accent)

    def begin(self, metrics: CardMetrics) -> None:
        """Begin an empty document."""
        self.fonts = load_fonts(self._settings, self._deck.language)
        self.document = PdfDocument(self._size, self._info, self.fonts, bleed=self._bleed)
        self.gallery = Gallery(self._deck.media, metrics.column_width, metrics.picture_height)
        self._metrics = metrics

    def draw(self, fit: FittedNote, part: int, side: Side) -> RenderedSide:
        """Return the operators of one side of a card."""
        if part == 0 and not self.gallery.is_empty:
            for picture in iter_pictures([*fit.fronts, *fit.backs, *((fit.cues,) if fit.cues else ())]):
                self.gallery.use(picture)
        canvas = PdfCanvas(self.fonts)
        draw_side(canvas, fit, part=part, side=side, metrics=self._metrics, furniture=self._furniture)
        return RenderedSide(canvas.result(), canvas.used(), tuple(canvas.marks), canvas.boxes)


def _iter_diagnostics(deck: Deck, rendered: RenderedDeck[RenderedSide], stock: Stock) -> Iterator[Diagnostic]:
    yield from fit_report.continuation_diagnostics(deck, rendered.reports, stock.name, rendered.cue_cards)
    for diagnostics in rendered.diagnostics:
        yield from diagnostics


def _document_info(deck: Deck, stock: Stock, mode: PrintMode, words: Words) -> DocumentInfo:
    modified = max((note.modified for note in deck.notes), default=0)
    duplex = {
        PrintMode.LONG_EDGE: "DuplexFlipLongEdge",
        PrintMode.SHORT_EDGE: "DuplexFlipShortEdge",
    }.get(mode, "Simplex")
    subject = fill(words.cue_cards, stock=stock.name)
    return DocumentInfo(deck.title, subject, deck.language, modified, duplex)


def _iter_bookmarks(
    notes: Sequence[Note], firsts: Sequence[int], pages: Sequence[Page], stock: Stock, words: Words
) -> Iterator[Bookmark]:
    """Yield the outline: the categories, if there are any, with their questions."""
    positions = {
        card: (index, slot.rect)
        for index, page in enumerate(pages)
        for card, slot in page.cards
        if slot.side is Side.FRONT
    }
    has_categories = any(note.question.category for note in notes)
    previous: str | None = None
    for note, first in zip(notes, firsts, strict=True):
        question = note.question
        page, rect = positions[first]
        left, top = rect.x * POINTS_PER_MM, (stock.sheet[1] - rect.y) * POINTS_PER_MM
        if has_categories and (question.category or words.other_questions) != previous:
            previous = question.category or words.other_questions
            yield Bookmark(previous, page, left, top, 0)
        title = " ".join(plain_text(question.question).split())
        yield Bookmark(number_prefix(number_text(question)) + title, page, left, top, int(has_categories))
