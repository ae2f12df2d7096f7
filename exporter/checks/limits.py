"""Checks of size: what is too long for a card is a book, or a file read wrongly."""

from __future__ import annotations

from exporter.checks.wording import name_of
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import MAX_QUESTIONS, Question, QuestionSet, SourceSpan
from exporter.model.text import block_lines

LONGEST = 100_000
"""A question with its answer has no more characters."""

LONGEST_LINE = 5_000
"""What stands as one line on the cards, as a title does, has no more characters."""


def too_many(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report a source with more questions than anybody asks."""
    if len(questions.questions) <= MAX_QUESTIONS:
        return ()
    span = questions.questions[MAX_QUESTIONS].span
    message = f"The file has more than {MAX_QUESTIONS:,} questions."
    hint = (
        "Split it into several files, or check that it is read correctly: a quotation mark may be unclosed."
    )
    return (error("too-large", message, span, hint),)


def too_long(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report questions that are too long for any card, and such titles."""
    hint = "Split it, or check that the lines before it are read correctly."
    found = [
        error("too-long", f"{name_of(question)} has more than {LONGEST:,} characters.", question.span, hint)
        for question in questions.questions
        if _size(question) > LONGEST
    ]
    lines = [(questions.title or "", SourceSpan(questions.source, 1))]
    lines += [(question.category or "", question.span or lines[0][1]) for question in questions.questions]
    found += [
        error("too-long", f"“{line[:40]}…” has more than {LONGEST_LINE:,} characters.", span, "Shorten it.")
        for line, span in dict(lines).items()
        if len(line) > LONGEST_LINE
    ]
    return tuple(found)


def _size(question: Question) -> int:
    words = (question.notes or "", question.id or "", *question.cues, *question.tags)
    size = sum(map(len, words))
    for block in (*question.question, *question.answer):
        size += sum(map(len, block_lines(block)))
    return size
