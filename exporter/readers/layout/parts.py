"""Read the parts of a text that a reading leaves out, each in its own style.

Such parts are the text before the first question, and bodies much larger than the others: people join files
in different styles.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple, Protocol

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.evidence import (
    MAX_WRAPPED_LINES,
    Evidence,
    EvidenceCollector,
    count_between,
    has_label,
    median_low,
)
from exporter.readers.layout.layout import Layout, Style
from exporter.readers.layout.scoring import score_layout
from exporter.readers.layout.tokens import TokenizedText, TokenKind

MAX_COMPLETED = 4
"""Number of readings of the whole text that are completed. 2 changes one file of the corpus, 6 none."""
MAX_PART_CANDIDATES = 3
"""Number of readings of a part that are tried; 5 changes no file of the corpus."""
MIN_DOUBTFUL = 2
"""Minimum number of lines of a part that look like questions, and are not read as such, that are reported.

2 warns in three of 205 files, 1 in four more, of which three are read rightly."""
MIN_CERTAIN_ASKING = 0.8
"""Share of questions that ask, from which text around the questions is certain; some have a question mark."""
MAX_PARTS = 40  # unmeasured
"""Maximum number of parts that are detected by themselves, which bounds the time."""
MIN_NUMBERED_PROMPTS = 3
"""Minimum number of numbered lines that begin like questions, for a large body to contain a list of them."""
MIN_LARGE_BODY_FACTOR = 3  # unmeasured
"""A body with more than this many times the median number of lines may contain questions."""


class TextFormat(Protocol):
    """What a format knows of its texts; `has_many_sections` is true if a section may begin in any answer."""

    has_many_sections: bool

    def find_candidates(self, text: TokenizedText) -> list[Layout]:
        """Return all readings of a text that the format's detectors propose."""

    def find_fully_labelled(self, collector: EvidenceCollector) -> Layout | None:
        """Return the reading by question labels if each question has an answer label and begins a block."""

    def build_layout(
        self, text: TokenizedText, style: Style, pattern: str, markers: list[tuple[int, Marker]]
    ) -> Layout:
        """Return the layout of lines that begin the questions, with their answers' labels."""

    def find_section(
        self, text: TokenizedText, marker: Marker | None, start: int, end: int, is_labelled: bool
    ) -> int | None:
        """Return the line in a range below a question at which a section begins, so that the answer ends.

        `marker` is that of the question; `is_labelled` is true if its answer has a label.
        """

    def is_consistent(self, text: TokenizedText, layout: Layout) -> bool:
        """Return whether no question of a layout is part of the answer of another one by its form."""


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
    best = max(readings, key=lambda reading: reading.score, default=None)
    return replace(best, rivals=tuple(ranked)) if best else None


def add_parts(collector: EvidenceCollector, layout: Layout, text_format: TextFormat) -> Layout:
    """Return a reading with the questions in other styles in the parts that it leaves out."""
    tried: set[_Region] = set()
    doubtful: set[int] = set()
    best: float | None = None  # not needed without regions, as in nearly all files with labels
    while len(tried) < MAX_PARTS:
        regions = _iter_regions(collector, layout, text_format)
        region = next((region for region in regions if region not in tried), None)
        if region is None:
            break
        tried.add(region)
        if best is None:
            best = layout.score if math.isfinite(layout.score) else score_layout(collector, layout)
        inner = EvidenceCollector(collector.text.slice(region.start, region.end))
        candidates = rank_candidates(inner, text_format)[:MAX_PART_CANDIDATES]
        for candidate in candidates:
            evidence = inner.collect(candidate)
            labels = {index + region.start for index in candidate.answers}
            is_certain = _is_certain(evidence, region, layout.answers.keys().isdisjoint(labels))
            if region.is_strict and not is_certain and evidence.labelled < 1.0:
                continue
            merged_layouts = _iter_merged(collector.text, layout, candidate, region)
            readings = [
                (score_layout(collector, merged), merged)
                for merged in merged_layouts
                if text_format.is_consistent(collector.text, merged)
            ]
            total, merged = max(readings, key=itemgetter(0), default=(best, layout))
            # in a format that marks headings every block has a blank line above
            is_certain = is_certain and merged is not layout and collector.text.sections is None
            if total > best or is_certain:
                best, layout = total, merged
                layout.score = total
                break
        else:
            sounding = (_find_sounding(candidate, region.start) for candidate in candidates)
            longest = max(sounding, key=len, default=[])
            doubtful.update(longest if len(longest) >= MIN_DOUBTFUL else ())
    if doubtful:
        first = min(layout.markers, default=0)
        layout.doubtful = sorted(index for index in doubtful - layout.markers.keys() if index > first)
    return layout


