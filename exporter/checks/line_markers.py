"""The mark with which a line begins, as a person would name it: `Q1/`, `###`, `===>`, `1.`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from exporter.model.question_numbers import NUMBER_SUFFIX

_SIGNS = r"[#*_=~+•●▪◦‣►➤→»|/\\@$%&!^>–—-]{1,40}"
_CLOSE = r"[.):/\]|>=–—-]{1,4}\*{0,2}"
_MARK = re.compile(
    rf"\s*(?P<mark>(?:{_SIGNS}\s?)?(?:"
    rf"(?P<word>[^\W\d_]{{1,10}}\s?)?[(\[]?\d{{1,6}}(?:{NUMBER_SUFFIX})?\s?(?:{_CLOSE}|(?=\s*$))"
    rf"|(?P<name>[^\W\d_]{{1,10}})(?:[:/|>]+\*{{0,2}}|(?<=[Qq])[.)]))"
    rf"|{_SIGNS}(?=[\s\w\"'“‘(¿¡]))\s*(?P<rest>.*)"
)
_ASKED = re.compile(
    r"(?:q|ques|quest|question|frage|pregunta|domanda|pergunta|вопрос|问题|問題|질문)\s?", re.I
)
BULLETS = frozenset("-*+•●▪◦‣–—")


def mark_of(line: str) -> str:
    """Return the mark that a line begins with, as it is typed; empty where it has none."""
    found = _MARK.match(line[:200])
    return found["mark"].strip() if found else ""


def shape_of(mark: str) -> str:
    """Return what a mark has in common with others of its kind, whatever its number."""
    return re.sub(rf"\d+(?:{NUMBER_SUFFIX})?", "N", mark).replace(" ", "").lower()


def says_question(line: str) -> bool:
    """Return whether the mark of a line says in a word, with a number, that a question follows."""
    found = _MARK.match(line[:200])
    return found is not None and _ASKED.fullmatch(found["word"] or "") is not None


def is_heading(line: str) -> bool:
    """Return whether a line is a heading of Markdown, or one that is framed by signs."""
    mark = mark_of(line)
    return bool(mark) and (not mark.strip("#") or line.rstrip().endswith(mark))


def most_common_mark(lines: Iterable[str]) -> str:
    """Return the first mark of the shape that at least half of the lines have; empty where there is none."""
    marks = [mark_of(line) for line in lines]
    shape, count = next(iter(Counter(map(shape_of, marks)).most_common(1)), ("", 0))
    if not shape or count * 2 < len(marks):
        return ""
    return next(mark for mark in marks if shape_of(mark) == shape)
