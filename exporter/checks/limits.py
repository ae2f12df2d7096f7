"""Checks of size: a question that is too long for a card is a sign of a file that is read incorrectly."""

from __future__ import annotations

from exporter.checks.wording import question_name
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import MAX_QUESTIONS, Question, QuestionSet, SourceSpan
from exporter.model.text import block_lines

MAX_QUESTION_CHARS = 100_000
"""Maximum length of a question with its answer and other fields."""

MAX_LINE_CHARS = 5_000
"""Maximum length of a title or category, which cards show as one line."""


def check_too_many(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report a source with more than `MAX_QUESTIONS` questions."""
    if len(questions.questions) <= MAX_QUESTIONS:
        return ()
    span = questions.questions[MAX_QUESTIONS].span
    message = f"The file has more than {MAX_QUESTIONS:,} questions."
    hint = (
        "Split it into several files, or check that it is read correctly: a quotation mark may be unclosed."
    )
    return (error("too-large", message, span, hint),)


def check_too_long(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report questions, titles and categories that are too long."""
    hint = "Split it, or check that the lines before it are read correctly."
    diagnostics = [
        error(
            "too-long",
            f"{question_name(question)} has more than {MAX_QUESTION_CHARS:,} characters.",
            question.span,
            hint,
        )
        for question in questions.questions
        if _size(question) > MAX_QUESTION_CHARS
    ]
    lines = [(questions.title or "", SourceSpan(questions.source, 1))]
    lines += [(question.category or "", question.span or lines[0][1]) for question in questions.questions]
    diagnostics += [
        error("too-long", f"“{line[:40]}…” has more than {MAX_LINE_CHARS:,} characters.", span, "Shorten it.")
        for line, span in dict(lines).items()
        if len(line) > MAX_LINE_CHARS
    ]
    return tuple(diagnostics)


def _size(question: Question) -> int:
    """Return the number of characters of a question with all its fields."""
    texts = (question.notes or "", question.id or "", *question.cues, *question.tags)
    size = sum(map(len, texts))
    for block in (*question.question, *question.answer):
        size += sum(map(len, block_lines(block)))
    return size
