"""The printed sheet: two columns of questions with their cues, as a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exporter.cards import fit_report
from exporter.cards.block_layout import LABEL_GAP, lay_out_answer, lay_out_blocks
from exporter.cards.canvas import draw_column, draw_text_right
from exporter.cards.column_context import ColumnContext
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.note_fitting import number_of
from exporter.cards.pdf_canvas import PdfCanvas, format_number
from exporter.cards.pdf_document import DocumentInfo, PdfDocument, compress
from exporter.cards.pdf_outline import Bookmark
from exporter.cards.print_setup import load_fonts
from exporter.cards.stocks import A4, LETTER, POINTS_PER_MM
from exporter.cards.text_style import BOLD, REGULAR
from exporter.config.choices import Paper, SheetContent
from exporter.config.settings import Settings
from exporter.model.deck import Deck, Note
from exporter.model.diagnostics import Diagnostic
from exporter.model.question_numbers import number_prefix
from exporter.model.questions import Text
from exporter.model.text import plain_text
from exporter.sheets.layout import MAX_SIZE_PT, MIN_SIZE_PT, Entry, Frame, Layout, Placed, lay_out
from exporter.sheets.sheet_setup import SheetSetup

SIZES_MM = {Paper.A4: A4, Paper.LETTER: LETTER}
MARGIN_MM = 10.0
"""Home printers leave 3 to 5 mm white; 10 mm leave context for a thumb."""
COLUMN_GAP_MM = 7.0
TITLE_SIZE_PT, FOOTER_SIZE_PT = 13.0, 7.5
TITLE_HEIGHT_PT, FOOTER_HEIGHT_PT = 22.0, 10.0
RULE_STYLE = "0 G 0.4 w"

NO_CATEGORY = "Other questions"


class PrintedSheet(NamedTuple):
    """The printed sheet: its bytes, number of pages, size of type in points, and what is reported."""

    data: bytes
    pages: int
    size: float
    diagnostics: tuple[Diagnostic, ...]


def typeset_sheet(deck: Deck, setup: SheetSetup, settings: Settings) -> PrintedSheet:
    """Return the deck's sheet as a PDF; report characters without a font, and broken images.

    Raise `SettingError` for a font of the user's that cannot be used.
    """
    fonts = load_fonts(settings)
    width, height = (side * POINTS_PER_MM for side in SIZES_MM[setup.paper])
    margin, gap = MARGIN_MM * POINTS_PER_MM, COLUMN_GAP_MM * POINTS_PER_MM
    modified = max((note.modified for note in deck.notes), default=0)
    about = DocumentInfo(deck.title, "Cheat sheet", deck.language, modified, "Simplex")
    document = PdfDocument((width, height), about, fonts)
    column = (width - 2 * margin - (setup.columns - 1) * gap) / setup.columns
    inner = height - 2 * margin - FOOTER_HEIGHT_PT
    frame = Frame(column, inner, inner - TITLE_HEIGHT_PT, setup.columns, _measure_gutter(deck.notes, fonts))
    gallery = Gallery(deck.media, document, column, inner / 2)
    # words stay whole at the smallest size; code and tables stay unbroken at it
    context = ColumnContext(fonts, column / MAX_SIZE_PT, column / MIN_SIZE_PT, gallery.find_picture)
    entries = list(_iter_entries(deck.notes, setup.content, context, frame.gutter))
    layout = lay_out(entries, frame)
    lefts = [margin + index * (column + gap) for index in range(setup.columns)]
    tops = [height - margin - (TITLE_HEIGHT_PT if page == 0 else 0.0) for page in range(layout.pages)]
    for page in range(layout.pages):
        canvas = PdfCanvas(fonts)
        if page == 0:
            canvas.text(margin, height - margin - TITLE_SIZE_PT, BOLD, TITLE_SIZE_PT, deck.title)
        if layout.pages > 1:
            draw_text_right(
                canvas, width - margin, margin, REGULAR, FOOTER_SIZE_PT, f"{page + 1} / {layout.pages}"
            )
        rules = [
            f"{RULE_STYLE} {format_number(left - gap / 2)} {format_number(margin + FOOTER_HEIGHT_PT)} m "
            f"{format_number(left - gap / 2)} {format_number(tops[page])} l S"
            for left in lefts[1:]
        ]
        for placed in layout.placed:
            if placed.page == page:
                indent = frame.gutter * layout.size if placed.piece.is_body else 0.0
                left, top = lefts[placed.column] + indent, tops[page] - placed.piece.down
                draw_column(canvas, placed.piece.lines, left=left, top=top, width=column - indent)
        document.add_page(compress("\n".join((*rules, canvas.result(), ""))), str(page + 1))
        fonts.use(canvas.used())
    diagnostics = [
        diagnostic
        for note, entry in zip(deck.notes, entries, strict=True)
        for diagnostic in fit_report.diagnostics(
            note, needs_shaping=_needs_shaping(entry), missing=fonts.missing, unreadable=gallery.unreadable
        )
    ]
    data = document.to_bytes(list(_iter_bookmarks(deck.notes, layout, lefts, tops)))
    return PrintedSheet(data, layout.pages, layout.size, tuple(diagnostics))


def _measure_gutter(notes: Sequence[Note], fonts: Fonts) -> float:
    """Return the width of the widest number with its gap, in parts of the type size."""
    widths = [fonts.measure(REGULAR, _format_label(note)) for note in notes]
    return max(widths, default=0.0) + LABEL_GAP


def _format_label(note: Note) -> str:
    return number_prefix(number_of(note)).strip()


def _iter_entries(
    notes: Sequence[Note], content: SheetContent, context: ColumnContext, gutter: float
) -> Iterator[Entry]:
    grouped = any(note.question.category for note in notes)
    before: str | None = None
    for note in notes:
        category = note.question.category or NO_CATEGORY
        heading: tuple[MeasuredLine, ...] = ()
        if grouped and category != before:
            before = category
            heading = (context.measure_line((Text(category.upper()),), BOLD),)
        question = lay_out_blocks(note.question.question, context, BOLD, gutter)
        if question:
            question[0] = question[0]._replace(label=_format_label(note))
        yield Entry(heading, tuple(question), tuple(_measure_body(note, content, context)))


def _measure_body(note: Note, content: SheetContent, context: ColumnContext) -> list[MeasuredLine]:
    if content is SheetContent.ANSWERS:
        return lay_out_answer(note.emphasized_answer, context)
    # a no-break space holds each dot at the end of its cue
    return [context.measure_line((Text("\u00a0· ".join(note.cues)),))] if note.cues else []


def _needs_shaping(entry: Entry) -> bool:
    return any(strip.needs_shaping for strip in (*entry.heading, *entry.body))


def _iter_bookmarks(
    notes: Sequence[Note], layout: Layout, lefts: Sequence[float], tops: Sequence[float]
) -> Iterator[Bookmark]:
    firsts: dict[int, Placed] = {}
    for placed in layout.placed:
        firsts.setdefault(placed.entry, placed)
    for index, note in enumerate(notes):
        if index not in firsts:
            continue
        placed = firsts[index]
        title = number_prefix(number_of(note)) + " ".join(plain_text(note.question.question).split())
        top = tops[placed.page] - placed.piece.down
        yield Bookmark(title, placed.page, lefts[placed.column], top, 0)
