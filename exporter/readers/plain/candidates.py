"""Candidate layouts of a text: each detector proposes readings of the whole text in its style.

A detector does not judge; `layout_detection` compares what all of them propose.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from exporter.readers.labels.metadata import NESTED_INDENT, measure_indent
from exporter.readers.plain.answer_labels import find_answers, find_questions_above
from exporter.readers.plain.layout import Layout, Style, build_layout
from exporter.readers.plain.number_scoring import Markers
from exporter.readers.plain.numbering import ask_mostly, find_numbered_questions, insert_lettered
from exporter.readers.plain.paragraph_layouts import find_gaps, find_lines, find_underlined
from exporter.readers.plain.prefixes import find_prefixes
from exporter.readers.plain.tokens import TokenizedText, TokenKind
from exporter.readers.plain.unmarked_layouts import (
    find_asking,
    find_bullets,
    find_hanging,
    find_pairs,
    find_records,
)

Detector = Callable[[TokenizedText], Iterator[Layout]]


def find_labelled(text: TokenizedText) -> Iterator[Layout]:
    """Questions with a label: `Question 1:`, `Q:`, `Interviewer:`."""
    groups: dict[str, Markers] = {}
    for index, mark in text.marks(TokenKind.QUESTION_LABEL):
        groups.setdefault(mark.style, []).append((index, mark))
    strong = {pattern: group for pattern, group in groups.items() if not pattern.endswith(" ")}
    groups = strong or {pattern: group for pattern, group in groups.items() if len(group) > 1}
    if len(groups) > 1:
        groups["question"] = sorted(each for group in groups.values() for each in group)
    for pattern, group in groups.items():
        outer = min(measure_indent(text.lines[index]) for index, _ in group)
        marks = [
            (index, mark)
            for index, mark in group
            if measure_indent(text.lines[index]) < outer + NESTED_INDENT
        ]
        yield _with_answers(text, Style.LABELLED, pattern, marks)


def find_numbered(text: TokenizedText) -> Iterator[Layout]:
    """Numbered questions, each way of writing the number a candidate."""
    numbered = text.marks(TokenKind.NUMBER)
    lettered = text.marks(TokenKind.LETTERED_NUMBER)
    if not numbered and ask_mostly(lettered):
        numbered, lettered = lettered, []
    labels = text.labels(TokenKind.ANSWER_WORD) or text.labels(TokenKind.ANSWER_LETTER)
    for pattern in dict.fromkeys(mark.style for _, mark in numbered):
        same = [each for each in numbered if each[1].style == pattern]
        others = [each for each in numbered if each[1].style != pattern]
        questions = insert_lettered(
            text.lines, find_numbered_questions(text.lines, same, others, labels), lettered, labels
        )
        for marks in (questions, same, _labelled(same, sorted(labels))):
            if marks:
                yield _with_answers(text, Style.NUMBERED, pattern, marks)


def _labelled(marks: Markers, labels: Sequence[int]) -> Markers:
    """Return the marks that have an answer's label before the next one."""
    ends = [*(index for index, _ in marks[1:]), 1 << 60]
    return [
        (index, mark)
        for (index, mark), end in zip(marks, ends, strict=True)
        if bisect_left(labels, index) < bisect_left(labels, end)
    ]


def find_above_answers(text: TokenizedText) -> Iterator[Layout]:
    """Questions without a marker: each is the paragraph above an answer's label."""
    if labels := text.labels(TokenKind.ANSWER_WORD) or text.labels(TokenKind.ANSWER_LETTER):
        yield find_questions_above(text.lines, labels)


def _with_answers(text: TokenizedText, style: Style, pattern: str, marks: Markers) -> Layout:
    by_line = dict(marks)
    words, letters = text.labels(TokenKind.ANSWER_WORD), text.labels(TokenKind.ANSWER_LETTER)
    by_letter = pattern.startswith("q") and not pattern.startswith("question")
    answers = find_answers(text.lines, by_letter, by_line, words, letters)
    return build_layout(style, pattern, by_line, answers)


DETECTORS: tuple[Detector, ...] = (
    find_labelled,
    find_numbered,
    find_above_answers,
    find_records,
    find_pairs,
    find_bullets,
    find_hanging,
    find_underlined,
    find_prefixes,
    find_gaps,
    find_asking,
    find_lines,
)
"""In the order in which equal scores are decided."""


def find_candidates(text: TokenizedText) -> list[Layout]:
    """Return all readings that the detectors propose, each set of marks once."""
    candidates: dict[tuple[int, ...], Layout] = {}
    for detect in DETECTORS:
        for layout in detect(text):
            if layout.markers:
                candidates.setdefault(tuple(sorted(layout.markers)), layout)
    return list(candidates.values())
