"""Lines of a delimited file to rows, each with the line on which it begins."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

FIELD_LIMIT = 1 << 27
"""A field may have so many characters."""

SIGNS = (",", "\t", ";", "|")


def rows_of(lines: Sequence[str], separator: str, first: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yield the index of a row's first line, and its fields.

    Where quotes are never closed, the lines from there on are read without regard to them.
    """
    previous = csv.field_size_limit(FIELD_LIMIT)
    at = first
    try:
        reader = csv.reader(
            (line.replace("\0", "") + "\n" for line in lines[first:]),
            delimiter=separator,
            skipinitialspace=True,
        )
        for row in reader:
            end = first + reader.line_num
            if row and end >= len(lines) and end - at > 1 and _unclosed(lines[at:end]):
                break
            if any(field.strip() for field in row):
                yield at, [field[:-1] if field.endswith("\n") else field for field in row]
            at = end
        else:
            at = len(lines)
    except csv.Error:
        pass
    finally:
        csv.field_size_limit(previous)
    for index in range(at, len(lines)):
        if lines[index].strip():
            yield index, lines[index].split(separator)


def _unclosed(lines: Sequence[str]) -> bool:
    return sum(line.count('"') for line in lines) % 2 == 1


def find_separator(lines: Sequence[str], usual: str = "") -> str:
    """Return the sign that parts the fields: the one that gives most rows the same number of them."""
    sample = [line for line in lines[:400] if line.strip()][:200]
    best, most = usual, 0.0
    for sign in SIGNS:
        widths = [len(row) for _, row in rows_of(sample, sign)]
        if not widths:
            continue
        usual_width = max(set(widths), key=widths.count)
        if usual_width < 2:
            continue
        share = widths.count(usual_width) / len(widths)
        worth = share + (0.05 if sign == usual else 0.0) + (0.02 if sign == "\t" else 0.0)
        if worth > most:
            best, most = sign, worth
    return best
