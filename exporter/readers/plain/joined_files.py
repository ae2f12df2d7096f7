"""Files that were joined from two with different layouts: find the questions of the other one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.plain.candidates import Candidates, select_worded
from exporter.readers.plain.number_scoring import Markers, are_on_adjacent_lines
from exporter.readers.plain.numbering import find_numbered_questions

MIN_LABELS = 2  # unmeasured
"""Minimum number of answer labels on one side; one more after the last question, whose own label is there."""


def add_other_file(lines: Sequence[str], candidates: Candidates, markers: Markers) -> Markers:
    """Return the markers with those of another file that was put before or after this one.

    The other file has a layout of its own, with answer labels, and all of it is on one side; or it is a list
    of numbered questions after this one.
    """
    labels = sorted({**candidates.word_labels, **candidates.letter_labels})
    first, last = markers[0][0], markers[-1][0]
    after = [
        (index, marker)
        for index, marker in candidates.numbered
        if index > last and marker.style != markers[0][1].style
    ]
    other = find_numbered_questions(lines, after, [])
    if ask_mostly(other) and other[0][1].number == 1:
        is_separated = not lines[other[0][0] - 1].strip()
        if is_separated or not are_on_adjacent_lines(other):
            return [*markers, *other]
    joined = list(markers)
    for low, high in ((-1, first), (last, len(lines))):
        answers = labels[bisect_right(labels, low) : bisect_left(labels, high)]
        if len(answers) < MIN_LABELS + (low == last):
            continue
        worded = [(index, marker) for index, marker in candidates.worded if low < index < high]
        numbered = [(index, marker) for index, marker in candidates.numbered if low < index < high]
        other = select_worded(lines, worded) or find_numbered_questions(lines, numbered, answers)
        while len(other) > 1 and not _are_labelled(other[:1], answers, other[1][0]):
            del other[0]  # a list in the last answer
        if len(other) > 1 and _are_labelled(other, answers, high):
            joined = [*other, *joined] if low < 0 else [*joined, *other]
    return joined


def ask_mostly(markers: Markers) -> bool:
    """Return whether there are several markers, and most of their lines end in a question mark."""
    asking = sum(ends_with_question_mark(marker.rest) for _, marker in markers)
    return len(markers) > 1 and asking * 5 >= len(markers) * 4  # four in five; unmeasured


def _are_labelled(markers: Markers, answers: Sequence[int], end: int) -> bool:
    """Return whether nearly every marker has an answer label before the next one, or before `end`."""
    indices = [*(index for index, _ in markers), end]
    labelled = sum(
        bisect_left(answers, following) > bisect_right(answers, index)
        for index, following in pairwise(indices)
    )
    return labelled * 10 >= len(markers) * 8  # eight in ten; unmeasured
