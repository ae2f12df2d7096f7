"""Cue cards: two-sided cards on any stock, each set as large as it fits, as one PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from exporter.cards import fit_report, reuse
from exporter.cards.card_content import candidate_contents, max_continued
from exporter.cards.card_renderer import running_title
from exporter.cards.deck_renderer import Cards, all_cards
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import Page, Side, impose
from exporter.cards.page_renderer import Printer, surroundings
from exporter.cards.pdf_document import About, Bookmark, Document
from exporter.cards.print_setup import chosen_fonts, duplex, start_slot
from exporter.cards.reuse import Made, Size
from exporter.cards.stocks import MILLIMETRE, Stock, chosen
from exporter.config.choices import PrintMode
from exporter.config.settings import SettingError, Settings
from exporter.exporters import Export, ExportedFile, Recall, nothing_earlier
from exporter.model.deck import CardContent, Deck, Note, digest
from exporter.model.diagnostics import error
from exporter.model.questions import number_prefix, number_text, plain_text


def export(deck: Deck, settings: Settings, now: int, recall: Recall = nothing_earlier) -> Export:
    """Return the deck's cue cards as `STEM-cards.pdf`.

    Reports each question that is continued on further cards, and each character that no font
    has. The bytes depend on the deck and the options alone, never on the clock, nor on what
    `recall` gives: that only spares drawing anew what has not changed.
    """
    try:
        return _export(deck, settings, chosen(settings), duplex(settings), recall)
    except SettingError as fault:
        return Export((), (error("pdf-setting", str(fault)),))


def _export(deck: Deck, settings: Settings, stock: Stock, way: PrintMode, recall: Recall) -> Export:
    name = f"{deck.stem}-cards.pdf"
    many = len(deck.notes) >= reuse.MANY
    setting = ""
    if many:
        fonts = chosen_fonts(settings)
        setting = digest(fonts.digest(), deck.title, stock, way, settings)
    made = reuse.made(recall(name), setting) if many else None
    drawn = _drawn(deck, settings, stock, way, made)
    cards, document, fonts = drawn.cards, drawn.document, drawn.fonts
    pages = impose(len(cards.cards), stock, way, start_slot(settings), settings.pdf.reverse_backs)
    count = 1 + max((page.sheet for page in pages), default=-1)
    around = surroundings(running_title(deck.title), count, stock, way, fonts, settings)
    printer = Printer(document, stock, cards.cards, around, made or reuse.Made())
    for page in pages:
        printer.page(page, f"{page.sheet + 1} {page.side}" if way.two_sided else f"{page.sheet + 1}")
    fonts.use(printer.used)
    cards.cards.clear()  # what is on pages is not needed any more
    file = ExportedFile(
        name,
        document.data(list(_bookmarks(deck.notes, cards.firsts, pages, stock))),
        fit_report.holds(cards.entries, len(pages), drawn.content),
        fit_report.details(cards.entries, len(pages), count, stock.name, way, drawn.content),
        reuse.index(setting, {**drawn.dropped, **cards.sizes}, printer.printed, document.places())
        if many
        else b"",
    )
    return Export((file,), tuple(cards.diagnostics))


class _Drawn(NamedTuple):
    """The cards with the content chosen, and the sizes of notes that went on further cards with another."""

    content: CardContent
    cards: Cards
    document: Document
    fonts: Fonts
    dropped: Mapping[str, Size]


def _drawn(deck: Deck, settings: Settings, stock: Stock, way: PrintMode, made: Made | None) -> _Drawn:
    """Draw all cards with the first content at which enough notes fit one card, or the last."""
    *preferred, last = candidate_contents(settings)
    most = max_continued(len(deck.notes))
    dropped: dict[str, Size] = {}
    for content in (*preferred, last):
        is_last = content is last
        known = {} if is_last or made is None else _known_continued(deck, content, made)
        if len(known) > most:
            dropped |= known
            continue
        # an attempt leaves nothing behind: neither images nor the codes of glyphs
        fonts = chosen_fonts(settings)
        document = Document(
            (stock.sheet[0] * MILLIMETRE, stock.sheet[1] * MILLIMETRE), _about(deck, stock, way), fonts
        )
        cards = all_cards(deck, stock, way, fonts, document, made, content, None if is_last else most)
        if not cards.is_dropped:
            break
        by_key = {entry.key: entry for entry in cards.entries if entry.cards > 1}
        dropped |= {
            key: Size(entry.cards, entry.least, entry.most)
            for note in deck.notes
            if (entry := by_key.get(note.key)) and (key := reuse.attempt_key(note, content))
        }
    return _Drawn(content, cards, document, fonts, dropped)


def _known_continued(deck: Deck, content: CardContent, made: Made) -> dict[str, Size]:
    """Return the sizes of the notes that are known to go on further cards with a content."""
    keys = (reuse.attempt_key(note, content) for note in deck.notes)
    return {key: made.sizes[key] for key in keys if key in made.sizes}


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
