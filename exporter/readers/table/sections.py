"""Rows of a table that are the titles of the rows below them, and headers that are repeated."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from exporter.readers.table.header_names import (
    MAX_ROWS_ABOVE_HEADER,
    ColumnRole,
    find_question_and_answer,
    map_columns,
)

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Sections:
    """The titles of sections, by the index (from 0) of the line of each."""

    lines: tuple[int, ...] = ()
    titles: tuple[str, ...] = ()

    def find(self, line: int) -> str:
        """Return the title of the section of a line, or an empty string."""
        count = bisect_right(self.lines, line)
        return self.titles[count - 1] if count else ""


def split_sections(rows: Sequence[Row]) -> tuple[list[Row], Sections]:
    """Return the rows without titles of sections and repeated headers, and these sections.

    A title is a row with one cell above a header that is repeated, or one with only its first cell, in a
    column that has no questions and no answers.
    """
    first_rows = (row for _, row in rows[: MAX_ROWS_ABOVE_HEADER + 1])
    header = next((row for row in first_rows if find_question_and_answer(row) is not None), None)
    if header is None:
        return list(rows), Sections()
    columns = map_columns(header)
    has_sides_first = 0 in (columns[ColumnRole.QUESTION], columns[ColumnRole.ANSWER])
    is_repeated = sum(row == header for _, row in rows) > 1
    kept: list[Row] = []
    titles: list[tuple[int, str]] = []
    has_header = False
    for next_row, (line, row) in enumerate(rows, 1):
        filled = [column for column, cell in enumerate(row) if cell.strip()]
        is_above_header = is_repeated and next_row < len(rows) and rows[next_row][1] == header
        is_first = has_header and len(row) > 1 and filled == [0] and not has_sides_first
        if len(filled) == 1 and (is_above_header or (is_first and not row[0].strip(" .)").isdigit())):
            titles.append((line, row[filled[0]].strip()))
        elif row != header or not has_header:
            kept.append((line, row))
        has_header = has_header or row == header
    return kept, Sections(tuple(line for line, _ in titles), tuple(title for _, title in titles))
