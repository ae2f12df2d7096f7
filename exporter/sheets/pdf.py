"""The printed sheet: questions with their cues or answers in columns, as a PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from exporter.cards import fit_report
from exporter.cards.block_layout import LABEL_GAP, lay_out_answer, lay_out_blocks
from exporter.cards.canvas import draw_column, draw_text_right
from exporter.cards.column_context import ColumnContext
from exporter.cards.font_set import Fonts
from exporter.cards.images import Gallery
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.note_fitting import number_of
from exporter.cards.pdf_accessibility import is_accessible
from exporter.cards.pdf_canvas import PdfCanvas, format_number
from exporter.cards.pdf_document import PdfDocument, compress
from exporter.cards.pdf_metadata import DocumentInfo
from exporter.cards.pdf_outline import Bookmark
from exporter.cards.picture_layout import iter_pictures
from exporter.cards.print_setup import load_fonts
from exporter.cards.stocks import A4, LETTER, POINTS_PER_MM
from exporter.cards.structure_tags import Role, number_marks
from exporter.cards.text_style import ASCENT, BOLD, DESCENT, REGULAR
from exporter.config.choices import Paper, SheetContent
from exporter.config.settings import Settings
from exporter.config.words import capitalize, find_words
from exporter.model.deck import Deck, Note
from exporter.model.diagnostics import Diagnostic
from exporter.model.question_numbers import number_prefix
from exporter.model.questions import Span, Text
from exporter.model.text import merge_texts, plain_text
from exporter.sheets.layout import MAX_SIZE_PT, MIN_SIZE_PT, Entry, Frame, Layout, Placed, lay_out
from exporter.sheets.sheet_setup import SheetSetup
from exporter.sheets.structure import CATEGORY, TITLE, SheetStructure, as_subheading

PAPER_SIZES_MM = {Paper.A4: A4, Paper.LETTER: LETTER}

MARGIN_MM = 10.0
"""Home printers leave 3 to 5 mm blank; 10 mm leave space for a thumb."""

MAX_WIDTH_SHARE, MAX_HEIGHT_SHARE = 0.9, 0.28
"""Largest width and height of a picture, as fractions of those of a column.

