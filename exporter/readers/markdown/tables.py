"""The style of questions in the rows of tables, whose columns a header or their cells tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from exporter.model.diagnostics import Diagnostic
from exporter.model.question_numbers import parse_number
from exporter.model.text import plain_text
from exporter.readers import SourceText
from exporter.readers.labels.patterns import IDENTIFIER
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.labels.vocabulary import QUESTION_WORDS
from exporter.readers.layout.layout import Style
from exporter.readers.markdown.cards import find_below_questions, make_card_events
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import Event, EventKind
from exporter.readers.markdown.style import ElementStyles, QuestionStyle
from exporter.readers.markdown.table_columns import Columns
from exporter.readers.markdown.table_grid import Grid, GridCell, GridRow
from exporter.readers.table.header_names import ColumnRole, normalize
from exporter.readers.table.unused_cells import report_unused_cells

_MAIN_ROLES = (ColumnRole.QUESTION, ColumnRole.ANSWER, ColumnRole.NUMBER)
METADATA_ROLES = (ColumnRole.TAGS, ColumnRole.CATEGORY, ColumnRole.CUES, ColumnRole.NOTES, ColumnRole.ID)
"""The roles of columns with metadata of the question."""

MIN_TABLE_SHARE = 0.8  # unmeasured
"""Minimum share of a file's text in tables of two columns for these to be questions and answers, where
neither a header nor the cells say so."""

TITLE_SECTION_LEVEL = 7
"""The level of the section that a row which is a title begins: below that of all headings."""


def find_table_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the style of tables with a column of questions."""
    style = QuestionStyle(Style.TABLES, "|")
    below_questions = find_below_questions(elements)
    unnamed: dict[int, int] = {}
    for index, element in enumerate(elements):
        if element.kind != ElementKind.TABLE:
            continue
        grid = element.grid
        columns = element.columns
        questions = [cell.text for row in grid.rows if (cell := _get(row, columns, ColumnRole.QUESTION)).line]
        asking = sum(map(looks_like_question, questions))
        if index in below_questions and not asking and not _names_question(grid):
            continue  # it is a part of the answer
        if ColumnRole.QUESTION in columns:
            style.marks[index] = None
        elif _has_two_columns(grid):
            unnamed[index] = len(grid.rows)
    if unnamed and _measure_share(elements, unnamed.keys() | style.marks.keys()) >= MIN_TABLE_SHARE:
        style.marks = dict.fromkeys(sorted((*style.marks, *unnamed)))
    return [style]


def _measure_share(elements: Sequence[Element], indices: Set[int]) -> float:
    """Return the share of the text outside headings that is in some elements."""
    lengths = {
        index: len(element.text) if element.parts else len(plain_text(element.blocks))
        for index, element in enumerate(elements)
        if element.kind not in (ElementKind.HEADING, ElementKind.TITLE, ElementKind.NAVIGATION)
    }
    return sum(lengths[index] for index in indices) / max(1, sum(lengths.values()))


def _names_question(grid: Grid) -> bool:
    """Return whether the header says “question”, and not only “term” or “word”."""
    return any(normalize(name) in ("questions", "q", *QUESTION_WORDS) for name in grid.header)


def _has_two_columns(grid: Grid) -> bool:
    """Return whether all rows but titles are two cells with words, of which the first may be empty."""
    rows = [row for row in grid.rows if not row.is_title]
    return bool(rows) and all(
        len(row.cells) == 2 and any(map(str.isalpha, row.cells[1].text)) for row in rows
    )


def iter_table_events(element: Element) -> Iterator[Event]:
    """Yield the events of a table; a row with only an answer continues the answer in the row above."""
    grid = element.grid
    columns = _find_used_columns(element)
    has_title = has_question = False
    for row in grid.rows:
        question, answer = _get(row, columns, ColumnRole.QUESTION), _get(row, columns, ColumnRole.ANSWER)
        words = [cell for cell in row.cells if cell.line or cell.own_blocks]
        if _is_title(row, columns, words):
            has_title = True
            yield Event(EventKind.SECTION, row.line, level=TITLE_SECTION_LEVEL, text=words[0].text)
        elif has_question and (question.is_repeated or words == [answer]):
            yield Event(EventKind.CONTENT, row.line, answer.blocks)
        else:
            has_question = True
            yield from _iter_row_events(row, columns)
    end = grid.rows[-1].line if grid.rows else element.line
    yield Event(EventKind.DETAILS_END, end)
    if has_title:
        yield Event(EventKind.SECTION, end, level=TITLE_SECTION_LEVEL)


