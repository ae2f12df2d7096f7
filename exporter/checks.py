"""Checks of the questions themselves, whatever file they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from exporter.diagnostics import Diagnostic, error, warning
from exporter.model import QuestionSet, SourceSpan


def _missing_answers(questions: QuestionSet) -> Iterator[Diagnostic]:
    for question in questions.questions:
        if not question.answer:
            hint = "Write the answer; until then the question is left out of the exports."
            yield warning("missing-answer", "This question has no answer.", question.span, hint)


def _no_questions(questions: QuestionSet) -> Iterator[Diagnostic]:
    if not questions.questions:
        span = SourceSpan(questions.source, 1)
        hint = "Begin each question with “Question 1:” and each answer with “Answer:”."
        yield error("no-questions", "No question was found in this file.", span, hint)


CHECKS: tuple[Callable[[QuestionSet], Iterator[Diagnostic]], ...] = (_no_questions, _missing_answers)


def check(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Return what all checks find."""
    return tuple(diagnostic for one in CHECKS for diagnostic in one(questions))
