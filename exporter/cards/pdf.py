"""Cue cards: two-sided cards on any stock, each set as large as it fits, as one PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from exporter.cards import fit_report
from exporter.cards.card_content import candidate_contents, max_continued
from exporter.cards.card_renderer import running_title
from exporter.cards.deck_renderer import RenderedDeck, render_deck
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import Page, Side, impose
from exporter.cards.page_renderer import PageRenderer, page_furniture
from exporter.cards.pdf_document import About, Bookmark, Document
from exporter.cards.print_setup import chosen_fonts, duplex, start_slot
from exporter.cards.stocks import MILLIMETRE, Stock, chosen
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.model.deck import CardContent, Deck, Note
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import number_prefix, number_text, plain_text


class CardsPdf(NamedTuple):
    """The cue cards: their bytes, what they are in words and for machines, and what is reported."""

    data: bytes
    summary: str
    details: Mapping[str, object]
    diagnostics: tuple[Diagnostic, ...]


def cards_pdf(deck: Deck, settings: Settings) -> CardsPdf:
    """Return the deck's cue cards as a PDF.

    Reports each question that is continued on further cards, and each character that no font
    has. The bytes depend on the deck and the settings alone, never on the clock.
    Raise `SettingError` for settings that cannot be used.
    """
    stock, mode = chosen(settings), duplex(settings)
    rendered, content, document, fonts = _rendered(deck, settings, stock, mode)
    pages = impose(len(rendered.cards), stock, mode, start_slot(settings), settings.pdf.reverse_backs)
    count = 1 + max((page.sheet for page in pages), default=-1)
    furniture = page_furniture(running_title(deck.title), count, stock, mode, fonts, settings)
    renderer = PageRenderer(document, stock, rendered.cards, furniture)
    for page in pages:
        renderer.page(page, f"{page.sheet + 1} {page.side}" if mode.two_sided else f"{page.sheet + 1}")
    fonts.use(renderer.used)
    rendered.cards.clear()  # what is on pages is not needed any more
    return CardsPdf(
        document.data(list(_bookmarks(deck.notes, rendered.firsts, pages, stock))),
        fit_report.holds(rendered.reports, len(pages), content),
        fit_report.details(rendered.reports, len(pages), count, stock.name, mode, content),
        tuple(rendered.diagnostics),
    )


class _Rendered(NamedTuple):
    deck: RenderedDeck
    content: CardContent
    document: Document
    fonts: Fonts


def _rendered(deck: Deck, settings: Settings, stock: Stock, mode: PrintMode) -> _Rendered:
    """Draw all cards with the first content at which enough notes fit one card, or the last."""
    *preferred, last = candidate_contents(settings)
    for content in (*preferred, last):
        # an attempt leaves nothing behind: neither images nor the codes of glyphs
        fonts = chosen_fonts(settings)
        document = Document(
            (stock.sheet[0] * MILLIMETRE, stock.sheet[1] * MILLIMETRE), _about(deck, stock, mode), fonts
        )
        rendered = render_deck(
            deck,
            stock,
            mode=mode,
            fonts=fonts,
            document=document,
            content=content,
            max_continued=None if content is last else max_continued(len(deck.notes)),
        )
        if not rendered.is_dropped:
            break
    return _Rendered(rendered, content, document, fonts)


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
        left, top = rect.x * MILLIMETRE, (stock.sheet[1] - rect.y) * MILLIMETRE
        if grouped and (question.category or "Other") != before:
            before = question.category or "Other"
            yield Bookmark(before, page, left, top, 0)
        title = " ".join(plain_text(question.question).split())
        yield Bookmark(number_prefix(number_text(question)) + title, page, left, top, int(grouped))
