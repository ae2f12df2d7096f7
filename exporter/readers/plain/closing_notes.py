"""Notes below the last answer: below a ruler, a list of terms, or paragraphs, as no other answer has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from exporter.readers.labels import patterns
from exporter.readers.labels.note_titles import is_note_title
from exporter.readers.layout.evidence import has_label
from exporter.readers.layout.layout import Layout, Style
from exporter.readers.plain.headings import is_bulleted, is_ruler

MIN_OTHER_ANSWERS = 2
"""Minimum number of answers that have no such part, for it to close the file; unmeasured."""

MIN_TERMS = 3
"""Minimum number of lines of a list of terms; two may be an example in an answer."""

_match_term = re.compile(r"[^\W\d_][^\n:?.]{0,60}?\s{1,4}(?:[-–—=]|->|=>)\s{1,4}\S").match


def is_term(line: str) -> bool:
    """Return whether a line is a term and its meaning, as `port - a number`."""
    return _match_term(line) is not None


def find_closing_notes(lines: Sequence[str], layout: Layout, bodies: Sequence[tuple[int, int]]) -> int | None:
    """Return the first line of the notes below the last answer, or nothing.

    `bodies` are the first lines of the questions, each with the line after its answer.
    """
    others = [body for body in bodies[:-1] if _has_answer(lines, *body)]
    if len(others) < MIN_OTHER_ANSWERS:
        return None
    found = (
        notes
        for find_notes in (_find_below_ruler, _find_terms, _find_titled)
        if (notes := find_notes(lines, layout, *bodies[-1])) is not None
        and all(find_notes(lines, layout, *body) is None for body in others)
    )
    return min(found, default=None)


def _has_answer(lines: Sequence[str], start: int, end: int) -> bool:
    return any(map(str.strip, lines[start + 1 : end]))


def _find_below_ruler(lines: Sequence[str], layout: Layout, start: int, end: int) -> int | None:
    """Return the first ruler with a blank line above, an answer above that, and text below."""
    has_text = False
    for index in range(start + 1, end):
        if index in layout.fenced or not is_ruler(lines[index]):
            has_text = has_text or bool(lines[index].strip())
        elif has_text and not lines[index - 1].strip():
            return index if _has_answer(lines, index, end) else None
    return None


def _find_terms(lines: Sequence[str], layout: Layout, start: int, end: int) -> int | None:
    """Return the first line of a paragraph below the answer of which each line is a term and its meaning."""
    paragraphs = [
        list(group)
        for is_text, group in groupby(range(start + 1, end), lambda index: bool(lines[index].strip()))
        if is_text
    ]
    for paragraph in paragraphs[1:]:
        is_list = len(paragraph) >= MIN_TERMS and paragraph[0] not in layout.fenced
        if is_list and all(is_term(lines[index]) for index in paragraph):
            return paragraph[0]
    return None


def _find_titled(lines: Sequence[str], layout: Layout, start: int, end: int) -> int | None:
    """Return the first title of notes that is below a blank line, and has text below."""
    for index in range(start + 2, end - 1):
        is_first = index not in layout.fenced and not lines[index - 1].strip()
        if is_first and is_note_title(lines[index]) and _has_answer(lines, index, end):
            return index
    return None


def find_further_paragraphs(
    lines: Sequence[str], layout: Layout, bodies: Sequence[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the lines of the last answer from its first paragraph on that no other answer has, or nothing.

    All other questions must have the same number of paragraphs with their answers. The lines may be an
    answer or notes on the whole file, so they are only reported; those that are indented or labelled, a list
    below the label of the answer, or all of the answer where the others have one, too, are an answer.
    """
    if len(bodies) <= MIN_OTHER_ANSWERS or layout.parts[-1].style is Style.GAPS:
        return None
    count = len(_find_paragraphs(lines, layout, *bodies[0]))
    last = _find_paragraphs(lines, layout, *bodies[-1])
    if len(last) <= count:
        return None
    if any(len(_find_paragraphs(lines, layout, *body)) != count for body in bodies[1:-1]):
        return None
    (start, end), first = bodies[-1], last[count]
    is_list = is_bulleted(lines[first]) or patterns.match_marker(lines[first]) is not None
    is_labelled = has_label(sorted(layout.answers), start, end)
    is_answer = first == last[1] and not lines[start + 1].strip() and _has_answer(lines, *bodies[0])
    if first in layout.answers or lines[first][0].isspace() or is_answer or (is_list and is_labelled):
        return None
    return first, next(index for index in range(end, 0, -1) if lines[index - 1].strip())


def _find_paragraphs(lines: Sequence[str], layout: Layout, start: int, end: int) -> list[int]:
    """Return the first lines of paragraphs; blank lines in fenced code do not separate any."""
    return [
        index
        for index in range(start, end)
        if lines[index].strip()
        and (index == start or (not lines[index - 1].strip() and index - 1 not in layout.fenced))
    ]
