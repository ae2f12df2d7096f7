"""The cells of a table with questions, which is written in Markdown or in HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from exporter.model.questions import Block, Line, Strong, Text
from exporter.readers.html import HtmlRow, read_cell_line
from exporter.readers.markdown.blocks import convert_segments, convert_table, read_segments
from exporter.readers.markdown.parser import Node
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.span_builder import span_text
from exporter.readers.table.header_names import find_question_and_answer

MAX_COLUMNS = 40
"""A table in HTML with more columns has no questions; the limit keeps cells that span rows linear."""

_HEADER_LINES = 2
"""The lines above the first row of a table of Markdown: its header and the delimiter row."""


@dataclass(frozen=True)
class GridCell:
    """A cell; `is_repeated` is set where a cell spans the rows below it."""

    line: Line = ()
    own_blocks: tuple[Block, ...] | None = None
    node: Node | None = None
    is_repeated: bool = False

    @cached_property
    def text(self) -> str:
        """The words of the cell as plain text."""
        return span_text(self.line)

    @property
    def is_bold(self) -> bool:
        """Return whether the whole cell is in bold."""
        return len(self.line) == 1 and isinstance(self.line[0], Strong)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the cell; in Markdown its lines, divided by `<br>`, may be a list."""
        if self.own_blocks is not None:
            return self.own_blocks
        if self.node is None:
            return ()
        parts = read_segments(self.node, cell=True)
        is_text = all(
            part.image is None and all(isinstance(span, Text) for span in part.line) for part in parts
        )
        if len(parts) > 1 and is_text:
            return parse_blocks([part.text for part in parts])
        return convert_segments(parts)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row; `line` counts from 0. `is_title` is set where one cell spans all columns."""

    line: int
    cells: tuple[GridCell, ...]
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the words of its header, which is empty if it has none, and its rows with words."""

    header: tuple[str, ...] = ()
    rows: tuple[GridRow, ...] = ()


def read_grid(node: Node) -> Grid:
    """Return the cells of a table of Markdown."""
    table = convert_table(node)
    nodes = [row.children for part in node.children for row in part.children][1:]
    rows = [
        GridRow(
            node.line + _HEADER_LINES + index,
            tuple(
                GridCell(line, None, nodes[index][column] if column < len(nodes[index]) else None)
                for column, line in enumerate(row)
            ),
        )
        for index, row in enumerate(table.rows)
    ]
    header = tuple(" ".join(span_text(cell).split("\n")) for cell in table.header)
    return Grid(header, tuple(row for row in rows if any(map(_has_words, row.cells))))


def _has_words(cell: GridCell) -> bool:
    return bool(cell.line or cell.own_blocks) and not cell.is_repeated


def read_html_grid(html_rows: Sequence[HtmlRow]) -> Grid:
    """Return the cells of a table in HTML; its header is a row of `<th>`, or one that names the columns."""
    several = [sum(cell.columns for cell in row.cells) for row in html_rows if len(row.cells) > 1]
    width = max(several, default=1)
    if width > MAX_COLUMNS:
        return Grid()
    all_rows = list(_iter_html_rows(html_rows, width))
    rows = [row for row in all_rows if any(map(_has_words, row.cells))]
    header = next((row for row in rows if not row.is_title), None)
    if header is None:
        return Grid((), tuple(rows))
    names = tuple(cell.text for cell in header.cells)
    headed = html_rows[all_rows.index(header)].cells
    if not all(cell.is_header for cell in headed) and find_question_and_answer(names) is None:
        return Grid((), tuple(rows))
    # a table may repeat its header
    return Grid(names, tuple(row for row in rows if tuple(cell.text for cell in row.cells) != names))


def _iter_html_rows(rows: Sequence[HtmlRow], width: int) -> Iterator[GridRow]:
    """Yield rows with their cells in columns, repeated in the rows that they span."""
    spanning: dict[int, tuple[int, GridCell]] = {}
    for row in rows:
        cells = {column: cell for column, (_, cell) in spanning.items()}
        spanning = {column: (count - 1, cell) for column, (count, cell) in spanning.items() if count > 1}
        column = 0
        for html_cell in row.cells:
            while column in cells:
                column += 1
            line = read_cell_line(html_cell.blocks)
            cells[column] = GridCell(line, html_cell.blocks)
            if html_cell.rows > 1 and column < MAX_COLUMNS:
                spanning[column] = html_cell.rows - 1, GridCell(line, html_cell.blocks, is_repeated=True)
            column += html_cell.columns
        is_title = len(cells) == 1 < width <= row.cells[0].columns
        last = max(cells)
        yield GridRow(row.line, tuple(cells.get(index, GridCell()) for index in range(last + 1)), is_title)
