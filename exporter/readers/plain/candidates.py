"""Candidate layouts of a text: each detector proposes readings of the whole text in its style.

A detector does not judge its proposals; `layout_detection` compares those of all detectors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from exporter.readers.labels.metadata import NESTED_INDENT, measure_indent
from exporter.readers.layout.evidence import has_label
from exporter.readers.layout.layout import Layout, Style, build_layout
from exporter.readers.layout.tokens import TokenizedText, TokenKind
from exporter.readers.plain.answer_labels import find_answers, find_questions_above
from exporter.readers.plain.bare_lists import find_bare_lists, find_indented_lists
from exporter.readers.plain.number_scoring import Markers
from exporter.readers.plain.numbering import (
    ask_mostly,
    drop_nested_lists,
    drop_sections,
    find_numbered_questions,
    insert_lettered,
)
from exporter.readers.plain.paragraph_layouts import find_gaps, find_lines, find_underlined
from exporter.readers.plain.prefixes import drop_frame, drop_signs, group_prefixes
from exporter.readers.plain.question_lines import find_asking
from exporter.readers.plain.records import find_records
from exporter.readers.plain.separated_pairs import find_separated
from exporter.readers.plain.typed_numbers import fill_typed_numbers
from exporter.readers.plain.unmarked_layouts import find_bullets, find_hanging, find_pairs

Detector = Callable[[TokenizedText], Iterator[Layout]]


def find_labelled(text: TokenizedText) -> Iterator[Layout]:
    """Yield layouts of questions with a label: `Question 1:`, `Q:`, `Interviewer:`."""
    groups: dict[str, Markers] = {}
    for index, marker in text.find_markers(TokenKind.QUESTION_LABEL):
        groups.setdefault(marker.style, []).append((index, marker))
    separated = {pattern: group for pattern, group in groups.items() if not pattern.endswith(" ")}
    groups = separated or {pattern: group for pattern, group in groups.items() if len(group) > 1}
    if len(groups) > 1:
        groups["question"] = sorted(item for group in groups.values() for item in group)
    for pattern, group in groups.items():
        margin = min(measure_indent(text.lines[index]) for index, _ in group)
        markers = [
            (index, marker)
            for index, marker in group
            if measure_indent(text.lines[index]) < margin + NESTED_INDENT
        ]
        yield add_answers(text, Style.LABELLED, pattern, markers)


def find_numbered(text: TokenizedText) -> Iterator[Layout]:
    """Yield layouts of numbered questions, for each way of writing the number."""
    numbered = text.find_markers(TokenKind.NUMBER)
    lettered = text.find_markers(TokenKind.LETTERED_NUMBER)
    if not numbered and ask_mostly(lettered):
        numbered, lettered = lettered, []
    labels = text.find_labels(TokenKind.ANSWER_WORD) or text.find_labels(TokenKind.ANSWER_LETTER)
    for pattern, group in _group_numbers(numbered).items():
        same = drop_nested_lists(text.lines, fill_typed_numbers(text.lines, group))
        lines = {index for index, _ in same}
        others = [(index, marker) for index, marker in numbered if index not in lines]
        inner = drop_sections(text.lines, same)
        readings = [_select_labelled(same, sorted(labels)), _select_underlined(text, same)]
        for markers in (inner, same) if len(inner) < len(same) else (same,):
            questions = find_numbered_questions(text.lines, markers, others, labels)
            readings[:0] = [insert_lettered(text.lines, questions, lettered, labels), markers]
        for reading in filter(None, readings):
            yield add_answers(text, Style.NUMBERED, pattern, reading)


def _group_numbers(markers: Markers) -> dict[str, Markers]:
    """Return numbered lines by the way of writing the number; a number alone on its line is another way."""
    groups: dict[str, Markers] = {}
    for item in markers:
        marker = item[1]
        groups.setdefault(marker.style, []).append(item)
    for pattern, group in list(groups.items()):
        alone = [item for item in group if not item[1].rest]
        if 0 < len(alone) < len(group):
            groups[f"{pattern} …"] = [item for item in group if item[1].rest]
            groups[f"{pattern} ↵"] = alone
    return groups


def _select_labelled(markers: Markers, labels: Sequence[int]) -> Markers:
    """Return the markers that have an answer label before the next marker."""
    ends = [*(index for index, _ in markers[1:]), 1 << 60]
    return [
        (index, marker)
        for (index, marker), end in zip(markers, ends, strict=True)
        if has_label(labels, index, end)
    ]


def _select_underlined(text: TokenizedText, markers: Markers) -> Markers:
    """Return the markers with a ruler directly below, if there are several."""
    underlined = [item for item in markers if text.find_kind(item[0] + 1) is TokenKind.RULER]
    return underlined if len(underlined) > 1 else []


def find_above_answers(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of questions without a marker: each is the paragraph above an answer label."""
    if labels := text.find_labels(TokenKind.ANSWER_WORD) or text.find_labels(TokenKind.ANSWER_LETTER):
        layout = find_questions_above(text.lines, labels)
        for index in layout.markers:
            if text.tokens[index].kind is TokenKind.NUMBER and (marker := text.tokens[index].marker):
                layout.markers[index] = marker
        yield layout


def find_prefixed(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layouts of questions after a sign of the writer, each sign a candidate."""
    for prefix, markers in group_prefixes(text).items():
        yield add_answers(
            text, Style.PREFIX, prefix, [(index, drop_frame(marker, prefix)) for index, marker in markers]
        )


MIN_LABELLED_SHARE = 0.2
"""Minimum share of unmarked questions with a label of the answer, for the labels not to be text.

Measured: 0.95 in a public list of 97 questions; in one of 109 two lines of answers begin so.
"""


def _add_labels(text: TokenizedText, layout: Layout) -> None:
    """Add the labels of the answers to a layout whose detector considers none."""
    labelled = add_answers(text, layout.parts[0].style, "", sorted(layout.markers.items()))
    if not labelled.answers.keys().isdisjoint(layout.markers):
        return  # a line with a label is not a question
    if len(labelled.answers) >= max(2, MIN_LABELLED_SHARE * len(layout.markers)):
        layout.markers, layout.answers = labelled.markers, labelled.answers


def add_answers(text: TokenizedText, style: Style, pattern: str, markers: Markers) -> Layout:
    """Return the layout of marked lines, with the labels of their answers."""
    by_line = dict(markers)
    answers = find_answers(text, pattern, by_line)
    return build_layout(style, pattern, by_line, answers)


DETECTORS: tuple[Detector, ...] = (
    find_labelled,
    find_numbered,
    find_above_answers,
    find_records,
    find_pairs,
    find_separated,
    find_bullets,
    find_hanging,
    find_underlined,
    find_prefixed,
    find_gaps,
    find_asking,
    find_lines,
    find_bare_lists,
    find_indented_lists,
)
"""All detectors; of readings with equal scores, that of the earlier one is chosen."""


def find_candidates(text: TokenizedText) -> list[Layout]:
    """Return all readings that the detectors propose, without duplicates."""
    candidates: dict[tuple[tuple[int, str], ...], Layout] = {}
    signed = group_prefixes(text)
    has_labels = any(text.indices[kind] for kind in (TokenKind.ANSWER_WORD, TokenKind.ANSWER_LETTER))
    for detect in DETECTORS:
        for layout in detect(text):
            if layout.markers:
                if not layout.answers and has_labels:
                    _add_labels(text, layout)
                drop_signs(layout.markers, signed)
                lines = sorted((index, marker.rest) for index, marker in layout.markers.items())
                candidates.setdefault(tuple(lines), layout)
    return list(candidates.values())