A tenth of the width is for the numbers; the user's 28 questions with their cues take 0.9 of a page.
"""

COLUMN_GAP_MM = 7.0  # unmeasured
TITLE_SIZE_PT, FOOTER_SIZE_PT = 13.0, 7.5  # unmeasured
TITLE_HEIGHT_PT, FOOTER_HEIGHT_PT = 22.0, 10.0  # unmeasured
RULE_STYLE = "0 G 0.4 w"  # black, 0.4 pt wide

TITLE_SECTION = -1
"""The section of the title, before those of the questions, which are numbered from 0."""


class PrintedSheet(NamedTuple):
    """A printed sheet: its bytes, number of pages, type size in points, and diagnostics."""

    data: bytes
    pages: int
    size: float
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _PageGeometry:
    """The positions of columns on the pages, in points from the lower left corner of a page."""

    width: float
    height: float
    margin: float
    gap: float
    columns: int

    @property
    def column_width(self) -> float:
        return (self.width - 2 * self.margin - (self.columns - 1) * self.gap) / self.columns

    @property
    def bottom(self) -> float:
        return self.margin + FOOTER_HEIGHT_PT

    @property
    def lefts(self) -> tuple[float, ...]:
        return tuple(self.margin + index * (self.column_width + self.gap) for index in range(self.columns))

    def top(self, page: int) -> float:
        """Return the top of the columns of a page, counted from 0; the first page has the title above."""
        return self.height - self.margin - (TITLE_HEIGHT_PT if page == 0 else 0.0)


def typeset_sheet(deck: Deck, setup: SheetSetup, settings: Settings) -> PrintedSheet:
    """Return the sheet of a deck as a PDF.

    Reports characters without a glyph, and unreadable images. Raises `SettingError` for an unusable font of
    the user.
    """
    fonts = load_fonts(settings, deck.language)
    width, height = (side * POINTS_PER_MM for side in PAPER_SIZES_MM[setup.paper])
    geometry = _PageGeometry(
        width, height, MARGIN_MM * POINTS_PER_MM, COLUMN_GAP_MM * POINTS_PER_MM, setup.columns
    )
    modified = max((note.modified for note in deck.notes), default=0)
    words = find_words(deck.language, settings.words)
    info = DocumentInfo(deck.title, capitalize(words.cheat_sheet), deck.language, modified, "Simplex")
    document = PdfDocument((width, height), info, fonts)
    column_width, column_height = geometry.column_width, geometry.top(1) - geometry.bottom
    frame = Frame(
        width=column_width,
        height=column_height,
        first_height=geometry.top(0) - geometry.bottom,
        columns=setup.columns,
        gutter=_measure_gutter(deck.notes, fonts),
    )
    gallery = Gallery(deck.media, column_width * MAX_WIDTH_SHARE, column_height * MAX_HEIGHT_SHARE)
    # words are not broken at the smallest size; code and tables are not wrapped at it
    context = ColumnContext(
        fonts,
        column_width / MAX_SIZE_PT,
        column_width / MIN_SIZE_PT,
        column_width / MIN_SIZE_PT,
        gallery.find_picture,
        max_unbroken_height=column_height / MAX_SIZE_PT - ASCENT - DESCENT,
    )
    entries = list(_iter_entries(deck.notes, setup.content, context, frame.gutter, words.other_questions))
    layout = lay_out(entries, frame)
    structure = SheetStructure()
    for page in range(layout.pages):
        canvas = PdfCanvas(fonts)
        _draw_page(canvas, page, deck.title, layout, frame, geometry, structure)
        rules = _draw_rules(page, geometry)
        content = "\n".join(("/Artifact BMC", *rules, "EMC", number_marks(canvas.result()), ""))
        document.add_page(compress(content), str(page + 1))
        fonts.use(canvas.used())
    for placed in layout.placed:
        for picture in iter_pictures([placed.piece.lines]):
            gallery.use(picture)
    gallery.embed(document)
    diagnostics = [
        diagnostic
        for note, entry in zip(deck.notes, entries, strict=True)
        for diagnostic in fit_report.diagnostics(
            note,
            needs_shaping=_needs_shaping(entry),
            missing=fonts.missing,
            gallery=gallery,
            language=deck.language,
            unset=fonts.formulas.unset,
        )
    ]
    diagnostics += fit_report.font_diagnostics(deck, fonts)
    structure.add_to(document.structure)
    data = document.to_bytes(
        list(_iter_bookmarks(deck.notes, layout, geometry)),
        is_accessible=is_accessible(deck, document.structure, fonts),
    )
    return PrintedSheet(data, layout.pages, layout.size, tuple(diagnostics))


def _draw_page(
    canvas: PdfCanvas,
    page: int,
    title: str,
    layout: Layout,
    frame: Frame,
    geometry: _PageGeometry,
    structure: SheetStructure,
) -> None:
    """Draw the title, the page number and the placed pieces of a page, which counts from 0."""
    margin = geometry.margin
    if page == 0:
        canvas.tag(TITLE)
        canvas.text(margin, geometry.height - margin - TITLE_SIZE_PT, BOLD, TITLE_SIZE_PT, title)
        canvas.tag()
        structure.record(TITLE_SECTION, page, canvas, 0)
    if layout.pages > 1:
        number = f"{page + 1} / {layout.pages}"
        draw_text_right(canvas, geometry.width - margin, margin, REGULAR, FOOTER_SIZE_PT, number)
    for placed in layout.placed:
        if placed.page == page:
            indent = frame.gutter * layout.size if placed.piece.is_body else 0.0
            left, top = geometry.lefts[placed.column] + indent, geometry.top(page) - placed.piece.down
            start = len(canvas.marks)
            draw_column(canvas, placed.piece.lines, left=left, top=top, width=frame.width - indent)
            structure.record(placed.entry, page, canvas, start)


def _draw_rules(page: int, geometry: _PageGeometry) -> Iterator[str]:
    """Yield the PDF operators of a vertical rule in each gap between columns."""
    for left in geometry.lefts[1:]:
        x = format_number(left - geometry.gap / 2)
        bottom, top = format_number(geometry.bottom), format_number(geometry.top(page))
        yield f"{RULE_STYLE} {x} {bottom} m {x} {top} l S"


def _measure_gutter(notes: Sequence[Note], fonts: Fonts) -> float:
    """Return the width of the widest number and the gap after it, in em."""
    widths = [fonts.measure(REGULAR, _format_label(note)) for note in notes]
    return max(widths, default=0.0) + LABEL_GAP


def _format_label(note: Note) -> str:
    return number_prefix(number_of(note)).strip()


def _iter_entries(
    notes: Sequence[Note], content: SheetContent, context: ColumnContext, gutter: float, no_category: str
) -> Iterator[Entry]:
    has_categories = any(note.question.category for note in notes)
    previous: str | None = None
    body_context = replace(
        context,
        max_word_width=context.max_word_width - gutter,
        max_unbroken_width=context.max_unbroken_width - gutter,
        max_code_width=context.max_code_width - gutter,
    )
    for note in notes:
        category = note.question.category or no_category
        heading: tuple[MeasuredLine, ...] = ()
        if has_categories and category != previous:
            previous = category
            heading = (context.measure_line((Text(category.upper()),), BOLD, tags=CATEGORY),)
        role = Role.HEADING_3 if has_categories else Role.HEADING_2
        question = as_subheading(lay_out_blocks(note.question.question, context, BOLD, gutter), role)
        if question:
            question[0] = question[0]._replace(label=_format_label(note))
        yield Entry(heading, tuple(question), tuple(_measure_body(note, content, body_context)))


def _measure_body(note: Note, content: SheetContent, context: ColumnContext) -> list[MeasuredLine]:
    if content is SheetContent.ANSWERS:
        return lay_out_answer(note.emphasized_answer, context)
    # a no-break space keeps each dot on the line of the cue before it
    spans: list[Span] = []
    for cue in note.cue_lines:
        spans += (Text("\u00a0· "), *cue) if spans else cue
    return [context.measure_line(tuple(merge_texts(spans)))] if spans else []


def _needs_shaping(entry: Entry) -> bool:
    return any(line.needs_shaping for line in (*entry.heading, *entry.body))


def _iter_bookmarks(notes: Sequence[Note], layout: Layout, geometry: _PageGeometry) -> Iterator[Bookmark]:
    first_pieces: dict[int, Placed] = {}
    for placed in layout.placed:
        first_pieces.setdefault(placed.entry, placed)
    for index, note in enumerate(notes):
        if index not in first_pieces:
            continue
        placed = first_pieces[index]
        title = number_prefix(number_of(note)) + " ".join(plain_text(note.question.question).split())
        top = geometry.top(placed.page) - placed.piece.down
        yield Bookmark(title, placed.page, geometry.lefts[placed.column], top, 0)
