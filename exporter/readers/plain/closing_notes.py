"""Notes below the last answer: below a ruler, or a list of terms, as no other answer has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from exporter.readers.layout.layout import Layout
from exporter.readers.plain.headings import is_ruler

MIN_OTHER_ANSWERS = 2
"""Minimum number of answers that have no such part, for it to close the file; unmeasured."""

MIN_TERMS = 3
"""Minimum number of lines of a list of terms; two may be an example in an answer."""

_match_term = re.compile(r"[^\W\d_][^\n:?.]{0,60}?\s{1,4}(?:[-–—=]|->|=>)\s{1,4}\S").match


def find_closing_notes(lines: Sequence[str], layout: Layout, bodies: Sequence[tuple[int, int]]) -> int | None:
    """Return the first line of the notes below the last answer, or nothing.

    `bodies` are the first lines of the questions, each with the line after its answer.
    """
    others = [body for body in bodies[:-1] if _has_answer(lines, *body)]
    if len(others) < MIN_OTHER_ANSWERS:
        return None
    found = (
        notes
        for find_notes in (_find_below_ruler, _find_terms)
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
        if is_list and all(_match_term(lines[index]) for index in paragraph):
            return paragraph[0]
    return None
