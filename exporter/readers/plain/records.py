"""The layout of records between rulers: the first line is the question, the rest the answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.layout import Layout, Style, build_layout, build_line_marker
from exporter.readers.layout.tokens import TokenizedText
from exporter.readers.plain.card_starts import find_card_starts
from exporter.readers.plain.headings import is_ruler

_SIDE_SEPARATORS = ("%", "?", "??", "=>", "|")
"""Lines that separate question and answer in a record."""

MAX_UNDERLINE_DIFFERENCE = 8  # unmeasured
"""Largest difference in length between a heading and its underline, in characters."""


def find_records(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of records between rulers: the first line is the question, the rest the answer."""
    lines, fenced = text.lines, text.fenced
    rulers = [index for index, line in enumerate(lines) if index not in fenced and line and is_ruler(line)]
    separators = {index for index in rulers if lines[index].strip() != "%"} or set(rulers)
    separators = {
        index for index in separators if not _is_underline(lines, index) and not _is_frame(lines, index)
    }
    if not separators:
        return
    ranges = _split_ranges(separators, len(lines))
    first_lines = (
        next((index for index in range(start, end) if lines[index].strip()), None) for start, end in ranges
    )
    cards = [index for index in first_lines if index is not None]
    markers: dict[int, Marker] = {}
    answers: dict[int, str] = {}
    for start, end in pairwise([*find_card_starts(text, cards), len(lines)]):
        below = [index for index in range(start + 1, end) if lines[index].strip() and index not in separators]
        if not markers and not below and not looks_like_question(lines[start]):
            continue  # the title of the file
        markers[start] = build_line_marker(lines[start])
        side_separator = next((index for index in below if lines[index].strip() in _SIDE_SEPARATORS), None)
        if side_separator is not None:
            answers[side_separator] = ""
    if len(markers) > 1:
        yield build_layout(Style.RECORDS, "", markers, answers)


def _is_underline(lines: Sequence[str], index: int) -> bool:
    """Return whether a ruler underlines a heading: text directly above, blank lines above that and below."""
    above, below = lines[index - 1] if index else "", lines[index + 1] if index + 1 < len(lines) else ""
    is_single_line = index < 2 or not lines[index - 2].strip()
    return (
        bool(above.strip())
        and is_single_line
        and not below.strip()
        and abs(len(above) - len(lines[index])) <= MAX_UNDERLINE_DIFFERENCE
    )


def _is_frame(lines: Sequence[str], index: int) -> bool:
    """Return whether a ruler is above or below a line with another ruler on its other side."""
    for step in (1, -1):
        middle, beyond = index + step, index + 2 * step
        if 0 <= beyond < len(lines) and is_ruler(lines[beyond]) and lines[middle].strip():
            return not is_ruler(lines[middle]) and not ends_with_question_mark(lines[middle])
    return False


def _split_ranges(rulers: Collection[int], end: int) -> list[tuple[int, int]]:
    edges = [-1, *sorted(rulers), end]
    return [(left + 1, right) for left, right in pairwise(edges)]
