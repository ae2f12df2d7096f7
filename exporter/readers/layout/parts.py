"""Read the parts of a text that a reading leaves out, each in its own style.

Such parts are the text before the first question, and bodies much larger than the others: people join files
in different styles.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from exporter.readers.labels.patterns import Marker
from exporter.readers.layout.evidence import (
    MAX_WRAPPED_LINES,
    Evidence,
    EvidenceCollector,
    count_between,
    has_label,
)
from exporter.readers.layout.layout import Layout, Style
from exporter.readers.layout.scoring import score_layout
from exporter.readers.layout.tokens import TokenizedText, TokenKind

MAX_COMPLETED = 4
"""Number of readings of the whole text that are completed. 2 changes one file of the corpus, 6 none."""
MAX_PART_CANDIDATES = 3
"""Number of readings of a part that are tried; 5 changes no file of the corpus."""
MIN_CERTAIN_ASKING = 0.8
"""Minimum share of questions that ask, for text above labelled questions to be questions; unmeasured."""
MAX_PARTS = 40  # unmeasured
"""Maximum number of parts that are detected by themselves, which bounds the time."""
MIN_LARGE_BODY_FACTOR = 3  # unmeasured
"""A body with more than this many times the median number of lines may contain questions."""


class TextFormat(NamedTuple):
    """How a format finds the candidate readings of a text, and the first section heading in a range of it.

    `build_layout` makes the layout of lines that begin the questions, with their answers' labels.
    """

    find_candidates: Callable[[TokenizedText], list[Layout]]
    find_heading: Callable[[TokenizedText, int, int], int | None]
    build_layout: Callable[[TokenizedText, Style, str, list[tuple[int, Marker]]], Layout]


def rank_candidates(collector: EvidenceCollector, text_format: TextFormat) -> list[Layout]:
    """Return all readings of a text, the best first."""
    candidates = text_format.find_candidates(collector.text)
    for layout in candidates:
        layout.score = score_layout(collector, layout)
    return sorted(candidates, key=lambda layout: -layout.score)


def choose_layout(collector: EvidenceCollector, text_format: TextFormat) -> Layout | None:
    """Return the best reading of a text, with its parts in other styles; `None` if there are no questions."""
    ranked = rank_candidates(collector, text_format)
    readings = [add_parts(collector, base, text_format) for base in ranked[:MAX_COMPLETED]]
    for reading in readings:
        reading.score = score_layout(collector, reading)
    best = max(readings, key=lambda reading: reading.score, default=None)
    return replace(best, rivals=tuple(ranked)) if best else None


def add_parts(collector: EvidenceCollector, layout: Layout, text_format: TextFormat) -> Layout:
    """Return a reading with the questions in other styles in the parts that it leaves out."""
    tried: set[_Region] = set()
    best: float | None = None  # not needed without regions, as in nearly all files with labels
    while len(tried) < MAX_PARTS:
        regions = _iter_regions(collector, layout, text_format)
        region = next((region for region in regions if region not in tried), None)
        if region is None:
            break
        tried.add(region)
        if best is None:
            best = score_layout(collector, layout)
        inner = EvidenceCollector(collector.text.slice(region.start, region.end))
        for candidate in rank_candidates(inner, text_format)[:MAX_PART_CANDIDATES]:
            evidence = inner.collect(candidate)
            is_certain = _is_certain(evidence)
            if region.is_strict and not is_certain and evidence.labelled < 1.0:
                continue
            merged = merge_layouts(layout, candidate, region.start)
            if (total := score_layout(collector, merged)) > best or is_certain:
                best, layout = total, merged
                break
    return layout


def _is_certain(evidence: Evidence) -> bool:
    """Return whether several questions ask, and have a blank line above and an answer below.

    Such questions are read whatever their share of the text is.
    """
    is_asking = evidence.asks >= MIN_CERTAIN_ASKING
    return evidence.count > 0 and is_asking and evidence.free == evidence.filled == 1.0


class _Region(NamedTuple):
    """A range of lines, from 0, that may contain questions in another style.

    `is_strict` is true around questions that all have labels: other text is hardly ever a question there.
    """

    start: int
    end: int
    is_strict: bool


def _iter_regions(collector: EvidenceCollector, layout: Layout, text_format: TextFormat) -> Iterator[_Region]:
    """Yield the regions of a text that a reading leaves out.

    These are the text before the first question and after the last, bodies much larger than the others, and
    bodies with a question label or several answer labels. In a labelled answer a region begins at a heading.
    """
    text = collector.text
    starts = sorted(layout.markers)
    sizes = collector.count_body_lines(starts)
    limit = MIN_LARGE_BODY_FACTOR * max(1, sorted(sizes)[(len(sizes) - 1) // 2])
    labelled = text.indices[TokenKind.QUESTION_LABEL]
    answers = sorted(layout.answers)
    for body, (start, end) in enumerate(pairwise([-1, *starts, len(text.lines)])):
        labels = count_between(collector.labels, start + 1, end)
        question_labels = count_between(labelled, start + 1, end)
        if labels > (body > 0) or question_labels:
            yield _Region(start + 1, end, body > 0 and has_label(answers, start, end))
        at_edge = body in (0, len(starts)) or sizes[body - 1] > limit
        below = start + MAX_WRAPPED_LINES * (body > 0)
        may_ask = at_edge and (
            any(map(text.is_asking, range(below, end))) or any(map(text.is_prompt, range(start + 1, end)))
        )
        if not may_ask and not count_between(text.marked, start + 1, end):
            continue
        if body and has_label(answers, start, end):
            heading = text_format.find_heading(text, start + 1, end)
            below = answers[bisect_left(answers, start)] + 1
            yield _Region(below if heading is None else heading, end, heading is None)
        else:
            yield _Region(start + 1, end, not body and layout.parts[0].style is Style.LABELLED)


def merge_layouts(layout: Layout, inner: Layout, offset: int) -> Layout:
    """Return a layout with the questions of another one, whose line 0 is the line `offset`."""
    parts = [*layout.parts, *(replace(part, start=part.start + offset) for part in inner.parts)]
    return Layout(
        tuple(sorted(parts, key=lambda part: part.start)),
        {**layout.markers, **{index + offset: marker for index, marker in inner.markers.items()}},
        {**layout.answers, **{index + offset: text for index, text in inner.answers.items()}},
    )