def find_question_rows(element: Element) -> Iterator[tuple[int, int | None, str]]:
    """Yield the index (from 0), the number and the question of each row of a table that is a question."""
    grid = element.grid
    columns = _find_used_columns(element)
    for index, row in enumerate(grid.rows):
        question = _get(row, columns, ColumnRole.QUESTION)
        words = [cell for cell in row.cells if cell.line or cell.own_blocks]
        if question.text and not question.is_repeated and not _is_title(row, columns, words):
            number = _get(row, columns, ColumnRole.NUMBER).text if ColumnRole.NUMBER in columns else ""
            yield index, parse_number(number.strip(" .")), question.text


def _is_title(row: GridRow, columns: Columns, words: Sequence[GridCell]) -> bool:
    """Return whether a row is one cell over all columns, or its only words are in bold and do not ask."""
    if len(words) != 1 or looks_like_question(words[0].text):
        return False
    is_bold_title = words[0] is row.cells[0] and words[0].is_bold and ColumnRole.ANSWER in columns
    return row.is_title or is_bold_title


def _iter_row_events(row: GridRow, columns: Columns) -> Iterator[Event]:
    question, answer = _get(row, columns, ColumnRole.QUESTION), _get(row, columns, ColumnRole.ANSWER)
    content = [Event(EventKind.CONTENT, row.line, answer.blocks)] if answer.blocks else []
    first, *others = make_card_events(row.line, question.blocks, content)
    if ColumnRole.NUMBER in columns:
        number = parse_number(_get(row, columns, ColumnRole.NUMBER).text.strip(" ."))
        first.number = number if number is not None else first.number
    yield from (first, *others)
    for role in METADATA_ROLES:
        if (value := _read_metadata(role, _get(row, columns, role))) is not None:
            yield Event(EventKind.METADATA, row.line, text=value, role=role)


def _get(row: GridRow, columns: Columns, role: ColumnRole) -> GridCell:
    column = columns.get(role, len(row.cells))
    return row.cells[column] if column < len(row.cells) else GridCell()


def report_unused_columns(
    source: SourceText, elements: Sequence[Element], styles: ElementStyles
) -> list[Diagnostic]:
    """Report what is in the tables besides questions, as `report_unused_cells` does."""
    diagnostics: list[Diagnostic] = []
    for index, element in enumerate(elements):
        element_style = styles.find_style(index)
        if element_style is None or element_style.name is not Style.TABLES:
            continue
        grid = element.grid
        rows = [(row.line, [cell.text for cell in row.cells]) for row in grid.rows if not row.is_title]
        roles = (*_MAIN_ROLES, *METADATA_ROLES)
        used = {column for role, column in _find_used_columns(element).items() if role in roles}
        diagnostics += report_unused_cells(source, grid.header, rows, used, element.line)
    return diagnostics


def _find_used_columns(element: Element) -> Columns:
    """Return the columns of a table with questions: of two without names, the first has the questions."""
    columns = element.columns
    return columns if ColumnRole.QUESTION in columns else {ColumnRole.QUESTION: 0, ColumnRole.ANSWER: 1}


def _read_metadata(role: ColumnRole, cell: GridCell) -> str | None:
    """Return the text of a cell with metadata, or nothing if it is empty or not an id."""
    value = cell.text.strip()
    if role not in (ColumnRole.NOTES, ColumnRole.CUES):
        value = " ".join(value.split("\n"))
    return None if not value or (role is ColumnRole.ID and not IDENTIFIER.fullmatch(value)) else value
