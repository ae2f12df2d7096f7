"""Questions that are only listed, that share an answer, and text below lists of questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from exporter.model.questions import Question
from exporter.model.text import plain_text
from exporter.readers.labels import patterns
from exporter.readers.plain.headings import is_ruler

_PAGE = re.compile(r"[\s.·…_]{3,80}\d{0,4}$")

MIN_BARE = 3
"""Minimum number of questions without an answer that are a list; below two, text is an answer."""

MIN_SEPARATED_SHARE = 0.8  # unmeasured
"""Minimum share of answered groups of questions with a blank line or ruler above, to share answers."""

MAX_SHARING_SHARE = 0.5  # unmeasured
"""Maximum share of groups of more than one question; above it, the file is a list that is partly answered."""


class ParsedQuestion(NamedTuple):
    """A question with the indices (from 0) of its first line and of the line after its last."""

    question: Question
    start: int
    end: int
    has_label: bool


def find_contents(parsed: Sequence[ParsedQuestion]) -> dict[int, ParsedQuestion]:
    """Return, by first line, the questions above the first answer that are only listed: they follow again."""
    texts = [_normalize(plain_text(entry.question.question)) for entry in parsed]
    last = {text: position for position, text in enumerate(texts)}
    unanswered = sum(1 for _ in takewhile(lambda entry: not entry.question.answer, parsed))
    if unanswered == len(parsed):
        return {}
    contents: dict[int, ParsedQuestion] = {}
    for position, entry in enumerate(parsed[:unanswered]):
        lines = map(_normalize, plain_text(entry.question.question).split("\n"))
        if all(last.get(line, position) > position for line in lines):
            contents[entry.start] = entry
    return contents


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
        if not entry.question.answer:
            bare += 1
        elif entry.has_label or after_question == entry.end or not follows_list:
            return {}
        else:
            filled = [index for index in range(after_question, entry.end) if lines[index].strip()]
            below[position] = (filled[0], filled[-1] + 1)
    return below if bare >= MIN_BARE and bare >= len(below) else {}


def share_answers(lines: Sequence[str], parsed: Sequence[ParsedQuestion]) -> list[ParsedQuestion]:
    """Return the questions with those that directly precede an answered one given its answer.

    Such questions are in a frame of rulers; or the other ones have a blank line above and an answer.
    """
    groups: list[list[int]] = []
    is_joined = False
    for position, entry in enumerate(parsed):
        if is_joined:
            groups[-1].append(position)
        else:
            groups.append([position])
        is_joined = (
            not entry.question.answer
            and not entry.has_label
            and position + 1 < len(parsed)
            and entry.question.number is not None
            and all(line.strip() for line in lines[entry.start : parsed[position + 1].start])
        )
    answered = [group for group in groups if parsed[group[-1]].question.answer]
    shared = [group for group in answered if len(group) > 1]
    separated = sum(_is_separated(lines, parsed[group[0]].start) for group in answered)
    is_usual = (
        separated >= MIN_SEPARATED_SHARE * len(answered)
        and len(shared) <= MAX_SHARING_SHARE * len(answered)
        and len(answered) * 2 >= len(groups)
    )
    result = list(parsed)
    for group in shared:
        first, last = parsed[group[0]], parsed[group[-1]]
        if is_usual or _is_framed(lines, first.start, last.start, last.end):
            for position in group[:-1]:
                question = replace(parsed[position].question, answer=last.question.answer)
                result[position] = parsed[position]._replace(question=question)
    return result


def _is_separated(lines: Sequence[str], start: int) -> bool:
    return start == 0 or not lines[start - 1].strip() or is_ruler(lines[start - 1])


def _is_framed(lines: Sequence[str], start: int, last: int, end: int) -> bool:
    """Return whether a ruler is directly above the first question and directly below the last."""
    below = next(
        (index for index in range(last + 1, end) if not lines[index].strip() or is_ruler(lines[index])), end
    )
    return start > 0 and is_ruler(lines[start - 1]) and below < end and is_ruler(lines[below])
