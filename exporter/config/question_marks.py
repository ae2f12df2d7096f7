"""The values of `source.questions`: how a user says what marks the questions of a source."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from exporter.system.timed_regex import RegexTimeoutError as RegexTimeoutError
from exporter.system.timed_regex import match_lines

MAX_VALUE_CHARS = 300  # unmeasured
"""Maximum length of one value."""

_EXPRESSION = re.compile(r"/(?P<pattern>.+)/", re.DOTALL)
_NAME = re.compile(r"[a-z]+(?:-[a-z]+)*[0-9]?")
_NUMBER = re.compile(r"\d{1,6}|(?<![A-Za-z])N(?![A-Za-z])|(?<=Q)N\b")


class MarkKind(Enum):
    """How a value of `source.questions` is meant."""

    NAME = auto()
    EXPRESSION = auto()
    NUMBER = auto()
    PREFIX = auto()


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """One value of `source.questions`.

    - `NAME`: a word in small letters, which is the name of a style, or else a prefix.
    - `EXPRESSION`: a regular expression between slashes, here without them.
    - `NUMBER`: a form of numbers, with `N` in the place of the number: `N.`, `(N)`, `QN:`.
    - `PREFIX`: the characters before each question.
    """

    kind: MarkKind
    text: str


def parse_mark(value: str) -> QuestionMark:
    """Return what a value means."""
    text = value.strip()
    if expression := _EXPRESSION.fullmatch(text):
        return QuestionMark(MarkKind.EXPRESSION, expression["pattern"])
    if _NAME.fullmatch(text):
        return QuestionMark(MarkKind.NAME, text)
    if _NUMBER.search(text):
        return QuestionMark(MarkKind.NUMBER, _NUMBER.sub("N", text, count=1))
    return QuestionMark(MarkKind.PREFIX, text)


def find_mark_problem(value: str) -> str:
    """Return what is wrong with a value, as the predicate of a sentence; empty for a valid one."""
    if not value.strip():
        return "has an empty value"
    if len(value) > MAX_VALUE_CHARS:
        return f"has a value of more than {MAX_VALUE_CHARS} characters"
    mark = parse_mark(value)
    if mark.kind is not MarkKind.EXPRESSION:
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            expression = re.compile(mark.text)
    except (re.error, OverflowError, RecursionError, MemoryError) as exc:
        reason = exc.msg if isinstance(exc, re.error) else "it is too complex"
        return f"is not a valid regular expression: {reason}"
    if expression.fullmatch(""):
        return "is a regular expression that matches every line, since it matches an empty text"
    return ""


def match_expression(mark: QuestionMark, lines: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the lines that a regular expression matches, each with the range of its text.

    Raise `RegexTimeoutError` if that takes too long.
    """
    return match_lines(mark.text, lines)
