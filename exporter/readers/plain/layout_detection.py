"""The convention of a plain-text file: how it marks its questions and answers.

Every file has one, and the reader holds to it, so that a line within an answer that happens
to look like another file's marker stays what it is.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from exporter.readers.code_fences import find_fenced_lines
from exporter.readers.labels import patterns
from exporter.readers.labels.metadata import NESTED_INDENT, measure_indent
from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.plain.answer_labels import drop_star_stories, find_answers
from exporter.readers.plain.headings import is_ruler
from exporter.readers.plain.numbering import Marks, is_bare, question_numbers, with_lettered
from exporter.readers.plain.unmarked_layouts import find_unmarked


@dataclass(slots=True)
class Layout:
    """Where the questions begin, and where their answers do, by line index.

    `answers` holds what follows the label; a question with no entry has no label.
    """

    name: str
    markers: dict[int, Marker] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)
    fenced: Collection[int] = ()


def detect_layout(lines: Sequence[str]) -> Layout:
    """Return the convention of a file, and what it marks."""
    fenced = find_fenced_lines(lines)
    seen = _Seen([], [], [], {}, {})
    for index, line in enumerate(lines):
        if patterns.could_be_marker(line) and index not in fenced:
            seen.look(index, line)
    if not seen.numbered and _asks_mostly(seen.lettered):
        seen.numbered, seen.lettered = seen.lettered, []
    seen.letters = drop_star_stories(lines, seen.letters)
    labelled = seen.words or seen.letters
    marks = _worded(lines, seen.worded)
    if seen.numbered and (not marks or seen.numbered[0][0] < marks[0][0]):
        counted = with_lettered(
            lines, question_numbers(lines, seen.numbered, labelled), seen.lettered, labelled
        )
        if marks:
            numbered = _encloses(counted, marks) and not _mostly_labelled(counted, marks, labelled)
        else:
            numbered = _explains(counted, labelled) and (
                bool(labelled) or not _others_ask(lines, fenced, counted)
            )
        if numbered:
            marks = counted
    if marks:
        marks = _with_neighbours(lines, seen, marks)
        name, bare = marks[0][1].style, {index: _unprefixed(mark) for index, mark in marks}
        answers = find_answers(lines, name, bare, seen.words, seen.letters)
        convention = Layout(name, bare, answers, fenced)
        _drop_doubtful(lines, convention)
        return convention
    if labelled:
        return _questions_above(lines, labelled, fenced)
    name, others, answers = find_unmarked(lines, fenced) or ("none", {}, {})
    return Layout(name, others, answers, fenced)


@dataclass(slots=True)
class _Seen:
    """All lines that look like markers or labels of any convention."""

    worded: Marks
    numbered: Marks
    lettered: Marks
    words: dict[int, str]
    letters: dict[int, str]

    def look(self, index: int, line: str) -> None:
        if mark := patterns.match_marker(line):
            plain = self.lettered if mark.label else self.numbered
            (self.worded if mark.style[0] == "q" else plain).append((index, mark))
        elif (rest := patterns.match_answer_label(line, letters=False)) is not None:
            self.words[index] = rest
        elif (rest := patterns.match_answer_label(line, letters=True)) is not None:
            self.letters[index] = rest


def _worded(lines: Sequence[str], words: Marks) -> Marks:
    """Return the markers of the commonest wording, without those that are out of line."""
    groups: dict[str, Marks] = {}
    for index, mark in words:
        groups.setdefault(mark.style, []).append((index, mark))
    strong = {style: group for style, group in groups.items() if not style.endswith(" ")}
    if not strong:
        strong = {style: group for style, group in groups.items() if len(group) > 1}
    if not strong:
        return []
    style = max(strong, key=lambda each: ("N" in each and len(strong[each]) > 1, len(strong[each])))
    chosen = strong[style]
    indent = min(measure_indent(lines[index]) for index, _ in chosen)
    return [(index, mark) for index, mark in chosen if measure_indent(lines[index]) < indent + NESTED_INDENT]


def _with_neighbours(lines: Sequence[str], seen: _Seen, marks: Marks) -> Marks:
    """Return the marks with those of another file that was put before or after this one.

    It has a convention of its own, with answers' labels, and all of it lies on one side.
    """
    labelled = sorted({**seen.words, **seen.letters})
    first, last = marks[0][0], marks[-1][0]
    found = list(marks)
    behind = [mark for mark in seen.numbered if mark[0] > last and mark[1].style != marks[0][1].style]
    other = question_numbers(lines, behind, []) if behind else []
    apart = other and not lines[other[0][0] - 1].strip()
    if _asks_throughout(other) and (apart or not is_bare(other)):
        return [*found, *other]
    for low, high in ((-1, first), (last, len(lines))):
        label_count = bisect_left(labelled, high) - bisect_right(labelled, low)
        if label_count < 2 + (low == last):
            continue
        worded = [mark for mark in seen.worded if low < mark[0] < high]
        numbered = [mark for mark in seen.numbered if low < mark[0] < high]
        answers = [index for index in labelled if low < index < high]
        other = _worded(lines, worded) or question_numbers(lines, numbered, answers)
        while len(other) > 1 and not _each_labelled(other[:1], answers, other[1][0]):
            del other[0]  # a list within the last answer
        if len(other) > 1 and _each_labelled(other, answers, high):
            found = [*other, *found] if low < 0 else [*found, *other]
    return found


def _asks_throughout(marks: Marks) -> bool:
    """Say whether numbered lines are several questions, and not a list within the last answer."""
    return _asks_mostly(marks) and marks[0][1].number == 1


def _asks_mostly(marks: Marks) -> bool:
    asking = sum(ends_with_question_mark(mark.rest) for _, mark in marks)
    return len(marks) > 1 and asking * 5 >= len(marks) * 4


def _each_labelled(marks: Marks, answers: Sequence[int], end: int) -> bool:
    """Say whether nearly every mark has an answer's label before the next one."""
    places = [*(index for index, _ in marks), end]
    count = sum(bisect_left(answers, after) > bisect_right(answers, at) for at, after in pairwise(places))
    return count * 10 >= len(marks) * 8


