"""Cue cards: two-sided cards on any stock, each set as large as it fits, as one PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from exporter.deck import Deck
from exporter.diagnostics import Diagnostic, error, info, warning
from exporter.exporters import Export, ExportedFile
from exporter.exporters.pdf import sheets
from exporter.exporters.pdf.cards import MILLIMETRE, Fitted, Form, back, fit_note, form, front, running_title
from exporter.exporters.pdf.document import About, Bookmark, Document
from exporter.exporters.pdf.fonts import FontError, Fonts, user_face
from exporter.exporters.pdf.geometry import Duplex, Page, Side, impose
from exporter.exporters.pdf.stocks import Stock, StockError, chosen
from exporter.model import SourceSpan, plain_text
from exporter.options import Options

MOST_NAMED = 5


def export(deck: Deck, options: Options, now: int) -> Export:
    """Return the deck's cue cards as `STEM-cards.pdf`.

    Reports each question that is continued on further cards, and each character that no font
    has. The bytes depend on the deck and the options alone, never on the clock.
    """
    try:
        stock = chosen(options)
        duplex = Duplex(options.text("pdf.duplex"))
        own = options.text("pdf.font")
        fonts = Fonts(user_face(own) if own else None)
        return _export(deck, options, stock, duplex, fonts)
    except (StockError, FontError) as fault:
        return Export((), (error("pdf-setting", str(fault)),))


def _export(deck: Deck, options: Options, stock: Stock, duplex: Duplex, fonts: Fonts) -> Export:
    shape = form(stock.card)
    about = About(
        deck.title,
        f"Cue cards on {stock.name}",
        deck.language,
        max((note.modified for note in deck.notes), default=0),
        _DUPLEX_HINTS[duplex],
    )
    size = stock.sheet[0] * MILLIMETRE, stock.sheet[1] * MILLIMETRE
    document = Document(size, about, fonts)

    title = running_title(deck.title)
    faces: list[Mapping[Side, str]] = []
    fits: list[Fitted] = []
    firsts: list[int] = []
    diagnostics: list[Diagnostic] = []
    for note in deck.notes:
        fit = fit_note(note, shape, fonts)
        fits.append(fit)
        firsts.append(len(faces))
        faces += _faces(fit, shape, fonts, title)
        diagnostics += _findings(fit, fonts)

    pages = impose(
        len(faces), stock, duplex, int(options.number("pdf.start_slot")), options.flag("pdf.reverse_backs")
    )
    count = 1 + max((page.sheet for page in pages), default=-1)
    kind = options.text("pdf.marks")
    drawn = {side: sheets.marks(stock, side, kind) for side in Side}
    for page in pages:
        line = sheets.small_line(page, count, title, duplex, stock, fonts)
        furniture = "\n".join(filter(None, (drawn[page.side], line)))
        correction = _correction(options, page.side)
        document.page(
            sheets.content(page, faces, stock, furniture, correction), f"{page.sheet + 1} {page.side}"
        )
    data = document.data(_bookmarks(fits, firsts, pages, stock))
    file = ExportedFile(f"{deck.stem}-cards.pdf", data, _holds(fits, len(faces), len(pages)))
    return Export((file,), tuple(diagnostics))


_DUPLEX_HINTS = {
    Duplex.LONG_EDGE: "DuplexFlipLongEdge",
    Duplex.SHORT_EDGE: "DuplexFlipShortEdge",
    Duplex.FOLD: "Simplex",
    Duplex.FRONTS_BACKS: "Simplex",
    Duplex.SINGLE: "Simplex",
}


def _correction(options: Options, side: Side) -> sheets.Correction:
    prefix = "pdf.printer." if side is Side.FRONT else "pdf.printer.back_"
    return sheets.Correction(
        options.number(f"{prefix}offset_x"),
        options.number(f"{prefix}offset_y"),
        options.number(f"{prefix}rotation"),
    )


def _faces(fit: Fitted, shape: Form, fonts: Fonts, title: str) -> Iterator[Mapping[Side, str]]:
    for part in range(fit.cards):
        yield {
            Side.FRONT: front(fit, part, shape, fonts, title),
            Side.BACK: back(fit, part, shape, fonts),
        }


def _findings(fit: Fitted, fonts: Fonts) -> Iterator[Diagnostic]:
    """Yield what is to be said about one note."""
    question = fit.note.question
    if fit.cards > 1:
        yield info(
            "card-continued",
            f"Question {question.number or fit.note.place} does not fit one card at 9 pt "
            f"and is continued on {fit.cards} cards.",
            question.span,
            "Shorten its answer, or choose larger cards with `pdf.stock`.",
        )
    if fonts.missing:
        words = plain_text(question.question) + plain_text(question.answer)
        if lost := sorted(fonts.missing.intersection(words)):
            yield _missing(lost, question.number or fit.note.place, question.span)


def _missing(lost: Sequence[str], number: int, span: SourceSpan | None) -> Diagnostic:
    named = ", ".join(f"{char} (U+{ord(char):04X})" for char in lost[:MOST_NAMED])
    if len(lost) > MOST_NAMED:
        named += f" and {len(lost) - MOST_NAMED} more"
    return warning(
        "missing-glyph",
        f"No font has {named}, which question {number} needs.",
        span,
        "Set `pdf.font` to a TrueType font file (.ttf) that has it.",
    )


def _bookmarks(
    fits: Sequence[Fitted], firsts: Sequence[int], pages: Sequence[Page], stock: Stock
) -> Iterator[Bookmark]:
    """Yield the outline: the categories, if there are any, and the questions in them."""
    places = {
        card: (at, place.rect)
        for at, page in enumerate(pages)
        for card, place in page.cards
        if place.side is Side.FRONT
    }
    grouped = any(fit.note.question.category for fit in fits)
    before: str | None = None
    for fit, first in zip(fits, firsts, strict=True):
        question = fit.note.question
        page, rect = places[first]
        left, top = rect.x * MILLIMETRE, (stock.sheet[1] - rect.y) * MILLIMETRE
        if grouped and (question.category or "Other") != before:
            before = question.category or "Other"
            yield Bookmark(before, page, left, top, 0)
        number = f"{question.number}. " if question.number is not None else ""
        title = " ".join(plain_text(question.question).split())
        yield Bookmark(number + title, page, left, top, int(grouped))


def _holds(fits: Sequence[Fitted], cards: int, pages: int) -> str:
    if not fits:
        return "no cards"
    least = min(fit.sizes[0] for fit in fits)
    most = max(fit.sizes[1] for fit in fits)
    sizes = f"{least:g} pt" if least == most else f"{least:g} to {most:g} pt"
    return (
        f"{cards} {'card' if cards == 1 else 'cards'} on {pages} {'page' if pages == 1 else 'pages'}, {sizes}"
    )
