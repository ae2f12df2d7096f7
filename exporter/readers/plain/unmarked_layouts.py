"""Plain text without markers or labels: records between rulers, bullets, pairs, and lines that ask."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from exporter.readers.labels.pairs import find_pair, uses_spaces
from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.plain.headings import (
    find_heading_ending_at,
    is_ruler,
    is_short_title,
    match_framed_heading,
)

Found = tuple[str, dict[int, Marker], dict[int, str]]

_BULLET = re.compile(
    r"(?P<indent>\s{0,3})(?:[-*•‣◦–+·§■●○◆★→>➤►▶✓✅❓☐☑]\ufe0f?\s{1,8}){1,2}"
    r"(?:\[[ xX]\]\s{1,8})?(?P<rest>\S.*)"
)
_SIDES = ("%", "?", "??", "=>", "|")


def find_unmarked(lines: Sequence[str], fenced: Collection[int]) -> Found | None:
    """Return the convention's name, the lines that begin questions, and those that begin answers."""
    for find in (_records, _pairs, _bullets, _hanging, _asking):
        if found := find(lines, fenced):
            return found
    return None


def _mark(line: str) -> Marker:
    return Marker(None, line.strip(), len(line) - len(line.lstrip()) + 1, "line")


def _records(lines: Sequence[str], fenced: Collection[int]) -> Found | None:
    """Records between rulers: the first line asks, the rest answers."""
    rulers = [index for index, line in enumerate(lines) if index not in fenced and line and is_ruler(line)]
    split = {index for index in rulers if lines[index].strip() != "%"} or set(rulers)
    split = {index for index in split if not _underlines(lines, index) and not _frames(lines, index)}
    if not split:
        return None
    marks: dict[int, Marker] = {}
    answers: dict[int, str] = {}
    filled = asked = 0
    for start, end in _between(split, len(lines)):
        body = [index for index in range(start, end) if lines[index].strip()]
        while (
            body
            and (heading := find_heading_ending_at(lines, body[0], start))
            and heading.start == body[0]
            and len(body) > 1
        ):
            body.pop(0)
        if not body:
            continue
        side = next((index for index in body[1:] if lines[index].strip() in _SIDES), None)
        if start == 0 and len(body) == 1 and not looks_like_question(lines[body[0]]):
            continue  # the title
        marks[body[0]] = _mark(lines[body[0]])
        filled += len(body) > 1
        asked += looks_like_question(lines[body[0]])
        if side is not None:
            answers[side] = ""
    if (
        len(marks) < 2
        or filled * 2 < len(marks)
        or (asked * 2 < len(marks) and "%" not in {lines[i].strip() for i in rulers})
    ):
        return None
    return "records", marks, answers


def _underlines(lines: Sequence[str], index: int) -> bool:
    """Say whether a ruler underlines a heading: text right above, a blank line above that and below."""
    above, below = lines[index - 1] if index else "", lines[index + 1] if index + 1 < len(lines) else ""
    alone = index < 2 or not lines[index - 2].strip()
    return bool(above.strip()) and alone and not below.strip() and abs(len(above) - len(lines[index])) <= 8


def _frames(lines: Sequence[str], index: int) -> bool:
    """Say whether a ruler stands right above or below a line that has another on its other side."""
    for step in (1, -1):
        words, beyond = index + step, index + 2 * step
        if 0 <= beyond < len(lines) and is_ruler(lines[beyond]) and lines[words].strip():
            return not is_ruler(lines[words]) and not ends_with_question_mark(lines[words])
    return False


def _between(rulers: Collection[int], end: int) -> list[tuple[int, int]]:
    edges = [-1, *sorted(rulers), end]
    return [(left + 1, right) for left, right in pairwise(edges)]


def _pairs(lines: Sequence[str], fenced: Collection[int]) -> Found | None:
    """Lines of the form `question :: answer`."""
    marks: dict[int, Marker] = {}
    answers: dict[int, str] = {}
    filled = [index for index, line in enumerate(lines) if index not in fenced and line.strip()]
    spaced = uses_spaces([lines[index] for index in filled])
    for index in filled:
        line = lines[index]
        found = find_pair(line, spaced_only=spaced)
        # A space behind the sign alone is too little in plain text: “Term:: …” may be a heading.
        if found and (line[found.question_end].isspace() or looks_like_question(line[: found.question_end])):
            marks[index] = _mark(line[: found.question_end])
            answers[index] = line[found.answer_start :].strip()
    return ("pairs", marks, answers) if len(marks) > 1 and len(marks) * 2 >= len(filled) else None


