"""Which columns of a table have the questions, the answers and the numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from exporter.model.question_numbers import parse_number
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.markdown.table_grid import Grid, GridRow
from exporter.readers.table.header_names import ColumnRole, map_columns

MIN_ANSWER_CHARS = 20
"""A column without a known name holds the answers if most of its texts are this long; unmeasured."""

Columns = Mapping[ColumnRole, int]


def find_columns(grid: Grid) -> Columns:
    """Return the index of the column of each role.

    Where the header does not say so, questions are the first column most of whose cells ask. Below a
    header, the only column without a role has the answers, if there is no other one and its texts are
    long; without a header, that with the most text.
    """
    columns: dict[ColumnRole, int] = map_columns(grid.header)
    rows = [row for row in grid.rows if not row.is_title]
    width = max((len(row.cells) for row in rows), default=0)
    unnamed = [column for column in range(width) if column not in columns.values()]
    if ColumnRole.QUESTION not in columns:
        # half of the cells; unmeasured
        asking = next((column for column in unnamed if _share(rows, column, looks_like_question) > 0.5), None)
        if asking is None:
            return columns
        columns[ColumnRole.QUESTION] = asking
        unnamed.remove(asking)
    if grid.header:
        unnamed = [column for column in unnamed if _share(rows, column, _is_long) > 0.5] * (len(unnamed) == 1)
    elif unnamed and _share(rows, unnamed[0], _is_number) == 1:
        columns[ColumnRole.NUMBER] = unnamed.pop(0)
    if ColumnRole.QUESTION in columns and ColumnRole.ANSWER not in columns and unnamed:
        columns[ColumnRole.ANSWER] = max(unnamed, key=lambda column: _count_chars(rows, column))
    return columns


def _share(rows: Sequence[GridRow], column: int, test: Callable[[str], bool]) -> float:
    """Return the share of the rows whose cell in a column passes a test."""
    return sum(column < len(row.cells) and test(row.cells[column].text) for row in rows) / max(1, len(rows))


def _count_chars(rows: Sequence[GridRow], column: int) -> int:
    return sum(len(row.cells[column].text) for row in rows if column < len(row.cells))


def _is_long(text: str) -> bool:
    return len(text) >= MIN_ANSWER_CHARS


def _is_number(text: str) -> bool:
    return parse_number(text.strip(" .")) is not None
