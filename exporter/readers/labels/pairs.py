"""Lines of the form `question::answer`: which `::` parts the two."""

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
_ASKED = re.compile(r"[?？؟][\"'”’»)\]*_\s]*$")
_ASKED_PAIR = re.compile(r"[?？؟]::")
_ADDRESS = re.compile(r"[0-9a-fA-F]{1,4}\b|/\d")
_WORD = re.compile(r"[^\W_]\w*$")
_MASK = "\ufffc"
_NAMESPACES = frozenset("std self super crate core alloc boost parent static".split())
"""Words that are written before `::` in C++, Rust and PHP, whatever follows."""

MAX_PAIR_CHARS = 20_000
"""A longer line is no pair; so many are searched for a separator quickly."""


class Evidence(IntEnum):
    """How likely a `::` separates, most likely first."""

    BEHIND_QUESTION_MARK = 0
    BETWEEN_SPACES = 1
    NEXT_TO_SPACE = 2
    BETWEEN_WORDS = 3
    IN_NAME = 4


@dataclass(frozen=True, slots=True)
class Pair:
    """Where a line is parted: `question` is where the first part ends, `answer` where the second begins."""

    question: int
    answer: int


def find_pair(text: str, line: Line = (), several: bool = False, spaced: bool = False) -> Pair | None:
    """Return where a line `question::answer` is parted, or nothing.

    `line` are the spans of the text; without them, code is what backticks enclose. `several` lines of
    this form need not ask. Where the others are `spaced`, only ` :: ` separates, or a `::` behind a
    question mark.
    """
    if "::" not in text or len(text) > MAX_PAIR_CHARS:
        return None
    masked = _mask_code(text, line)
    candidates = [
        (_evidence(masked[: found.start()], masked[found.end() :]), found.start(), found.end())
        for found in _SEPARATOR.finditer(masked)
        if masked[: found.start()].strip() and masked[found.end() :].strip()
    ]
    if spaced:
        candidates = [
            each for each in candidates
            if each[0] is Evidence.BEHIND_QUESTION_MARK or _is_spaced(text, each[1], each[2])
        ]  # fmt: skip
    if not candidates:
        return None
    evidence, start, end = min(candidates)
    left = text[:start]
    asks = looks_like_question(left)
    if evidence is Evidence.IN_NAME and len(candidates) > 1 and not asks:
        several = several and not _in_namespace(left)
    if not (asks or several or evidence < Evidence.BETWEEN_WORDS):
        return None
    question = text[:start].rstrip()
    return Pair(len(question), len(text) - len(text[end:].lstrip()))


def _is_spaced(text: str, start: int, end: int) -> bool:
    """Return whether there is a space on both sides of a part of the text."""
    return text[start - 1 : start].isspace() and text[end : end + 1].isspace()


def uses_spaces(texts: Sequence[str]) -> bool:
    """Return whether most texts with a `::` have one between spaces, so that others separate nothing."""
    held = [text for text in texts if "::" in text and not _ASKED_PAIR.search(text)]
    spaced = sum(" :: " in text or " ::: " in text for text in held)
    return spaced > 1 and spaced * 4 >= len(held) * 3  # a line in four may be prose that holds a name


def _evidence(left: str, right: str) -> Evidence:
    if _ASKED.search(left[-40:]):
        return Evidence.BEHIND_QUESTION_MARK
    if left[-1].isspace() and right[0].isspace():
        return Evidence.BETWEEN_SPACES
    if right[0].isspace():
        return Evidence.NEXT_TO_SPACE
    if left[-1].isspace():
        # “::1” is an address, “::new” a name of the global namespace
        named = _ADDRESS.match(right) or right[0].islower()
        return Evidence.IN_NAME if named else Evidence.NEXT_TO_SPACE
    return Evidence.IN_NAME if _is_name(left, right) else Evidence.BETWEEN_WORDS


def _is_name(left: str, right: str) -> bool:
    """Return whether `::` may be inside a name, as in `std::map`, `Vec::new`, `Foo::Bar` or `10::20`."""
    if not right[0].isascii() or not (right[0].isalnum() or right[0] in "_~*<"):
        return False
    if left[-1] in ">)":
        return not right[0].isupper()
    before = _WORD.search(left)
    if before is None or not before[0].isascii():
        return False
    word = before[0]
    if word[0].isdigit() or right[0].isdigit():
        return word[-1].isdigit() and right[0].isdigit()
    return word in _NAMESPACES or not (word[0].islower() and right[0].isupper())


def _in_namespace(left: str) -> bool:
    word = _WORD.search(left)
    return word is not None and word[0] in _NAMESPACES


def _mask_code(text: str, line: Line) -> str:
    """Return the text of a line with each character of code and formulas replaced by a sign."""
    if not line:
        return _CODE.sub(lambda found: _MASK * len(found[0]), text)
    return "".join(map(_masked_words, line))


def _masked_words(span: Span) -> str:
    match span:
        case Code() | Math():
            return _MASK * len(span_text((span,)))
        case Strong(spans) | Emphasis(spans) | Link(spans, _):
            return "".join(map(_masked_words, spans))
    return span_text((span,))
