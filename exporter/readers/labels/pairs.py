"""Lines of the form `question::answer`: find the `::` that separates question and answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from exporter.model.questions import Code, Emphasis, Line, Link, Math, Span, Strong
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.span_builder import span_text

_SEPARATOR = re.compile(r"(?<!:):{2,3}(?!:)")
_CODE = re.compile(r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)")
_ENDS_IN_QUESTION_MARK = re.compile(r"[?？؟][\"'”’»)\]*_\s]*$")
_QUESTION_MARK_PAIR = re.compile(r"[?？؟]::")
_ADDRESS_PART = re.compile(r"[0-9a-fA-F]{1,4}\b|/\d")
_WORD = re.compile(r"[^\W_]\w*$")
_MASK = "\ufffc"
_NAMESPACES = frozenset("std self super crate core alloc boost parent static".split())
"""Words before `::` in names of C++, Rust and PHP, whatever follows."""

MAX_PAIR_CHARS = 20_000  # bound: time
"""A longer line is not a pair. The limit keeps the search linear."""

MAX_TAIL_CHARS = 40  # bound: time; the closing marks are few
"""A question mark before `::`, with closing marks after it, is among these last characters."""

MIN_SPACED_SHARE = 0.75
"""Minimum share of lines with `::` between spaces; the others may be prose that contains a name."""


class Separation(IntEnum):
    """How likely it is that a `::` separates question and answer; the most likely is first."""

    AFTER_QUESTION_MARK = 0
    BETWEEN_SPACES = 1
    NEXT_TO_SPACE = 2
    BETWEEN_WORDS = 3
    IN_NAME = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Where a line is separated: `question_end` ends the question, `answer_start` begins the answer."""

    question_end: int
    answer_start: int


def find_pair(
    text: str, line: Line = (), allow_statements: bool = False, spaced_only: bool = False
) -> Pair | None:
    """Return where a line `question::answer` is separated, or nothing.

    `line` has the spans of the text; without it, code is what backticks enclose. If `allow_statements` is
    true, the question need not read as one, because other lines of the file have this form. If
    `spaced_only` is true, only ` :: ` separates, or a `::` after a question mark.
    """
    if "::" not in text or len(text) > MAX_PAIR_CHARS:
        return None
    masked = mask_code(text, line)
    candidates = [
        (_rate_separator(masked[: match.start()], masked[match.end() :]), match.start(), match.end())
        for match in _SEPARATOR.finditer(masked)
        if masked[: match.start()].strip() and masked[match.end() :].strip()
    ]
    if spaced_only:
        candidates = [
            (separation, start, end) for separation, start, end in candidates
            if separation is Separation.AFTER_QUESTION_MARK or _is_spaced(text, start, end)
        ]  # fmt: skip
    if not candidates:
        return None
    separation, start, end = min(candidates)
    question_text = text[:start]
    asks = looks_like_question(question_text)
    if separation is Separation.IN_NAME and len(candidates) > 1 and not asks:
        allow_statements = allow_statements and not _in_namespace(question_text)
    if not (asks or allow_statements or separation < Separation.BETWEEN_WORDS):
        return None
    question = text[:start].rstrip()
    return Pair(len(question), len(text) - len(text[end:].lstrip()))


def _is_spaced(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` has a space on both sides."""
    return text[start - 1 : start].isspace() and text[end : end + 1].isspace()


def uses_spaces(texts: Sequence[str]) -> bool:
    """Return whether most texts with `::` have it between spaces.

    In such a file a `::` without spaces separates nothing.
    """
    with_separator = [text for text in texts if "::" in text and not _QUESTION_MARK_PAIR.search(text)]
    spaced = sum(" :: " in text or " ::: " in text for text in with_separator)
    return spaced > 1 and spaced >= MIN_SPACED_SHARE * len(with_separator)


def _rate_separator(left: str, right: str) -> Separation:
    if _ENDS_IN_QUESTION_MARK.search(left[-MAX_TAIL_CHARS:]):
        return Separation.AFTER_QUESTION_MARK
    if left[-1].isspace() and right[0].isspace():
        return Separation.BETWEEN_SPACES
    if right[0].isspace():
        return Separation.NEXT_TO_SPACE
    if left[-1].isspace():
        # “::1” is an IPv6 address, “::new” a name in the global namespace
        is_name = _ADDRESS_PART.match(right) or right[0].islower()
        return Separation.IN_NAME if is_name else Separation.NEXT_TO_SPACE
    return Separation.IN_NAME if _is_name(left, right) else Separation.BETWEEN_WORDS


def _is_name(left: str, right: str) -> bool:
    """Return whether `::` may be inside a name, as in `std::map`, `Vec::new`, `Foo::Bar` or `10::20`."""
    if not right[0].isascii() or not (right[0].isalnum() or right[0] in "_~*<"):
        return False
    if left[-1] in ">)":
        return not right[0].isupper()
    match = _WORD.search(left)
    if match is None or not match[0].isascii():
        return False
    word = match[0]
    if word[0].isdigit() or right[0].isdigit():
        return word[-1].isdigit() and right[0].isdigit()
    return word in _NAMESPACES or not (word[0].islower() and right[0].isupper())


def _in_namespace(left: str) -> bool:
    match = _WORD.search(left)
    return match is not None and match[0] in _NAMESPACES


def mask_code(text: str, line: Line) -> str:
    """Return the text of a line with each character of code and formulas replaced by U+FFFC."""
    if not line:
        return _CODE.sub(lambda match: _MASK * len(match[0]), text)
    return "".join(map(_mask_span, line))


def _mask_span(span: Span) -> str:
    match span:
        case Code() | Math():
            return _MASK * len(span_text((span,)))
        case Strong(spans) | Emphasis(spans) | Link(spans, _):
            return "".join(map(_mask_span, spans))
    return span_text((span,))
