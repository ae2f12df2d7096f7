"""The layout of tables: in columns, or row by row where they are too wide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from exporter.cards.column_context import ColumnContext
from exporter.cards.formula_set import FormulaRoom
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.structure_tags import Role, Tag, Tags
from exporter.cards.styled_spans import split_at_breaks
from exporter.cards.text_measurement import build_line, measure_line
from exporter.cards.text_style import BOLD, REGULAR, Style
from exporter.model.questions import Alignment, Line, Strong, Table, Text
from exporter.model.text import line_text

COLUMN_GAP = 1.4  # unmeasured
"""Space between two columns, as a fraction of the type size."""
ROW_GAP, ROW_BLOCK_GAP = 0.35, 0.6  # unmeasured
"""Space above a row, in columns and row by row, in units of the paragraph gap."""

_SHARE_ON_THE_LEFT = {Alignment.RIGHT: 1.0, Alignment.CENTER: 0.5}
"""The share of a cell's free space that is on its left, by the alignment of its column."""


def lay_out_table(
    table: Table, context: ColumnContext, *, indent: float, gap_above: float, tags: Tags
) -> Iterator[MeasuredLine]:
    """Yield the cells of a table; lengths are fractions of the type size."""

    def iter_lines(row: tuple[Line, ...], style: Style = REGULAR) -> Iterator[tuple[MeasuredLine, ...]]:
        """Yield the printed lines of a row: as many as its cell with the most line breaks has."""
        cells = [
            [
                measure_line(
                    line,
                    fonts=context.fonts,
                    max_word_width=context.max_unbroken_width,
                    style=style,
                    formula_room=FormulaRoom(context.max_unbroken_width, context.max_unbroken_height),
                )
                for line in split_at_breaks(cell)
            ]
            for cell in (*row, *((),) * (len(table.header) - len(row)))
        ]
        empty = build_line([], [], fonts=context.fonts)
        return map(_align_heights, zip_longest(*cells, fillvalue=empty))

    table_rows = [[*iter_lines(table.header, BOLD)], *([*iter_lines(row)] for row in table.rows)]
    lines = [line for row in table_rows for line in row]
    row_numbers = [number for number, row in enumerate(table_rows) for _ in row]
    first_lines = {id(row[0]) for row in table_rows if row}
    count = max(map(len, lines), default=0)
    widths = [
        max(line[index].width if index < len(line) else 0.0 for line in lines) for index in range(count)
    ]
    table_width = indent + sum(widths) + COLUMN_GAP * (count - 1)
    if table_width > context.max_unbroken_width or any(cell.is_rtl for line in lines for cell in line):
        yield from _lay_out_row_by_row(table, context, indent=indent, gap_above=gap_above, tags=tags)
        return
    for number, line in zip(row_numbers, lines, strict=True):
        left = indent
        for index, cell in enumerate(line):
            free = widths[index] - cell.width
            alignment = table.alignments[index] if index < len(table.alignments) else Alignment.NONE
            yield cell._replace(
                indent=left + free * _SHARE_ON_THE_LEFT.get(alignment, 0.0),
                gap_above=gap_above if index == 0 and id(line) in first_lines else 0.0,
                widest_word=table_width,
                shares_line=index > 0,
                tags=_cell_tags(tags, number, index),
            )
            left += widths[index] + COLUMN_GAP
        gap_above = ROW_GAP


def _cell_tags(tags: Tags, row: int, column: int) -> Tags:
    """Return the tags of a cell of a table that has these tags; the row 0 is the header."""
    return (*tags, Tag(Role.ROW, row), Tag(Role.CELL if row else Role.HEADER_CELL, column))


def _align_heights(cells: tuple[MeasuredLine, ...]) -> tuple[MeasuredLine, ...]:
    """Return the cells of a printed line with the height of the highest one."""
    below = max(cell.extra_depth for cell in cells)
    above = max(cell.extra_height - cell.extra_depth for cell in cells)
    if not (above or below):
        return cells
    return tuple(cell._replace(extra_height=above + below, extra_depth=below) for cell in cells)


def _lay_out_row_by_row(
    table: Table, context: ColumnContext, *, indent: float, gap_above: float, tags: Tags
) -> Iterator[MeasuredLine]:
    """Yield a line for each row: every cell after the name of its column, the first cell in bold."""
    # a column without any text would have its name printed in none of the rows
    empty_columns = tuple(
        name
        for index, name in enumerate(table.header)
        if not any(line_text(row[index]).strip() for row in table.rows if index < len(row))
    )
    rows = (empty_columns, *table.rows)
    prefixes = [(*name, Text(": ")) if line_text(name).strip() else () for name in table.header]
    for number, row in enumerate(rows):
        cells = [
            (*(prefixes[index] if index < len(prefixes) and row is not empty_columns else ()), *cell)
            for index, cell in enumerate(row)
            if line_text(cell).strip()
        ]
        if not cells:
            continue
        first, *others = cells
        line: Line = (Strong(first), *(span for cell in others for span in (Text("\u00a0· "), *cell)))
        for index, part in enumerate(split_at_breaks(line)):
            yield context.measure_line(
                part,
                indent=indent,
                gap_above=0.0 if index else gap_above,
                tags=(*tags[:-1], Tag(Role.LIST, tags[-1].number), Tag(Role.ITEM, number), Tag(Role.BODY)),
            )
        gap_above = ROW_BLOCK_GAP
