"""The fix of gaps and repetitions in the numbers of questions: they are counted on from the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from exporter.checks.line_markers import find_mark
from exporter.fixes.source_reading import SourceReading
from exporter.model.questions import Question
from exporter.patching.refusal import RefusedError

_REFERENCE = re.compile(
    r"(?<!\w)(?:questions?|q|no\.?|number|frage|pregunta|domanda|вопрос[а-я]*)\s?#?(\d{1,6})(?!\w)",
    re.IGNORECASE,
)
"""A mention of another question by its number."""

_DIGITS = re.compile(r"\d+")


def renumber(reading: SourceReading, _lines: Sequence[int]) -> Iterator[str]:
    """Yield the text with the questions numbered without gaps, each number in the form that it has.

    A numbering begins again where the check of numbers takes it for a new one. Raise `RefusedError` if
    a question may be missing, or a line mentions another question by a number that would change.
    """
    questions = [question for question in reading.loaded.questions.questions if question.number is not None]
    changes = {
        index: number for index, number in enumerate(_count(questions)) if number != questions[index].number
    }
    lines = reading.lines
    _refuse_missing(questions, lines)
    marked = {question.span.line - 1 for question in questions if question.span}
    _refuse_mentioned({questions[index].number for index in changes}, lines, marked)
    width = _find_width(questions, lines)
    new: dict[int, str] = {}
    for index, number in changes.items():
        span = questions[index].span
        if span is None or span.line > len(lines):
            raise RefusedError("The numbers are not in the lines of the questions.")
        new[span.line - 1] = replace_number(lines[span.line - 1], questions[index].number or 0, number, width)
    yield reading.with_lines(new)


def _count(questions: Sequence[Question]) -> Iterator[int]:
    """Yield the new numbers of questions; `4` and `4b` have one, and a numbering may begin again."""
    seen: set[int] = set()
    category: str | None = None
    old = new = 0
    for question in questions:
        number = question.number or 0
        is_other_section = question.category != category and number <= old
        begins = not seen or is_other_section or (number == 1 and len(seen) > 1)
        if begins:
            seen, new = set(), number
        elif not (question.label and number == old):
            new += 1
        seen.add(number)
        category, old = question.category, number
        yield new


def _refuse_missing(questions: Sequence[Question], lines: Sequence[str]) -> None:
    """Raise `RefusedError` if a line between two questions asks, or begins with a number that is missing."""
    for before, after in pairwise(questions):
        missing = range((before.number or 0) + 1, after.number or 0)
        if not missing or before.span is None or after.span is None:
            continue
        for index in range(before.span.line, min(after.span.line - 1, len(lines))):
            number = _DIGITS.search(find_mark(lines[index]))
            if lines[index].rstrip(" *_").endswith(("?", "？")) or (number and int(number[0]) in missing):
                raise RefusedError(f"Line {index + 1} may be the question that is missing; mark it.")


def _refuse_mentioned(numbers: set[int | None], lines: Sequence[str], marked: set[int]) -> None:
    """Raise `RefusedError` if a line that is not the first of a question mentions one of the numbers."""
    for index, line in enumerate(lines):
        mentions = _REFERENCE.finditer(line[:1000]) if index not in marked else ()
        if mention := next((match for match in mentions if int(match[1]) in numbers), None):
            raise RefusedError(f"Line {index + 1} mentions “{mention[0]}”, which would have another number.")


def _find_width(questions: Sequence[Question], lines: Sequence[str]) -> int:
    """Return the number of digits to which numbers are filled with zeros; 0 if none begins with a zero."""
    digits = [
        match[0]
        for question in questions
        if question.span and (match := _find_digits(lines[question.span.line - 1], question.number or 0))
    ]
    return max(map(len, digits)) if any(len(text) > 1 and int(text[0]) == 0 for text in digits) else 0


def _find_digits(line: str, number: int) -> re.Match[str] | None:
    return next((match for match in _DIGITS.finditer(line) if int(match[0]) == number), None)


def replace_number(line: str, old: int, new: int, width: int = 0) -> str:
    """Return a line with its number replaced, in the same digits; `width` is as of `_find_width`."""
    match = _find_digits(line, old)
    if match is None:
        raise RefusedError(f"The number {old} is not in the line “{line.strip()[:40]}”.")
    zero = ord(match[0][0]) - int(match[0][0])
    digits = str(new).zfill(width).translate({48 + i: zero + i for i in range(10)})
    return line[: match.start()] + digits + line[match.end() :]
