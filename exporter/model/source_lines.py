"""The lines of a text that was made from a file, with the place in the file of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exporter.model.questions import SourceSpan


class SourceLines(tuple[str, ...]):
    """The lines that are read of a file that is not read as it is, such as a web page.

    `numbers` are the lines (from 1) of the file from which each was made.
    """

    numbers: tuple[int, ...]

    def __new__(cls, lines: Iterable[str], numbers: Iterable[int]) -> SourceLines:
        """Return lines with their numbers, of which there are equally many."""
        self = super().__new__(cls, lines)
        self.numbers = tuple(numbers)
        return self


def find_number(lines: Sequence[str], line: int) -> int:
    """Return the number in the file of a line (from 1) of the text that is read."""
    if isinstance(lines, SourceLines) and lines.numbers:
        return lines.numbers[min(max(line, 1), len(lines.numbers)) - 1]
    return line


def number_ranges(lines: Sequence[str], ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the numbers in the file of the first and the last line of each range.

    A range is the index (from 0) of its first line, and of the line after its last.
    """
    return tuple((find_number(lines, start + 1), find_number(lines, end)) for start, end in ranges)


def format_range(first: int, last: int) -> str:
    """Return the numbers of the first and the last of some lines as people write them: “5”, “7 to 8”."""
    return f"{first}" if last <= first else f"{first} to {last}"


def make_span(path: str, lines: Sequence[str], line: int, column: int = 1) -> SourceSpan:
    """Return the span of a line and a column (both from 1) of the text that is read."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    row = line if isinstance(lines, SourceLines) else 0
    return SourceSpan(path, find_number(lines, line), column, text, row)


def replace_lines(lines: Sequence[str], new: Iterable[str]) -> tuple[str, ...]:
    """Return other lines in the places of `lines`, of which there are equally many."""
    return SourceLines(new, lines.numbers) if isinstance(lines, SourceLines) else tuple(new)
