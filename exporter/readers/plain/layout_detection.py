"""Detects the layout of a plain-text file: of all candidates the one that reads the whole text best.

Parts that the best reading leaves over (text before the first question, bodies much larger than the
rest) are compared again by themselves, since people join files of different habits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from exporter.readers.labels import patterns
from exporter.readers.labels.patterns import Marker
from exporter.readers.plain.answer_labels import has_label
from exporter.readers.plain.candidates import find_candidates, find_labelled
from exporter.readers.plain.evidence import WRAPPED_LINES, Measure, count_between
from exporter.readers.plain.headings import is_ruler
from exporter.readers.plain.layout import Layout
from exporter.readers.plain.scoring import score
from exporter.readers.plain.tokens import TokenKind, tokenize

_EMPHASIZED = re.compile(r"(?P<sign>\*\*|__|\*|_)(?P<text>[^\s*_](?:[^*_]*[^\s*_])?)(?P=sign)")

MAX_BASES = 4
"""How many readings of the whole text are completed; with 6 no file of the corpus is read otherwise."""
MAX_TRIES = 3
"""How many readings of a part are tried; with 5 no file of the corpus is read otherwise."""
MAX_PARTS = 40  # unmeasured
"""How many parts of a text are compared by themselves, a bound on the time for hostile input."""
MIN_LARGE_BODY = 3  # unmeasured
"""A body with more lines than this many times the median may hold further questions."""


def detect_layout(lines: Sequence[str]) -> Layout:
    """Return the layout of a text."""
    text = tokenize(lines)
    measure = Measure(text)
    layout = _conclusive(measure)
    if layout is None:
        readings = [complete(measure, layout) for layout in rank(measure)[:MAX_BASES]]
        layout = max(readings, key=lambda reading: score(measure, reading), default=Layout())
    if not layout.markers:
        return Layout(fenced=text.fenced)
    layout.markers = {index: _bare(mark) for index, mark in layout.markers.items()}
    layout.fenced = text.fenced
    _drop_doubtful_markers(lines, layout)
    return layout


def _conclusive(measure: Measure) -> Layout | None:
    """Return the reading by labels where every question has its number in order and an answer's label.

    No other reading scores higher then, and to make none saves two thirds of the time.
    """
    layout = next(find_labelled(measure.text), None)
    if layout is None or any(_regions(measure, layout)):
        return None
    evidence = measure.evidence(layout)
    is_conclusive = evidence.labelled == evidence.sequence == evidence.free == 1.0
    return layout if is_conclusive and len(layout.markers) > 1 else None


def rank(measure: Measure) -> list[Layout]:
    """Return all readings of a text, the best first."""
    return sorted(find_candidates(measure.text), key=lambda layout: -score(measure, layout))


def complete(measure: Measure, layout: Layout) -> Layout:
    """Return a reading with the questions of other styles in the parts that it leaves over."""
    tried: set[tuple[int, int]] = set()
    best = score(measure, layout)
    while len(tried) < MAX_PARTS:
        region = next((region for region in _regions(measure, layout) if region not in tried), None)
        if region is None:
            break
        tried.add(region)
        inner = Measure(measure.text.part(*region))
        for candidate in rank(inner)[:MAX_TRIES]:
            merged = merge(layout, candidate, region[0])
            if (total := score(measure, merged)) > best:
                best, layout = total, merged
                break
    return layout


def _regions(measure: Measure, layout: Layout) -> Iterator[tuple[int, int]]:
    """Yield the runs of lines that may hold questions of another style, as (first, end) from 0.

    They are what stands before the first question, what follows the last one, bodies that are much larger
    than the others, and bodies with a question's label or several answers' labels.
    """
    starts = sorted(layout.markers)
    sizes = measure.sizes(starts)
    limit = MIN_LARGE_BODY * max(1, median_low(sizes))
    labelled = [index for index, _ in measure.text.marks(TokenKind.QUESTION_LABEL)]
    for number, (start, end) in enumerate(pairwise([-1, *starts, len(measure.text.lines)])):
        asking = count_between(measure.asking, start + WRAPPED_LINES * (number > 0), end)
        asking += count_between(measure.sounding, start + 1, end)
        labels = count_between(measure.labels, start + 1, end)
        marked = count_between(labelled, start + 1, end)
        at_edge = number in (0, len(starts)) or sizes[number - 1] > limit
        numbered = count_between(measure.marked, start + 1, end)
        if (asking and at_edge) or labels > (number > 0) or marked or numbered:
            yield start + 1, end


def merge(layout: Layout, inner: Layout, offset: int) -> Layout:
    """Return a layout with the questions of another one, whose line 0 is line `offset`."""
    parts = [*layout.parts, *(replace(part, start=part.start + offset) for part in inner.parts)]
    return Layout(
        tuple(sorted(parts, key=lambda part: part.start)),
        {**layout.markers, **{index + offset: mark for index, mark in inner.markers.items()}},
        {**layout.answers, **{index + offset: rest for index, rest in inner.answers.items()}},
    )


def _drop_doubtful_markers(lines: Sequence[str], layout: Layout) -> None:
    """Remove markers that are out of order, have no answer label and are directly below other text.

    This needs a file in which nearly all questions have answer labels.
    """
    if len(layout.answers) * 10 < len(layout.markers) * 8:  # eight in ten; unmeasured
        return
    labels = sorted(layout.answers)
    expected = 0
    starts = sorted(layout.markers)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        marker = layout.markers[start]
        if marker.number is None:
            continue
        is_expected = marker.number == expected or (
            marker.label is not None and marker.number == expected - 1
        )
        is_below_text = start > 0 and lines[start - 1].strip() and not is_ruler(lines[start - 1])
        if expected and not is_expected and is_below_text and not has_label(labels, start, end):
            del layout.markers[start]
        else:
            expected = marker.number + 1


def _bare(mark: Marker) -> Marker:
    """Return a mark without the `Q:` that follows a number, and without emphasis around all of its text."""
    rest = mark.rest
    if mark.style[0] != "q" and rest:
        word = patterns.UNNUMBERED_WORD.fullmatch(rest)
        rest = word["rest"].strip() if word and word["rest"] else rest
    if emphasis := _EMPHASIZED.fullmatch(rest):
        rest = emphasis["text"]
    return mark if rest == mark.rest else replace(mark, rest=rest)
