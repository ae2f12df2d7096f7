"""The marks at the start of lines: `Q1/`, `###`, `===>`, `1.`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from exporter.model.question_numbers import NUMBER_SUFFIX
from exporter.model.questions import QuestionSet

_SIGNS = r"[#*_=~+•●▪◦‣►➤→»|/\\@$%&!^>–—-]{1,40}"
_CLOSE = r"[.):/\]|>=–—-]{1,4}\*{0,2}"
_MARK = re.compile(
    rf"\s*(?P<mark>(?:{_SIGNS}\s?)?(?:"
    rf"(?P<word>[^\W\d_]{{1,10}}\s?)?[(\[]?\d{{1,6}}(?:{NUMBER_SUFFIX})?\s?(?:{_CLOSE}|(?=\s*$))"
    rf"|(?P<name>[^\W\d_]{{1,10}})(?:[:/|>]+\*{{0,2}}|(?<=[Qq])[.)]))"
    rf"|(?P<letter>[A-Za-z]|[ivxIVX]{{1,5}})[.)](?=\s)"
    rf"|{_SIGNS}(?=[\s\w\"'“‘(¿¡]))\s*(?P<rest>.*)"
)
_LETTER = re.compile(r"(?<![^\W\d_])(?:[A-PR-Za-pr-z]|[ivxIVX]{1,5})(?=[.)]$)")
"""A letter or a Roman number that counts; `Q` is a word."""

MAX_MARK_LINE_CHARS = 200  # bound: time; a mark has up to 70 characters
"""Only this part of a line is searched for a mark; the longest mark is shorter; unmeasured."""

MIN_COMMON_SHARE = 0.5
"""Minimum share of lines with the same mark for it to be their common mark; unmeasured."""

_ASKING_START = re.compile(
    r"(?:what|why|how|when|where|which|who|is|are|does|do|can|should|explain|describe|define|compare"
    r"|was|warum|wie|welche|que|qué|cómo|pourquoi|comment|come|perché|что|как|почему)\b",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"(?:q|ques|quest|question|frage|pregunta|domanda|pergunta|вопрос|问题|問題|질문)\s?", re.I
)
BULLETS = frozenset("-*+•●▪◦‣–—")


def find_mark(line: str) -> str:
    """Return the mark at the start of a line, as typed; empty if it has none."""
    match = _MARK.match(line[:MAX_MARK_LINE_CHARS])
    return match["mark"].strip() if match else ""


def normalize_mark(mark: str) -> str:
    """Return a mark with N for its number and `a` for its letter, without spaces, in lower case."""
    mark = _LETTER.sub("a", mark)
    return re.sub(rf"\d+(?:{NUMBER_SUFFIX})?", "N", mark).replace(" ", "").lower()


def has_question_word(line: str) -> bool:
    """Return whether the mark of a line has a word for “question”."""
    match = _MARK.match(line[:MAX_MARK_LINE_CHARS])
    return match is not None and _QUESTION_WORD.fullmatch(match["word"] or match["name"] or "") is not None


def starts_with_question_word(line: str) -> bool:
    """Return whether the text after the mark of a line begins as questions do."""
    match = _MARK.match(line[:MAX_MARK_LINE_CHARS])
    return match is not None and _ASKING_START.match(match["rest"] or "") is not None


def is_heading(line: str) -> bool:
    """Return whether a line is a Markdown heading, or ends in the mark with which it begins."""
    mark = find_mark(line)
    return bool(mark) and (not mark.strip("#") or line.rstrip().endswith(mark))


def most_common_mark(lines: Iterable[str]) -> str:
    """Return the mark that most lines have, as in the first of them; empty if fewer than half have it."""
    marks = [find_mark(line) for line in lines]
    common, count = next(iter(Counter(map(normalize_mark, marks)).most_common(1)), ("", 0))
    if not common or count < MIN_COMMON_SHARE * len(marks):
        return ""
    return next(mark for mark in marks if normalize_mark(mark) == common)


def common_question_mark(questions: QuestionSet, lines: Sequence[str]) -> str:
    """Return the mark of most questions, as in the first of them; empty if they have none."""
    indices = [question.span.index for question in questions.questions if question.span]
    return most_common_mark(lines[index] for index in indices if 0 <= index < len(lines))


def letters(text: str) -> str:
    """Return only the letters and digits of a text, to compare lines without their marks."""
    return "".join(char for char in text if char.isalnum())