def _bullets(lines: Sequence[str], fenced: Collection[int]) -> Found | None:
    """Bullets that ask; what is indented below one answers it."""
    found = {
        index: match
        for index, line in enumerate(lines)
        if index not in fenced and line and (match := _BULLET.fullmatch(line))
    }
    asking = {index: match for index, match in found.items() if looks_like_question(match["rest"])}
    others = sum(
        ends_with_question_mark(line)
        for index, line in enumerate(lines)
        if line and index not in found and index not in fenced
    )
    if len(asking) < 2 or len(asking) * 5 < len(found) * 3 or others > len(asking):
        return None
    outer = min(len(match["indent"]) for match in found.values())
    marks = {
        index: Marker(None, match["rest"].strip(), match.start("rest") + 1, "bullet")
        for index, match in found.items()
        if len(match["indent"]) <= outer + 1
    }
    return "bullets", marks, {}


def _hanging(lines: Sequence[str], fenced: Collection[int]) -> Found | None:
    """Lines that stand out to the left of the answers below them, without blank lines between."""
    marks: dict[int, Marker] = {}
    flush = 0
    for index, line in enumerate(lines):
        if line[:1].strip() and index not in fenced and find_heading_ending_at(lines, index, 0) is None:
            flush += 1
            if index + 1 < len(lines) and lines[index + 1][:1] in (" ", "\t") and lines[index + 1].strip():
                marks[index] = _mark(line)
    asking = sum(ends_with_question_mark(lines[index]) for index in marks)
    if len(marks) < 3 or asking * 2 < len(marks) or len(marks) * 10 < flush * 9:
        return None
    return "hanging", marks, {}


def _asking(lines: Sequence[str], fenced: Collection[int]) -> Found | None:
    """Lines that end in a question mark and begin a paragraph, or make it up."""
    marks: dict[int, Marker] = {}
    maybe: dict[int, Marker] = {}
    above: dict[int, Marker] = {}
    first = True
    listing = False
    for index, line in enumerate(lines):
        if not line.strip() or index in fenced or is_ruler(line):
            first = True
            continue
        begins = (first and not match_framed_heading(line)) or (
            index > 0 and is_short_title(lines, index - 1)
        )
        if ends_with_question_mark(line) and (begins or listing):
            marks[index] = _mark(line)
            listing = True
        else:
            listing = False
            if (
                first
                and not ends_with_question_mark(line)
                and looks_like_question(line)
                and _asks_above(lines, index)
            ):
                above[index] = _mark(line)
            if begins and marks and not ends_with_question_mark(line) and looks_like_question(line):
                if _stands_alone(lines, index):
                    (maybe if "? " in line else marks)[index] = _mark(line)
                elif len(line) <= 100 and line.rstrip()[-1].isalnum() and first:
                    marks[index] = _mark(line)
        first = False
    if not any(ends_with_question_mark(lines[index]) for index in marks):
        return None
    if _paragraphs(lines, [index for index in marks if ends_with_question_mark(lines[index])]):
        marks.update(above)
    if _unanswered(lines, marks) * 10 >= len(marks) * 6:
        # Where answers are few, what follows “…? ” within a line is the question's as well.
        marks.update(maybe)
    return "asking", marks, {}


def _asks_above(lines: Sequence[str], index: int) -> bool:
    """Say whether a line is one short sentence with text right below it: `Tell me about yourself.`"""
    line = lines[index].strip()
    below = index + 1 < len(lines) and lines[index + 1].strip()
    return bool(below) and len(line) <= 120 and line[-1] not in ":,;" and ". " not in line


def _paragraphs(lines: Sequence[str], asking: Sequence[int]) -> bool:
    """Say whether the questions and their answers are a paragraph each, as they nearly all are."""
    below = sum(at + 1 < len(lines) and bool(lines[at + 1].strip()) for at in asking)
    return len(asking) > 1 and below * 10 >= len(asking) * 9


def _unanswered(lines: Sequence[str], marks: Collection[int]) -> int:
    """Return how many questions have nothing but blank lines below them."""
    places = sorted(marks)
    return sum(
        not any(map(str.strip, lines[place + 1 : end]))
        for place, end in zip(places, [*places[1:], len(lines)], strict=True)
    )


def _stands_alone(lines: Sequence[str], index: int) -> bool:
    """Say whether a line is a paragraph of its own that is short enough to ask something."""
    alone = index + 1 >= len(lines) or not lines[index + 1].strip()
    return alone and len(lines[index]) <= 200 and not lines[index].rstrip().endswith((":", ","))
