"""Tables of a page: of data, of code, or of the layout."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.page.code import write_code
from exporter.readers.page.spans import Run, SpanLine, write_line
from exporter.readers.page.table_rows import Row, find_code_listing, is_layout, read_rows
from exporter.readers.page.tree import Tag
from exporter.readers.page.writer import PageWriter
from exporter.readers.span_builder import SpanKind
from exporter.readers.table.column_names import name_columns, names_questions


def write_table(writer: PageWriter, tag: Tag) -> None:
    """Write a table, or what is in one that only lays out the page."""
    if listing := find_code_listing(tag):
        for pre in listing:
            write_code(writer, pre)
        return
    caption = next((child for child in tag.tags if child.name == "caption"), None)
    if caption is not None:
        writer.write(caption)
        writer.flush()
    rows = read_rows(tag)
    if is_layout(rows):
        for row in rows:
            for cell in filter(None, row.cells):
                writer.write(cell)
                writer.flush()
        return
    cells = [[writer.collect(cell) if cell else [] for cell in row.cells] for row in rows]
    texts = [[" ".join(line.text for line in cell) for cell in row] for row in cells]
    while rows[1:] and rows[0].is_title and (rows[1].is_header or names_questions(texts[1])):
        _write_title(writer, cells[0][0])
        rows, cells, texts = rows[1:], cells[1:], texts[1:]
    width = len(rows[0].cells)
    has_names = names_questions(texts[0])
    is_headed = has_names or rows[0].is_header or (_is_bold(cells[0]) and not rows[0].is_title)
    header = None if is_headed else name_columns(texts)
    writer.lines.end_block()
    if not is_headed:
        _add_row(writer, header or [""] * width, rows[0].line)
        _add_row(writer, ["---"] * width, rows[0].line)
    for index, (row, parts) in enumerate(zip(rows, cells, strict=True)):
        if row.is_title and (header or has_names):
            parts = [[_embolden(line) for line in parts[0]], *parts[1:]]
        _add_row(writer, [_write_cell(part) for part in parts], _find_row_line(row, parts))
        if is_headed and not index:
            _add_row(writer, ["---"] * width, row.line)
    writer.lines.end_block()


def _write_title(writer: PageWriter, lines: Sequence[SpanLine]) -> None:
    """Write the title of a table as a paragraph above it."""
    writer.lines.end_block()
    writer.paragraph = list(lines)
    writer.flush()


def _embolden(line: SpanLine) -> SpanLine:
    """Return a title between the rows in bold, as Markdown's reader knows it."""
    runs = [Run(run.text, run.kinds | {SpanKind.STRONG}, run.target, run.is_markdown) for run in line.runs]
    return SpanLine(line.number, runs)


def _add_row(writer: PageWriter, cells: Sequence[str], line: int) -> None:
    writer.lines.add(f"| {' | '.join(cells)} |", line)


def _find_row_line(row: Row, cells: Sequence[Sequence[SpanLine]]) -> int:
    return next((part[0].number for part in cells if part), row.line)


def _write_cell(lines: Sequence[SpanLine]) -> str:
    return "<br>".join(write_line(line.runs) for line in lines).replace("|", "\\|")


def _is_bold(cells: Sequence[Sequence[SpanLine]]) -> bool:
    """Return whether all words of a row are bold, and it is a header by that."""
    runs = [run for cell in cells for line in cell for run in line.runs if run.text.strip()]
    return bool(runs) and all(SpanKind.STRONG in run.kinds for run in runs)
