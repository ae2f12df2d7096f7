"""Cells of a table that belong to no column in use: whole columns, and what a row has too much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from exporter.model.diagnostics import Diagnostic, info, warning
from exporter.readers import SourceText

Rows = Sequence[tuple[int, Sequence[str]]]


def report_unused_cells(
    source: SourceText, header: Sequence[str], rows: Rows, used: Collection[int], place: int
) -> list[Diagnostic]:
    """Return `columns-skipped` for columns that mean nothing, `stray-text` for rows that are too long.

    `header` is empty for a table without one: then a column is one that most rows fill. `used` are the
    places of the columns that mean something, `place` is the index of the table's first line.
    """
    filled = Counter(at for _, row in rows for at, cell in enumerate(row) if at not in used and cell.strip())
    whole = sorted(
        at for at, count in filled.items() if at < len(header) or (not header and count * 2 > len(rows))
    )
    found: list[Diagnostic] = []
    if whole:
        names = ", ".join(
            f"“{header[at].strip()[:60]}”" if at < len(header) else str(at + 1) for at in whole[:20]
        )
        message = f"Left out, since they are not part of a question: the columns {names}."
        if len(whole) == 1:
            message = f"Left out, since it is not part of a question: the column {names}."
        hint = "Call one “notes”, “tags”, “category” or “cues” in the table's first line to keep it."
        found.append(info("columns-skipped", message, source.span(place + 1), hint))
    if len(filled) > len(whole):
        for index, row in rows:
            if any(at not in used and at not in whole and cell.strip() for at, cell in enumerate(row)):
                message = "This row has more fields than the table has columns; the rest was left out."
                hint = "Put quotation marks around a field that contains the separator."
                found.append(warning("stray-text", message, source.span(index + 1), hint))
    return found
