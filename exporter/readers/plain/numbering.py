"""Numbered questions of one style, and single questions among them that are numbered otherwise."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.evidence import has_label
from exporter.readers.plain.headings import is_ruler
from exporter.readers.plain.number_scoring import Markers, select_questions


def find_numbered_questions(
    lines: Sequence[str], markers: Markers, others: Markers, answers: Collection[int]
) -> Markers:
    """Return the numbered lines that are questions, out of `markers`, which all have one style.

    `others` are numbered lines in other styles; one of them may fill a gap of one number. `answers` are
    the line indices of the answer labels.
    """
    return _fill_gaps(lines, select_questions(lines, markers, answers), others) if markers else []


def ask_mostly(markers: Markers) -> bool:
    """Return whether there are several markers, and most of their lines end in a question mark."""
    asking = sum(ends_with_question_mark(marker.rest) for _, marker in markers)
    return len(markers) > 1 and asking * 5 >= len(markers) * 4  # four in five; unmeasured


def insert_lettered(
    lines: Sequence[str], questions: Markers, lettered: Markers, answers: Collection[int]
) -> Markers:
    """Return markers with those inserted with a letter in the same style, as `4b.` between 4 and 5.

    Such a line is a question, not a list item in the answer, if it asks or has an answer label; in a file
    without labels also if a blank line is above it and above nearly all others.
    """
    if not questions or not lettered:
        return questions
    labels = sorted(answers)
    separated = sum(index == 0 or not lines[index - 1].strip() for index, _ in questions)
    are_separated = separated * 10 >= len(questions) * 9  # nine in ten; unmeasured
    first = questions[0][1]
    candidates = [(index, marker) for index, marker in lettered if marker.style == first.style]
    markers = sorted([*questions, *candidates], key=lambda item: item[0])
    kept: Markers = []
    for (index, marker), end in zip(markers, [*(i for i, _ in markers[1:]), len(lines)], strict=True):
        if marker.label is None:
            kept.append((index, marker))
            continue
        last = kept[-1][1].number if kept else 0
        if last is None or marker.number not in (last, last + 1) or marker.indent > first.indent + 1:
            continue
        is_separated = are_separated and not labels and not lines[index - 1].strip()
        if has_label(labels, index, end) or looks_like_question(marker.rest) or is_separated:
            kept.append((index, marker))
    return kept


def _fill_gaps(lines: Sequence[str], questions: Markers, others: Markers) -> Markers:
    """Return markers with those in another style whose numbers continue the sequence, if they ask.

    They fill a gap in the numbers of two questions, or follow the last question.
    """
    filled: Markers = []
    indices = [index for index, _ in others]
    for (low, before), (high, after) in pairwise([*questions, (len(lines), None)]):
        assert before is not None
        filled.append((low, before))
        expected = (before.number or 0) + 1
        if after is not None and (after.number or 0) <= expected:
            continue
        chain: Markers = []
        for index, marker in others[bisect_left(indices, low) : bisect_left(indices, high)]:
            if not looks_like_question(get_text(lines, index, marker)):
                continue
            if marker.number == expected:
                chain.append((index, marker))
                expected += 1
            elif after is None:
                break  # another sequence
        if after is None or after.number == expected:
            filled += chain
    return filled


def get_text(lines: Sequence[str], index: int, marker: Marker) -> str:
    """Return the text after a marker, or of the next lines if its own has none."""
    return marker.rest or next((line for line in lines[index + 1 : index + 3] if line.strip()), "")


def drop_sections(lines: Sequence[str], markers: Markers) -> Markers:
    """Return numbered lines without those that head a section: short, and the numbers restart below.

    `1. Basics` is a section if the next line with text is `1. What is a list?`.
    """
    kept: Markers = []
    for (index, marker), (below, following) in pairwise([*markers, (len(lines), None)]):
        assert marker is not None
        restarts = following is not None and following.number == 1
        is_empty = not any(line.strip() and not is_ruler(line) for line in lines[index + 1 : below])
        if not (restarts and is_empty and marker.rest and not looks_like_question(marker.rest)):
            kept.append((index, marker))
    return kept


def drop_nested_lists(lines: Sequence[str], markers: Markers) -> Markers:
    """Return numbered lines without lists in a question or an answer, after which the numbers continue.

    Such a list begins at 1, below a line that ends in a colon or farther from the margin than the question,
    and nothing in it asks.
    """
    kept: Markers = []
    nested: list[int] = []  # where in `kept` each open list begins
    for index, marker in markers:
        while nested and marker.number != (kept[-1][1].number or 0) + 1:
            outer = kept[nested[-1] - 1][1]
            if marker.number != (outer.number or 0) + 1:
                break
            first = nested.pop()
            if any(looks_like_question(marker.rest) for _, marker in kept[first:]):
                break  # a section with its own numbers
            del kept[first:]
        if marker.number == 1 and kept and _introduces_list(lines, index, marker, kept[-1][1]):
            nested.append(len(kept))
        kept.append((index, marker))
    return kept


def _introduces_list(lines: Sequence[str], index: int, marker: Marker, above: Marker) -> bool:
    """Return whether a numbered line begins a list in the text of the numbered line above."""
    text = next((line for line in reversed(lines[max(0, index - 2) : index]) if line.strip()), "")
    return marker.indent > above.indent + 1 or text.rstrip(" *_").endswith((":", "："))
