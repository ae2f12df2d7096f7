"""Cue cards: two-sided cards on any stock, each set as large as it fits, as one PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter.deck import Deck, Note
from exporter.diagnostics import Diagnostic, error
from exporter.exporters import Export, ExportedFile
from exporter.exporters.pdf import report, sheets
from exporter.exporters.pdf.cards import MILLIMETRE, draw, fit_note, form, running_title
from exporter.exporters.pdf.document import About, Bookmark, Document
from exporter.exporters.pdf.fonts import FontError, Fonts, user_face
from exporter.exporters.pdf.geometry import Duplex, Page, Side, impose
from exporter.exporters.pdf.images import Gallery
from exporter.exporters.pdf.settings import correction, duplex, start_slot
from exporter.exporters.pdf.stocks import Stock, StockError, chosen
from exporter.model import plain_text
from exporter.options import Options


def export(deck: Deck, options: Options, now: int) -> Export:
    """Return the deck's cue cards as `STEM-cards.pdf`.

    Reports each question that is continued on further cards, and each character that no font
    has. The bytes depend on the deck and the options alone, never on the clock.
    """
    try:
        return _export(deck, options, chosen(options), duplex(options))
    except (StockError, FontError) as fault:
        return Export((), (error("pdf-setting", str(fault)),))


@dataclass(frozen=True, slots=True)
class _Cards:
    """All cards drawn: the sides of each, each note's first card, and how the notes came out."""

    faces: Sequence[Mapping[Side, str]]
    firsts: Sequence[int]
    entries: Sequence[report.Entry]
    diagnostics: Sequence[Diagnostic]


def _export(deck: Deck, options: Options, stock: Stock, way: Duplex) -> Export:
    own = options.text("pdf.font")
    fonts = Fonts(user_face(own) if own else None)
    document = Document(
        (stock.sheet[0] * MILLIMETRE, stock.sheet[1] * MILLIMETRE), _about(deck, stock, way), fonts
    )
    cards = _draw(deck, stock, way, fonts, document)
    pages = impose(
        len(cards.faces),
        stock,
        way,
        start_slot(options),
        options.flag("pdf.reverse_backs"),
    )
    count = 1 + max((page.sheet for page in pages), default=-1)
    title = running_title(deck.title)
    marks = {side: sheets.marks(stock, way, side, options.text("pdf.marks")) for side in Side}
    for page in pages:
        line = sheets.small_line(page, count, title, way, stock, fonts)
        furniture = "\n".join(filter(None, (marks[page.side], line)))
        content = sheets.content(page, cards.faces, stock, furniture, correction(options, page.side))
        document.page(content, f"{page.sheet + 1} {page.side}" if way.two_sided else f"{page.sheet + 1}")
    file = ExportedFile(
        f"{deck.stem}-cards.pdf",
        document.data(list(_bookmarks(deck.notes, cards.firsts, pages, stock))),
        report.holds(cards.entries, len(pages)),
        report.details(cards.entries, len(pages), count, stock.name, way),
    )
    return Export((file,), tuple(cards.diagnostics))


def _about(deck: Deck, stock: Stock, way: Duplex) -> About:
    modified = max((note.modified for note in deck.notes), default=0)
    hint = {Duplex.LONG_EDGE: "DuplexFlipLongEdge", Duplex.SHORT_EDGE: "DuplexFlipShortEdge"}
    return About(deck.title, f"Cue cards on {stock.name}", deck.language, modified, hint.get(way, "Simplex"))


def _draw(deck: Deck, stock: Stock, way: Duplex, fonts: Fonts, document: Document) -> _Cards:
    """Fit and draw every note; of each only its operators and its report are kept."""
    shape = form(stock.card)
    gallery = Gallery(deck.media, document, shape.column, shape.front)
    room = shape.room(fonts, gallery.place)
    title = running_title(deck.title)
    faces: list[Mapping[Side, str]] = []
    firsts: list[int] = []
    entries: list[report.Entry] = []
    diagnostics: list[Diagnostic] = []
    sides = (Side.FRONT,) if way is Duplex.SINGLE else (Side.FRONT, Side.BACK)
    for note in deck.notes:
        fit = fit_note(note, shape, room, way)
        firsts.append(len(faces))
        for part in range(fit.cards):
            faces.append({side: draw(fit, part, side, shape, fonts, title) for side in sides})
        entries.append(report.entry(fit))
        diagnostics += report.findings(fit, fonts.missing, gallery.broken)
    return _Cards(faces, firsts, entries, diagnostics)


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
        number = f"{question.number}. " if question.number is not None else ""
        title = " ".join(plain_text(question.question).split())
        yield Bookmark(number + title, page, left, top, int(grouped))
