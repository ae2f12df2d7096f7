"""Report cells of a table that have no role: whole columns, and extra fields of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from exporter.model.diagnostics import Diagnostic, info, warning
from exporter.model.source_lines import number_ranges
from exporter.readers import SourceText
from exporter.readers.skipped_content import merge_ranges

MAX_LISTED_COLUMNS = 20  # bound: the length of a message
"""Maximum number of columns listed in a message."""

MAX_NAME_CHARS = 60  # bound: the length of a message
"""Maximum number of characters of a column's name shown in a message."""

Rows = Sequence[tuple[int, Sequence[str]]]


def report_unused_cells(
    source: SourceText, header: Sequence[str], rows: Rows, used: Collection[int], first_line: int
) -> list[Diagnostic]:
    """Return `columns-skipped` for columns without a role, and `stray-text` for rows with extra fields.

    `header` is empty for a table without one: then a column is one that most rows fill. `used` are the
    indices of the columns with a role, `first_line` is the index of the table's first line; all from 0.
    """
    filled = Counter(
        column for _, row in rows for column, cell in enumerate(row) if column not in used and cell.strip()
    )
    # without a header, a column is one that more than half of the rows fill; unmeasured
    skipped = sorted(
        column
        for column, count in filled.items()
        if column < len(header) or (not header and count * 2 > len(rows))
    )
    diagnostics: list[Diagnostic] = []
    if skipped:
        names = ", ".join(
            f"“{header[column].strip()[:MAX_NAME_CHARS]}”" if column < len(header) else str(column + 1)
            for column in skipped[:MAX_LISTED_COLUMNS]
        )
        message = f"Left out, since they are not part of a question: the columns {names}."
        if len(skipped) == 1:
            message = f"Left out, since it is not part of a question: the column {names}."
        hint = "Call one “notes”, “tags”, “category” or “cues” in the table's first line to keep it."
        ends = [*(index for index, _ in rows[1:]), len(source.lines)]
        ranges = [(first_line, first_line + 1)]
        for (index, row), end in zip(rows, ends, strict=True):
            if any(column < len(row) and row[column].strip() for column in skipped):
                ranges.append((index, max(end, index + 1)))
        diagnostic = info("columns-skipped", message, source.span(first_line + 1), hint)
        diagnostics.append(replace(diagnostic, ranges=number_ranges(source.lines, merge_ranges(ranges))))
    if len(filled) > len(skipped):
        for index, row in rows:
            if any(
                column not in used and column not in skipped and cell.strip()
                for column, cell in enumerate(row)
            ):
                message = "This row has more fields than the table has columns; the rest was left out."
                hint = "Put quotation marks around a field that contains the separator."
                diagnostics.append(warning("stray-text", message, source.span(index + 1), hint))
    return diagnostics