def _encloses(counted: Marks, marks: Marks) -> bool:
    """Say whether the numbered questions stand around the worded ones, which are then part of answers."""
    inside = sum(counted[0][0] < index for index, _ in marks) if counted else 0
    return len(counted) >= 2 * len(marks) + 1 and inside == len(marks)


def _mostly_labelled(counted: Marks, marks: Marks, labelled: dict[int, str]) -> bool:
    """Say whether most worded questions have an answer's label before the next marker of either kind."""
    order = sorted(
        [*((index, "number") for index, _ in counted), *((index, "word") for index, _ in marks)]
        + [(index, "label") for index in labelled]
    )
    followed = sum(kind == "word" and following == "label" for (_, kind), (_, following) in pairwise(order))
    return followed * 2 > len(marks)


def _explains(counted: Marks, labelled: dict[int, str]) -> bool:
    """Say whether most answers' labels have a numbered question of their own above them."""
    if not labelled:
        return bool(counted)
    places = sorted(labelled)
    explained = at = 0
    for place, (index, _) in enumerate(counted):
        end = counted[place + 1][0] if place + 1 < len(counted) else places[-1] + 1
        while at < len(places) and places[at] < index:
            at += 1
        explained += at < len(places) and places[at] < end
    return explained * 5 >= len(places) * 3 or (explained > 0 and explained * 2 >= len(counted))


def _others_ask(lines: Sequence[str], fenced: Collection[int], marks: Marks) -> bool:
    """Say whether lines that ask are likelier questions than numbered ones that do not."""
    numbered = {index for index, _ in marks}
    asking = sum(looks_like_question(mark.rest) for _, mark in marks)
    if asking * 2 > len(marks):
        return False
    name, others, _ = find_unmarked(lines, fenced) or ("", {}, {})
    elsewhere = [index for index in others if index not in numbered]
    if not elsewhere or name == "bullets" or elsewhere[0] > marks[0][0]:
        return False
    return sum(ends_with_question_mark(others[index].rest) for index in elsewhere) > asking


def _drop_doubtful(lines: Sequence[str], convention: Layout) -> None:
    """Leave in its answer what looks like a marker, but is out of order, unlabelled and amid other lines."""
    if len(convention.answers) * 10 < len(convention.markers) * 8:
        return
    answered = sorted(convention.answers)
    at = expected = 0
    places = sorted(convention.markers)
    for place, following in zip(places, [*places[1:], len(lines)], strict=True):
        while at < len(answered) and answered[at] < place:
            at += 1
        has_answer = at < len(answered) and answered[at] < following
        number = convention.markers[place].number
        amid = place > 0 and lines[place - 1].strip() and not is_ruler(lines[place - 1])
        inserted = convention.markers[place].label is not None and number == expected - 1
        if (
            number is not None
            and number != expected
            and not inserted
            and amid
            and not has_answer
            and expected
        ):
            del convention.markers[place]
        elif number is not None:
            expected = number + 1


def _questions_above(lines: Sequence[str], answers: dict[int, str], fenced: Collection[int]) -> Layout:
    """Return the questions that have no marker: each is the paragraph above an answer's label."""
    convention = Layout("labels", fenced=fenced)
    after = 0
    for index in sorted(answers):
        start = index
        while start > after and not lines[start - 1].strip():
            start -= 1
        while start > after and lines[start - 1].strip():
            start -= 1
        if start >= index or start in convention.markers:
            continue  # a second label: it is part of the answer
        line = lines[start]
        bullet = line.lstrip(" \t-*•")
        convention.markers[start] = Marker(None, bullet.strip(), len(line) - len(bullet) + 1, "label")
        convention.answers[index] = answers[index]
        after = index + 1
    return convention


def _unprefixed(mark: Marker) -> Marker:
    """Return a numbered mark without the `Q:` that follows its number."""
    if mark.style[0] == "q" or not mark.rest:
        return mark
    found = patterns.UNNUMBERED_WORD.fullmatch(mark.rest)
    return replace(mark, rest=found["rest"].strip()) if found and found["rest"] else mark
