"""The fix of questions that are marked unlike the others: they get the mark that most have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from exporter.checks.line_markers import BULLETS, common_question_mark, find_mark, normalize_mark
from exporter.fixes.question_numbers import replace_number
from exporter.fixes.source_reading import SourceReading
from exporter.model.questions import Question
from exporter.model.text import plain_text
from exporter.patching.refusal import RefusedError
from exporter.patching.word_location import locate_words
from exporter.readers.labels.patterns import match_answer_label

_EMPHASIS = "*_"


class MarkedLine(NamedTuple):
    """The first line of a question: what is before and after its words."""

    lead: str
    tail: str
    number: int | None


def mark_questions(reading: SourceReading, lines: Sequence[int]) -> Iterator[str]:
    """Yield the text with `lines` (from 1) marked as most questions are, with and without answer labels.

    They are numbered on from the question above; the numbers below are not changed. Raise `RefusedError` for
    headings and items of lists, which structure answers, and if the file's questions have no mark.
    """
    texts = reading.lines
    marked: dict[int, str] = {}
    labelled: dict[int, str] = {}
    count = 0
    owner: Question | None = None
    for number in sorted(lines):
        question = _find_owner(reading, number)
        count = count + 1 if question is owner else 1
        owner = question
        form = _find_form(_find_template(reading, question), texts)
        lead = form.lead
        if form.number is not None:
            lead = replace_number(lead, form.number, _find_last_number(reading, question) + count)
        marked[number - 1] = lead + _strip_mark(texts[number - 1], number) + form.tail
        answer = next((index for index in range(number, len(texts)) if texts[index].strip()), None)
        label = _find_answer_label(question, texts)
        if answer is not None and label and not _has_answer_label(texts[answer]):
            labelled[answer] = label + texts[answer].lstrip()
    if labelled:
        yield reading.with_lines({**labelled, **marked})
    yield reading.with_lines(marked)


def _find_owner(reading: SourceReading, line: int) -> Question:
    """Return the question in whose answer a line (from 1) is."""
    above = [
        question
        for question in reading.loaded.questions.questions
        if question.span and question.span.line < line
    ]
    if not above:
        raise RefusedError("No question is above the line.")
    return above[-1]


def _find_template(reading: SourceReading, owner: Question) -> Question:
    """Return the nearest question, at `owner` or above, that is marked as most are; else `owner`."""
    lines, questions = reading.lines, reading.loaded.questions
    common = normalize_mark(common_question_mark(questions, lines))
    above = questions.questions[: questions.questions.index(owner) + 1]
    marked = (
        question
        for question in reversed(above)
        if question.span and normalize_mark(find_mark(lines[question.span.line - 1])) == common
    )
    return next(marked, owner) if common else owner


def _find_last_number(reading: SourceReading, owner: Question) -> int:
    """Return the number of the last question with one, at `owner` or above."""
    questions = reading.loaded.questions.questions
    above = reversed(questions[: questions.index(owner) + 1])
    return next((question.number for question in above if question.number is not None), 0)


def _find_form(question: Question, lines: Sequence[str]) -> MarkedLine:
    """Return how the first line of a question is marked; raise `RefusedError` if it has no mark."""
    line = lines[question.span.line - 1] if question.span else ""
    text = plain_text(question.question).split("\n")[0]
    words = locate_words(text, line, 0, len(line))
    if not words:
        raise RefusedError("The mark of the questions is not on the line with their words.")
    start = words[0].source_start - words[0].start
    stop = words[-1].source_stop + len(text) - words[-1].stop
    while start and line[start - 1] in _EMPHASIS:
        start -= 1
    emphasis = line[start : words[0].source_start - words[0].start]
    tail = (
        line[stop:].rstrip()
        if emphasis and emphasis in line[stop:]
        else _find_tail(line[stop:], line[:start])
    )
    lead = line[:start] + emphasis
    if not lead.strip():
        raise RefusedError("The questions of the file have no mark.")
    number = question.number if re.search(r"\d", lead) else None
    if number is None and question.number is not None:
        raise RefusedError("The numbers of the questions are not before their words.")
    return MarkedLine(lead, tail, number)


def _find_tail(rest: str, lead: str) -> str:
    """Return the signs after a question's words that close its mark, as in `**7. …**` and `== … ==`."""
    match = re.search(r"([*_=#]+)\s*$", rest)
    return rest.rstrip() if match and match[1] in lead else ""


def _strip_mark(line: str, number: int) -> str:
    """Return the words of a line without its own mark; raise `RefusedError` if it structures an answer."""
    mark, text = find_mark(line), line.strip()
    if mark in BULLETS or mark.startswith(("#", "=", ">", "|")):
        raise RefusedError(f"Line {number} is a heading or an item, which may be a part of the answer.")
    if mark and not mark.strip(_EMPHASIS):
        return text[len(mark) :].removesuffix(mark).strip()
    text = text[len(mark) :].strip()
    opening = mark[: len(mark) - len(mark.lstrip(_EMPHASIS))]
    if opening and not mark.endswith(opening) and text.endswith(opening):
        text = text.removesuffix(opening).rstrip()
    return text


def _find_answer_label(question: Question, lines: Sequence[str]) -> str:
    """Return the label before the first words of an answer, such as `A: `, if it is on their line."""
    text = plain_text(question.answer).split("\n")[0]
    start = question.span.line if question.span else 0
    for line in lines[start : start + 4]:
        if _has_answer_label(line) and (words := locate_words(text, line, 0, len(line))):
            return line[: words[0].source_start - words[0].start]
    return ""


def _has_answer_label(line: str) -> bool:
    return any(match_answer_label(line, letters) is not None for letters in (True, False))
