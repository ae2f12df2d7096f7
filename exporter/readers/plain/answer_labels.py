"""Where the answers of a plain-text file begin, whose questions are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporter.readers.labels import patterns
from exporter.readers.labels.metadata import NESTED_INDENT, measure_indent
from exporter.readers.labels.patterns import Marker
from exporter.readers.plain.headings import is_bulleted


def find_answers(
    lines: Sequence[str], name: str, marks: dict[int, Marker], words: dict[int, str], letters: dict[int, str]
) -> dict[int, str]:
    """Return where the answers begin, at the first label after each marker, and what follows it there.

    `name` is that of the convention, `words` and `letters` are the lines with labels of either kind. A mark
    whose line holds the answer too is left with the question alone.
    """
    answers: dict[int, str] = {}
    places = sorted(marks)
    first_words = _first_labels(lines, places, words)
    first_letters = _first_labels(lines, places, letters)
    asked_by_q = name.startswith("q") and not name.startswith("question")
    letters_count = len(first_letters) * 10 >= len(places) * (2 if asked_by_q else 5)
    if letters_count and (asked_by_q or len(first_words) * 10 < len(places) * 3):
        for place, index in first_letters.items():
            if not any(patterns.OPTION.match(line) for line in lines[index + 1 : index + 3]):
                answers[index] = letters[index]
                first_words.pop(place, None)
    for index in first_words.values():
        answers[index] = words[index]
    labelled_marks = {*first_words, *(first_letters if letters_count else ())}
    rests = [marks[place].rest for place in places if place not in labelled_marks]
    lone = sum(patterns.split_inline_answer(rest) is not None for rest in rests) * 2 >= len(places)
    for place in places:
        if place not in labelled_marks and (inline := patterns.split_inline_answer(marks[place].rest, lone)):
            marks[place] = replace(marks[place], rest=inline[0])
            answers[place] = inline[1]
    return answers


def without_actions(lines: Sequence[str], letters: dict[int, str]) -> dict[int, str]:
    """Return labels by letters without those of stories told as situation, task, action and result."""
    told: set[int] = set()
    for index in sorted(letters):
        above = next((at for at in range(index - 1, max(-1, index - 3), -1) if lines[at].strip()), 0)
        if above in told or patterns.TASK.match(lines[above]):
            told.add(index)
    return {index: rest for index, rest in letters.items() if index not in told}


def _first_labels(lines: Sequence[str], places: list[int], found: dict[int, str]) -> dict[int, int]:
    """Return, for each marker that has one, its answer's label: the first of those least indented."""
    first: dict[int, int] = {}
    ordered = sorted(found)
    at = 0
    for number, place in enumerate(places):
        end = places[number + 1] if number + 1 < len(places) else len(lines)
        while at < len(ordered) and ordered[at] < place:
            at += 1
        start = at
        while at < len(ordered) and ordered[at] < end:
            at += 1
        labelled = [index for index in ordered[start:at] if not _is_indented_bullet(lines[index])]
        if len(labelled) == 1:
            first[place] = labelled[0]
        elif labelled:
            first[place] = min(
                labelled, key=lambda index: (measure_indent(lines[index]) // NESTED_INDENT, index)
            )
    return first


def _is_indented_bullet(line: str) -> bool:
    """Say whether a line is an item within an answer, where a label is part of it."""
    return line[:2].isspace() and is_bulleted(line)
