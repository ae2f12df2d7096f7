"""Questions in the rows of a table, whose header names its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.model.diagnostics import Diagnostic
from exporter.model.question_numbers import parse_number
from exporter.model.questions import Block, Line, Table, Text
from exporter.readers import SourceText
from exporter.readers.labels.patterns import IDENTIFIER
from exporter.readers.markdown.blocks import convert_segments, read_segments, table
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import Event, EventKind, question_event
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.style import QuestionStyle, StyleName
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.span_builder import span_text
from exporter.readers.table.header_names import ColumnRole, map_columns
from exporter.readers.table.unused_cells import report_unused_cells

_MAIN = ("question", "answer", "number")
DETAILS = ("tags", "category", "cues", "notes", "id")
"""What a column may say about a question, beside its number."""

MIN_ANSWER_CHARS = 20
"""A column of shorter texts, in characters, is no column of answers if its name does not say so."""

_HEAD = 2
"""The lines above a table's first row: its header, and the ruler below it."""


def find_table_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the tables whose header names a question."""
    style = QuestionStyle(StyleName.TABLES)
    for index, element in enumerate(elements):
        if element.kind == ElementKind.TABLE and element.node:
            whole = table(element.node)
            columns = _columns(whole)
            if "question" in columns:
                style.marks[index] = None
                style.score += len(whole.rows) * (1 if "answer" in columns else 0.4)
    return [style]


def iter_table_events(element: Element) -> Iterator[Event]:
    """Yield the questions of a table; a row with nothing but an answer goes on with the one above."""
    if element.node is None:
        return
    whole = table(element.node)
    columns = _columns(whole)
    nodes = [row.children for part in element.node.children for row in part.children][1:]
    for place, row in enumerate(whole.rows):
        line = element.line + _HEAD + place
        cells: dict[str, Line] = {role: row[at] for role, at in columns.items() if row[at]}
        answer = _blocks(nodes[place], columns.get(ColumnRole.ANSWER))
        if place and answer and sum(map(bool, row)) == 1:
            yield Event(EventKind.CONTENT, line, answer)
        elif any(row):
            number = span_text(cells.get("number", ())).strip(" .")
            yield question_event(line, cells.get("question", ()), parse_number(number))
            yield Event(EventKind.ANSWER, line)
            if answer:
                yield Event(EventKind.CONTENT, line, answer)
            for role in DETAILS:
                if (said := _said(role, cells)) is not None:
                    yield Event(EventKind.METADATA, line, text=said, role=role)


def _blocks(cells: Sequence[Node], place: int | None) -> tuple[Block, ...]:
    """Return what stands in a cell: its lines, parted by `<br>`, may be a list."""
    if place is None or place >= len(cells):
        return ()
    parts = read_segments(cells[place], images=False, cell=True)
    if len(parts) > 1 and all(isinstance(span, Text) for part in parts for span in part.line):
        return parse_blocks([part.text for part in parts])
    return convert_segments(parts)


def report_unused_columns(
    source: SourceText, elements: Sequence[Element], style: QuestionStyle | None
) -> list[Diagnostic]:
    """Return the diagnostics of what the tables hold beside questions, as `report_unused_cells` does."""
    found: list[Diagnostic] = []
    for index, element in enumerate(elements):
        own = style.find_style(index) if style else None
        if element.node is not None and own is not None and own.name == StyleName.TABLES:
            whole = table(element.node)
            rows = [
                (element.line + _HEAD + at, list(map(span_text, row)))
                for at, row in enumerate(whole.rows)
                if any(row)
            ]
            used = {at for role, at in _columns(whole).items() if role in (*_MAIN, *DETAILS)}
            found += report_unused_cells(source, list(map(span_text, whole.header)), rows, used, element.line)
    return found


def _columns(whole: Table) -> dict[ColumnRole, int]:
    """Return what each column holds; the only one left over has the answers, if they are as long as such."""
    columns = map_columns([" ".join(span_text(cell).split("\n")) for cell in whole.header])
    free = set(range(len(whole.header))) - set(columns.values())
    if "question" in columns and "answer" not in columns and len(free) == 1:
        (place,) = free
        lengths = [len(span_text(row[place])) for row in whole.rows]
        if sum(length >= MIN_ANSWER_CHARS for length in lengths) * 2 > len(lengths):
            columns[ColumnRole.ANSWER] = place
    return columns


def _said(role: str, cells: dict[str, Line]) -> str | None:
    said = span_text(cells.get(role, ())).strip()
    if role not in ("notes", "cues"):
        said = " ".join(said.split("\n"))
    return None if not said or (role == "id" and not IDENTIFIER.fullmatch(said)) else said
