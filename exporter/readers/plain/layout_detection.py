"""Detect the layout of a plain-text file: the candidate that reads the whole text best.

Parts that the best reading leaves out (text before the first question, bodies much larger than the
others) are detected again by themselves, since people join files in different styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from exporter.readers.labels import patterns
from exporter.readers.labels.patterns import Marker
from exporter.readers.layout.evidence import MAX_WRAPPED_LINES, EvidenceCollector, count_between, has_label
from exporter.readers.layout.layout import Layout, Style
from exporter.readers.layout.scoring import score_layout
from exporter.readers.layout.tokens import TokenizedText, TokenKind
from exporter.readers.plain.candidates import find_candidates, find_labelled
from exporter.readers.plain.headings import HeadingKind, find_heading_ending_at, is_ruler
from exporter.readers.plain.tokenizer import tokenize

_EMPHASIZED = re.compile(r"(?P<sign>\*\*|__|\*|_)(?P<text>[^\s*_](?:[^*_]*[^\s*_])?)(?P=sign)")

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


def detect_layout(lines: Sequence[str]) -> Layout:
    """Return the layout of a text."""
    text = tokenize(lines)
    collector = EvidenceCollector(text)
    if labelled := _find_fully_labelled(collector):
        layout = add_parts(collector, labelled)
    else:
        readings = [add_parts(collector, base) for base in rank_candidates(collector)[:MAX_COMPLETED]]
        if not readings:
            return Layout(fenced=text.fenced)
        layout = max(readings, key=lambda reading: score_layout(collector, reading))
    layout.markers = {index: _strip_marker_text(marker) for index, marker in layout.markers.items()}
    layout.fenced = text.fenced
    _drop_doubtful_markers(lines, layout)
    return layout


def _find_fully_labelled(collector: EvidenceCollector) -> Layout | None:
    """Return the reading by question labels if every question has an answer label and a blank line above.

    Files in this form say in words what everything is; other readings would find questions in answers.
    """
    for layout in find_labelled(collector.text):
        evidence = collector.collect(layout)
        if evidence.labelled == evidence.free == 1.0:
            return layout
    return None


def rank_candidates(collector: EvidenceCollector) -> list[Layout]:
    """Return all readings of a text, the best first."""
    return sorted(find_candidates(collector.text), key=lambda layout: -score_layout(collector, layout))


def add_parts(collector: EvidenceCollector, layout: Layout) -> Layout:
    """Return a reading with the questions in other styles in the parts that it leaves out."""
    tried: set[_Region] = set()
    best: float | None = None  # not needed without regions, as in nearly all files with labels
    while len(tried) < MAX_PARTS:
        region = next((region for region in _iter_regions(collector, layout) if region not in tried), None)
        if region is None:
            break
        tried.add(region)
        if best is None:
            best = score_layout(collector, layout)
        inner = EvidenceCollector(collector.text.slice(region.start, region.end))
        for candidate in rank_candidates(inner)[:MAX_PART_CANDIDATES]:
            if region.is_strict and not _is_certain(inner, candidate):
                continue
            merged = merge_layouts(layout, candidate, region.start)
            if (total := score_layout(collector, merged)) > best:
                best, layout = total, merged
                break
    return layout


def _is_certain(collector: EvidenceCollector, layout: Layout) -> bool:
    """Return whether all questions of a reading have labels, or ask in a paragraph with their answers."""
    evidence = collector.collect(layout)
    if evidence.labelled == 1.0:
        return True
    is_asking = evidence.asks >= MIN_CERTAIN_ASKING
    return len(layout.markers) > 1 and is_asking and evidence.free == evidence.filled == 1.0


class _Region(NamedTuple):
    """A range of lines, from 0, that may contain questions in another style.

    `is_strict` is true around questions that all have labels: other text is hardly ever a question there.
    """

    start: int
    end: int
    is_strict: bool


def _iter_regions(collector: EvidenceCollector, layout: Layout) -> Iterator[_Region]:
    """Yield the regions of a text that a reading leaves out.

    These are the text before the first question and after the last, bodies much larger than the others, and
    bodies with a question label or several answer labels. In a labelled answer a region begins at a heading.
    """
    starts = sorted(layout.markers)
    sizes = collector.count_body_lines(starts)
    limit = MIN_LARGE_BODY_FACTOR * max(1, median_low(sizes))
    labelled = [index for index, _ in collector.text.find_markers(TokenKind.QUESTION_LABEL)]
    answers = sorted(layout.answers)
    for body, (start, end) in enumerate(pairwise([-1, *starts, len(collector.text.lines)])):
        labels = count_between(collector.labels, start + 1, end)
        question_labels = count_between(labelled, start + 1, end)
        if labels > (body > 0) or question_labels:
            yield _Region(start + 1, end, body > 0 and has_label(answers, start, end))
        asking = count_between(collector.asking, start + MAX_WRAPPED_LINES * (body > 0), end)
        asking += count_between(collector.sounding, start + 1, end)
        at_edge = body in (0, len(starts)) or sizes[body - 1] > limit
        if not (asking and at_edge) and not count_between(collector.marked, start + 1, end):
            continue
        if body and has_label(answers, start, end):
            if (heading := _find_heading(collector.text, start + 1, end)) is not None:
                yield _Region(heading, end, False)
        else:
            yield _Region(start + 1, end, not body and layout.parts[0].style is Style.LABELLED)


def _find_heading(text: TokenizedText, start: int, end: int) -> int | None:
    """Return the index of the first heading between signs, as `== SQL ==`, among some lines."""
    for index in range(start, end):
        if text.tokens[index].kind is TokenKind.TEXT and text.is_separator(index - 1):
            heading = find_heading_ending_at(text.lines, index, start)
            if heading is not None and heading.style.kind is HeadingKind.FRAMED:
                return index
    return None


def merge_layouts(layout: Layout, inner: Layout, offset: int) -> Layout:
    """Return a layout with the questions of another one, whose line 0 is the line `offset`."""
    parts = [*layout.parts, *(replace(part, start=part.start + offset) for part in inner.parts)]
    return Layout(
        tuple(sorted(parts, key=lambda part: part.start)),
        {**layout.markers, **{index + offset: marker for index, marker in inner.markers.items()}},
        {**layout.answers, **{index + offset: text for index, text in inner.answers.items()}},
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


def _strip_marker_text(marker: Marker) -> Marker:
    """Return a marker without a `Q:` after the number, and without emphasis around all of its text."""
    text = marker.rest
    if marker.style[0] != "q" and text:
        word = patterns.UNNUMBERED_WORD.fullmatch(text)
        text = word["rest"].strip() if word and word["rest"] else text
    if emphasis := _EMPHASIZED.fullmatch(text):
        text = emphasis["text"]
    return marker if text == marker.rest else replace(marker, rest=text)
