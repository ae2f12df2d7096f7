"""Quotation marks of delimited files: the edits of cells as CSV writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exporter.patching.text_edits import TextEdit

_QUOTED = re.compile(r' *"((?:[^"]|"")*)" *')


class Cell(NamedTuple):
    """The text of a cell, without the marks that enclose it; offsets from 0."""

    start: int
    stop: int
    is_quoted: bool


def quote_cells(
    text: str, edits: Sequence[TextEdit], *, start: int, stop: int, separator: str
) -> list[TextEdit]:
    """Return the edits of the rows in `text[start:stop]`, with quotation marks as cells need them."""
    quoted = []
    rest = list(edits)
    for cell in _iter_cells(text, start, stop, separator):
        own = [edit for edit in rest if cell.start <= edit.start and edit.stop <= cell.stop]
        rest = [edit for edit in rest if edit not in own]
        quoted += _quote_edits(text, cell, own, separator)
    return [*quoted, *rest]


def _quote_edits(text: str, cell: Cell, edits: list[TextEdit], separator: str) -> list[TextEdit]:
    """Return the edits of one cell, which is enclosed by marks if it gets a separator or a line end."""
    is_enclosed = not cell.is_quoted and any(
        separator in edit.text
        or "\n" in edit.text
        or "\r" in edit.text
        or (edit.start == cell.start and edit.text.startswith('"'))
        for edit in edits
    )
    if not is_enclosed and not cell.is_quoted:
        return edits
    doubled = [edit._replace(text=edit.text.replace('"', '""')) for edit in edits]
    if cell.is_quoted:
        return doubled
    kept = [
        TextEdit(at, at, '"')
        for at in range(cell.start, cell.stop)
        if text[at] == '"' and not any(edit.start <= at < edit.stop for edit in edits)
    ]
    return [
        TextEdit(cell.start, cell.start, '"'),
        *doubled,
        *kept,
        TextEdit(cell.stop, cell.stop, '"'),
    ]


def _iter_cells(text: str, start: int, stop: int, separator: str) -> Iterator[Cell]:
    """Yield the cells of rows in order; the blanks around a cell are not part of it."""
    cell_end = re.compile(rf"{re.escape(separator)}|\r\r\n|\r\n|\r|\n|\Z")
    position = start
    while position < stop:
        match = _QUOTED.match(text, position, stop)
        end = cell_end.match(text, match.end()) if match else None
        if match and end:
            yield Cell(match.start(1), match.end(1), True)
        else:
            end = cell_end.search(text, position, stop)
            cell_stop = end.start() if end else stop
            words = text[position:cell_stop]
            first = position + len(words) - len(words.lstrip(" "))
            yield Cell(first, max(first, position + len(words.rstrip(" "))), False)
        position = max(end.end() if end else stop, position + 1)
