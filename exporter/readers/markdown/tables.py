"""The style of questions in the rows of tables whose header names the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.model.diagnostics import Diagnostic
from exporter.model.question_numbers import parse_number
from exporter.model.questions import Block, Line, Table, Text
from exporter.readers import SourceText
from exporter.readers.labels.patterns import IDENTIFIER
from exporter.readers.markdown.blocks import convert_segments, convert_table, read_segments
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import Event, EventKind, make_question_event
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.style import QuestionStyle, StyleName
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.span_builder import span_text
from exporter.readers.table.header_names import ColumnRole, map_columns
from exporter.readers.table.unused_cells import report_unused_cells

_MAIN_ROLES = (ColumnRole.QUESTION, ColumnRole.ANSWER, ColumnRole.NUMBER)
METADATA_ROLES = (ColumnRole.TAGS, ColumnRole.CATEGORY, ColumnRole.CUES, ColumnRole.NOTES, ColumnRole.ID)
"""The roles of columns with metadata of the question."""

MIN_ANSWER_CHARS = 20
"""A column without a known name holds the answers if most of its texts are this long; unmeasured."""

QUESTION_ONLY_SCORE = 0.4
"""The score of a row in a table without a column of answers; one with an answer has 1; unmeasured."""

_HEADER_LINES = 2
"""The lines above the first row of a table: its header and the delimiter row."""


def find_table_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the style of tables with a column of questions."""
    style = QuestionStyle(StyleName.TABLES)
    for index, element in enumerate(elements):
        if element.kind == ElementKind.TABLE and element.node:
            table = convert_table(element.node)
            columns = _find_columns(table)
            if ColumnRole.QUESTION in columns:
                style.marks[index] = None
                style.score += len(table.rows) * (1 if ColumnRole.ANSWER in columns else QUESTION_ONLY_SCORE)
    return [style]


def iter_table_events(element: Element) -> Iterator[Event]:
    """Yield the events of a table; a row with only an answer continues the answer in the row above."""
    if element.node is None:
        return
    table = convert_table(element.node)
    columns = _find_columns(table)
    row_cells = [row.children for part in element.node.children for row in part.children][1:]
    for index, row in enumerate(table.rows):
        line = element.line + _HEADER_LINES + index
        cells = {role: row[column] for role, column in columns.items() if row[column]}
        answer = _read_cell(row_cells[index], columns.get(ColumnRole.ANSWER))
        if index and answer and sum(map(bool, row)) == 1:
            yield Event(EventKind.CONTENT, line, answer)
        elif any(row):
            number = span_text(cells.get(ColumnRole.NUMBER, ())).strip(" .")
            yield make_question_event(line, cells.get(ColumnRole.QUESTION, ()), parse_number(number))
            yield Event(EventKind.ANSWER, line)
            if answer:
                yield Event(EventKind.CONTENT, line, answer)
            for role in METADATA_ROLES:
                if (value := _read_metadata(role, cells)) is not None:
                    yield Event(EventKind.METADATA, line, text=value, role=role)


def _read_cell(cells: Sequence[Node], column: int | None) -> tuple[Block, ...]:
    """Return the blocks of a cell; its lines, divided by `<br>`, may be a list."""
    if column is None or column >= len(cells):
        return ()
    parts = read_segments(cells[column], images=False, cell=True)
    if len(parts) > 1 and all(isinstance(span, Text) for part in parts for span in part.line):
        return parse_blocks([part.text for part in parts])
    return convert_segments(parts)


def report_unused_columns(
    source: SourceText, elements: Sequence[Element], style: QuestionStyle | None
) -> list[Diagnostic]:
    """Report what is in the tables besides questions, as `report_unused_cells` does."""
    diagnostics: list[Diagnostic] = []
    for index, element in enumerate(elements):
        element_style = style.find_style(index) if style else None
        if element.node is None or element_style is None or element_style.name != StyleName.TABLES:
            continue
        table = convert_table(element.node)
        rows = [
            (element.line + _HEADER_LINES + row_index, list(map(span_text, row)))
            for row_index, row in enumerate(table.rows)
            if any(row)
        ]
        roles = (*_MAIN_ROLES, *METADATA_ROLES)
        used = {column for role, column in _find_columns(table).items() if role in roles}
        header = list(map(span_text, table.header))
        diagnostics += report_unused_cells(source, header, rows, used, element.line)
    return diagnostics


def _find_columns(table: Table) -> dict[ColumnRole, int]:
    """Return the index of the column of each role.

    The only column without a role has the answers, if there is no other one and its texts are long.
    """
    columns = map_columns([" ".join(span_text(cell).split("\n")) for cell in table.header])
    unnamed = set(range(len(table.header))) - set(columns.values())
    if ColumnRole.QUESTION in columns and ColumnRole.ANSWER not in columns and len(unnamed) == 1:
        (column,) = unnamed
        lengths = [len(span_text(row[column])) for row in table.rows]
        if sum(length >= MIN_ANSWER_CHARS for length in lengths) * 2 > len(lengths):
            columns[ColumnRole.ANSWER] = column
    return columns


def _read_metadata(role: ColumnRole, cells: dict[ColumnRole, Line]) -> str | None:
    """Return the text of a cell with metadata, or nothing if it is empty or not an id."""
    value = span_text(cells.get(role, ())).strip()
    if role not in (ColumnRole.NOTES, ColumnRole.CUES):
        value = " ".join(value.split("\n"))
    return None if not value or (role is ColumnRole.ID and not IDENTIFIER.fullmatch(value)) else value
