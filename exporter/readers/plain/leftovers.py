"""Questions that are only listed, that share an answer, and text below lists of questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from operator import attrgetter
from typing import NamedTuple

from exporter.model.questions import Question
from exporter.model.text import plain_text
from exporter.readers.labels import patterns
from exporter.readers.labels.note_titles import is_note_title
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.plain.headings import Heading, is_ruler

_PAGE = re.compile(r"[\s.·…_]{3,80}\d{0,4}$")

MIN_BARE = 3
"""Minimum number of questions without an answer that are a list; below fewer, text is an answer."""

MIN_LISTED_SHARE = 0.5
"""Minimum share of the questions above the first answer that follow again, for those to be contents."""


class ParsedQuestion(NamedTuple):
    """A question with the indices (from 0) of its first line and of the line after its last.

    `heading` is the nearest heading above, or above the questions before.
    """

    question: Question
    start: int
    end: int
    has_label: bool
    heading: Heading | None = None


def find_note_sections(parsed: Sequence[ParsedQuestion]) -> list[list[ParsedQuestion]]:
    """Return the sections whose title says that they have notes, such as `Tips:`, and in which nothing asks.

    If most other questions have answers, theirs have none.
    """
    sections = [list(section) for _, section in groupby(parsed, key=attrgetter("heading"))]
    notes = [
        section
        for section in sections
        if (heading := section[0].heading) is not None
        and is_note_title(heading.text)
        and not any(
            entry.has_label or ends_with_question_mark(plain_text(entry.question.question))
            for entry in section
        )
    ]
    lines = {entry.start for section in notes for entry in section}
    others = [entry for entry in parsed if entry.start not in lines]
    if 2 * sum(bool(entry.question.answer) for entry in others) >= len(others):  # half; unmeasured
        notes = [section for section in notes if not any(entry.question.answer for entry in section)]
    return notes if others else []


def find_contents(parsed: Sequence[ParsedQuestion]) -> dict[int, ParsedQuestion]:
    """Return, by first line, the questions above the first answer that are only listed: they follow again."""
    unanswered = sum(1 for _ in takewhile(lambda entry: not entry.question.answer, parsed))
    if unanswered in (0, len(parsed)):
        return {}
    texts = [_normalize(plain_text(entry.question.question)) for entry in parsed]
    last = {text: position for position, text in enumerate(texts)}
    contents: dict[int, ParsedQuestion] = {}
    for position, entry in enumerate(parsed[:unanswered]):
        lines = map(_normalize, plain_text(entry.question.question).split("\n"))
        if all(last.get(line, position) > position for line in lines):
            contents[entry.start] = entry
    return contents if len(contents) >= MIN_LISTED_SHARE * unanswered else {}


def _normalize(line: str) -> str:
    """Return the letters of a question, without the number and the page of a table of contents."""
    marker = patterns.match_marker(line)
    text = _PAGE.sub("", marker.rest if marker else line)
    return "".join(char for char in text.casefold() if char.isalnum())


def find_closing_text(lines: Sequence[str], parsed: Sequence[ParsedQuestion]) -> dict[int, tuple[int, int]]:
    """Return, by the position of the question above, the ranges of lines of text below bare lists.

    It is apart from the list by a blank line, while the questions directly follow each other and have no
    answers: it introduces the next list, or closes the file.
    """
    below: dict[int, tuple[int, int]] = {}
    bare = 0
    for position, entry in enumerate(parsed):
        after_question = next(
            (index for index in range(entry.start, entry.end) if not lines[index].strip()), entry.end
        )
        follows_list = (
            position > 0
            and not parsed[position - 1].question.answer
            and parsed[position - 1].end == entry.start
        )
        if not any(map(str.isalnum, plain_text(entry.question.answer))):
            bare += 1
        elif entry.has_label or after_question == entry.end or not follows_list:
            return {}
        else:
            filled = [index for index in range(after_question, entry.end) if lines[index].strip()]
            below[position] = (filled[0], filled[-1] + 1)
    return below if bare >= MIN_BARE and bare >= len(below) else {}


def share_answers(
    lines: Sequence[str], parsed: Sequence[ParsedQuestion], are_terms: bool
) -> list[ParsedQuestion]:
    """Return the questions, with those in one frame of rulers given the answer below it.

    Terms directly above each other share their meaning, if `are_terms` is true. Else a question directly
    above an answered one is not answered yet, as in 1 of 52 public lists.
    """
    result = list(parsed)
    first = 0
    for position, entry in enumerate(parsed):
        continues = position + 1 < len(parsed) and _is_joined(lines, entry, parsed[position + 1].start)
        if continues:
            continue
        is_shared = are_terms or _is_framed(lines, parsed[first].start, entry.start, entry.end)
        if position > first and is_shared:
            for earlier in range(first, position):
                question = replace(parsed[earlier].question, answer=entry.question.answer)
                result[earlier] = parsed[earlier]._replace(question=question)
        first = position + 1
    return result


def _is_joined(lines: Sequence[str], entry: ParsedQuestion, start: int) -> bool:
    """Return whether a question without an answer is directly above the next one."""
    return (
        not entry.question.answer and not entry.has_label and all(map(str.strip, lines[entry.start : start]))
    )


def _is_framed(lines: Sequence[str], start: int, last: int, end: int) -> bool:
    """Return whether a ruler is directly above the first question and directly below the last."""
    below = next(
        (index for index in range(last + 1, end) if not lines[index].strip() or is_ruler(lines[index])), end
    )
    return start > 0 and is_ruler(lines[start - 1]) and below < end and is_ruler(lines[below])
