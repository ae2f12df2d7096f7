"""Recognize a list of contents: questions at the top of a text that are repeated below with their answers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.readers.layout.layout import Layout, Part
from exporter.readers.layout.tokens import TokenizedText

_BEFORE_TEXT = re.compile(r"[\W\d_]+")


def drop_contents(text: TokenizedText, layout: Layout) -> Layout:
    """Return a layout without the questions of a list of contents.

    Most lines from the first question to the first one that repeats an earlier one are questions below.
    """
    starts = sorted(layout.markers)
    questions = [_normalize(layout.markers[index].rest) for index in starts]
    if len(set(questions)) == len(questions):
        return layout
    seen: set[str] = set()
    first = 0
    while not questions[first] or questions[first] not in seen:
        seen.add(questions[first])
        first += 1
        if first == len(questions):
            return layout
    repeated = set(questions[first:])
    content = text.content[bisect_left(text.content, starts[0]) : bisect_left(text.content, starts[first])]
    known = sum(_normalize(_read_line(text, layout, index)) in repeated for index in content)
    if known * 2 <= len(content):  # most lines
        return layout
    return Layout(
        tuple(_drop_from_parts(layout.parts, first, starts[first])),
        {index: layout.markers[index] for index in starts[first:]},
        {index: label for index, label in layout.answers.items() if index >= starts[first]},
    )


def _normalize(line: str) -> str:
    """Return a question without what is around its text, such as a number or a question mark."""
    start = match.end() if (match := _BEFORE_TEXT.match(line)) else 0
    return line[start:].casefold().rstrip(" ?.:*_#？")


def _read_line(text: TokenizedText, layout: Layout, index: int) -> str:
    marker = layout.markers.get(index) or text.tokens[index].marker
    return marker.rest if marker else text.lines[index]


def _drop_from_parts(parts: Sequence[Part], count: int, start: int) -> Iterator[Part]:
    """Yield parts without their first `count` questions; the next one is on the line `start`."""
    for part in parts:
        dropped = min(count, part.count)
        count -= dropped
        if dropped < part.count:
            yield replace(part, start=max(start, part.start), count=part.count - dropped)