def _iter_merged(text: TokenizedText, layout: Layout, inner: Layout, region: _Region) -> Iterator[Layout]:
    """Yield a layout with the questions of another one in a region.

    Where headings are marked, and these questions begin right below the question above the region, that may
    be the heading of their section: yield also the layout without it.
    """
    merged = merge_layouts(layout, inner, region.start)
    yield merged
    above = region.start - 1
    if text.sections is None or above not in layout.markers:
        return
    if not count_between(text.content, region.start, region.start + min(inner.markers)):
        markers = {index: marker for index, marker in merged.markers.items() if index != above}
        yield replace(merged, markers=markers)


def _find_sounding(layout: Layout, offset: int) -> list[int]:
    """Return the lines that look like questions in a layout whose line 0 is the line `offset`.

    Empty if none of them ends in a question mark: other text may begin like a question.
    """
    sounding = [index for index, marker in layout.markers.items() if looks_like_question(marker.rest)]
    asks = any(ends_with_question_mark(layout.markers[index].rest) for index in sounding)
    return [index + offset for index in sounding] if asks else []


def _is_certain(evidence: Evidence, region: _Region, has_further_labels: bool) -> bool:
    """Return whether several questions ask, and have a blank line above and an answer below.

    Such questions are read whatever their share of the text is; so are several with question marks below a
    heading of their own, and those with a further label in a labelled answer, if they ask or are cards.
    """
    if evidence.count > 0 and region.is_section and evidence.asks == 1.0:
        return True
    is_asking = evidence.asks > MIN_CERTAIN_ASKING or (
        evidence.asks == MIN_CERTAIN_ASKING and evidence.sequence == 1.0
    )
    is_card = evidence.free == evidence.filled == 1.0
    if region.is_strict and has_further_labels and evidence.labelled == 1.0:
        return is_asking or is_card
    return is_asking and is_card and evidence.count > 0


class _Region(NamedTuple):
    """A range of lines, from 0, that may contain questions in another style.

    `is_strict` is true around questions that all have labels: other text is hardly ever a question there.
    `is_section` is true for one that begins with a heading, which ends the answer above.
    """

    start: int
    end: int
    is_strict: bool
    is_section: bool = False


def _iter_regions(collector: EvidenceCollector, layout: Layout, text_format: TextFormat) -> Iterator[_Region]:
    """Yield the regions of a text that a reading leaves out.

    These are the text before the first question and after the last, bodies much larger than the others, and
    bodies with a question label or several answer labels. In a labelled answer a region begins at a heading.
    """
    text = collector.text
    starts = sorted(layout.markers)
    sizes = collector.count_body_lines(starts)
    limit = MIN_LARGE_BODY_FACTOR * max(1, median_low(sizes))
    labelled = text.indices[TokenKind.QUESTION_LABEL]
    answers = sorted(layout.answers)
    for body, (start, end) in enumerate(pairwise([-1, *starts, len(text.lines)])):
        at_edge = body in (0, len(starts)) or sizes[body - 1] > limit
        is_marked = count_between(text.marked, start + 1, end) > 0
        is_labelled = body > 0 and has_label(answers, start, end)
        if text_format.has_many_sections or at_edge or is_marked:
            marker = layout.markers.get(start)
            section = text_format.find_section(text, marker, start + 1, end, is_labelled)
            if section is not None:
                if any(count_between(found, section, end) for found in (text.asking, text.prompts, labelled)):
                    yield _Region(section, end, False, is_section=True)
                end = section
        labels = count_between(collector.labels, start + 1, end)
        question_labels = count_between(labelled, start + 1, end)
        if labels > (body > 0) or question_labels:
            yield _Region(start + 1, end, is_labelled)
        below = start + MAX_WRAPPED_LINES * (body > 0)
        may_ask = at_edge and (
            any(map(text.is_asking, range(below, end)))
            or any(map(text.is_prompt, range(start + 1, end)))
            or count_between(text.numbered_prompts, start + 1, end) >= MIN_NUMBERED_PROMPTS
        )
        if may_ask or is_marked:
            below = answers[bisect_left(answers, start)] + 1 if is_labelled else start + 1
            is_strict = is_labelled or (not body and layout.parts[0].style is Style.LABELLED)
            yield _Region(below, end, is_strict)


def merge_layouts(layout: Layout, inner: Layout, offset: int) -> Layout:
    """Return a layout with the questions of another one, whose line 0 is the line `offset`.

    An answer's label below one of these is not the label of the question above them.
    """
    begun = sorted(index + offset for index in inner.markers)
    starts = sorted(layout.markers)
    answers = {
        index: text
        for index, text in layout.answers.items()
        if bisect_right(begun, index) == bisect_left(begun, starts[bisect_right(starts, index) - 1])
    }
    parts = [*layout.parts, *(replace(part, start=part.start + offset) for part in inner.parts)]
    return Layout(
        tuple(sorted(parts, key=lambda part: part.start)),
        {**layout.markers, **{index + offset: marker for index, marker in inner.markers.items()}},
        {**answers, **{index + offset: text for index, text in inner.answers.items()}},
        titles=layout.titles | {index + offset for index in inner.titles},
        unused=layout.unused + inner.unused,
    )
