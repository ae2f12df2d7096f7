"""Find where the answers of a plain-text file begin, given its questions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from exporter.readers.labels import patterns
from exporter.readers.labels.metadata import NESTED_INDENT, measure_indent
from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.layout.evidence import MAX_WRAPPED_LINES, count_between
from exporter.readers.layout.layout import Layout, Style, build_layout
from exporter.readers.layout.tokens import TokenizedText, TokenKind
from exporter.readers.plain.headings import is_bulleted

MAX_ASKING_LINES = 2
"""With this number of lines that ask above it, a letter is not the label of the question."""


def find_answers(text: TokenizedText, pattern: str, markers: dict[int, Marker]) -> dict[int, str]:
    """Return where the answers begin, each at the first label after a marker, and the text after the label.

    `pattern` is the form of the markers: if it is `Q`, `A` marks answers. The text of a marker whose line
    contains the answer, too, is cut to the question.
    """
    lines = text.lines
    words, letters = text.find_labels(TokenKind.ANSWER_WORD), text.find_labels(TokenKind.ANSWER_LETTER)
    marked_by_q = pattern.startswith("q") and not pattern.startswith("question")
    answers: dict[int, str] = {}
    starts = sorted(markers)
    first_words = _find_first_labels(lines, starts, words)
    first_letters = _find_first_labels(lines, starts, letters)
    asking = text.asking if first_letters else ()
    first_letters = {
        start: index
        for start, index in first_letters.items()
        if count_between(asking, start + MAX_WRAPPED_LINES, index) < MAX_ASKING_LINES
    }
    # letters are labels if half of the questions have one, or a fifth if `Q` marks them; unmeasured
    uses_letters = len(first_letters) * 10 >= len(starts) * (2 if marked_by_q else 5)
    # and if fewer than three questions in ten have words; unmeasured
    if uses_letters and (marked_by_q or len(first_words) * 10 < len(starts) * 3):
        for start, index in first_letters.items():
            if not any(patterns.OPTION.match(line) for line in lines[index + 1 : index + 3]):
                answers[index] = letters[index]
                first_words.pop(start, None)
    for index in first_words.values():
        answers[index] = words[index]
    labelled_starts = {*first_words, *(first_letters if uses_letters else ())}
    rests = [markers[start].rest for start in starts if start not in labelled_starts]
    inline_count = sum(patterns.split_inline_answer(rest) is not None for rest in rests)
    uses_inline_labels = inline_count * 2 >= len(starts)  # half of the questions; unmeasured
    for start in starts:
        if start not in labelled_starts and (
            inline := patterns.split_inline_answer(markers[start].rest, uses_inline_labels)
        ):
            markers[start] = replace(markers[start], rest=inline[0])
            answers[start] = inline[1]
    return answers


def find_questions_above(lines: Sequence[str], answers: dict[int, str]) -> Layout:
    """Return the layout of questions without a marker: each is the paragraph above an answer label."""
    markers: dict[int, Marker] = {}
    labels: dict[int, str] = {}
    after = 0
    for index in sorted(answers):
        start = index
        while start > after and not lines[start - 1].strip():
            start -= 1
        while start > after and lines[start - 1].strip():
            start -= 1
        if after and start == after and ends_with_question_mark(lines[index - 1]):
            start = index - 1  # the answer above it continues up to here
        is_above = start < index and start not in markers
        after = index + 1
        if not is_above:
            continue  # a second label is part of the answer
        line = lines[start]
        text = line.lstrip(" \t-*•")
        markers[start] = Marker(None, text.strip(), len(line) - len(text) + 1, "label")
        labels[index] = answers[index]
    return build_layout(Style.ABOVE_ANSWERS, "", markers, labels)


def drop_star_stories(lines: Sequence[str], letters: dict[int, str]) -> dict[int, str]:
    """Return labels by letters without those of STAR stories (situation, task, action, result)."""
    story_lines: set[int] = set()
    for index in sorted(letters):
        above = next((i for i in range(index - 1, max(-1, index - 3), -1) if lines[i].strip()), 0)
        if above in story_lines or patterns.TASK.match(lines[above]):
            story_lines.add(index)
    return {index: rest for index, rest in letters.items() if index not in story_lines}


def _find_first_labels(lines: Sequence[str], starts: list[int], labels: dict[int, str]) -> dict[int, int]:
    """Return the answer label of each marker that has one: the first of those least indented."""
    if not labels:
        return {}
    first: dict[int, int] = {}
    ordered = sorted(labels)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        between = ordered[bisect_left(ordered, start) : bisect_left(ordered, end)]
        if own := [index for index in between if not _is_indented_bullet(lines[index])]:
            first[start] = (
                own[0]
                if len(own) == 1
                else min(own, key=lambda index: (measure_indent(lines[index]) // NESTED_INDENT, index))
            )
    return first


def _is_indented_bullet(line: str) -> bool:
    """Return whether a line is a list item in an answer, which a label in it belongs to."""
    return line[:2].isspace() and is_bulleted(line)
