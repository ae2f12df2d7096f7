"""Checks on the questions themselves, whatever the form of their source."""

from __future__ import annotations

from collections.abc import Callable

from exporter.checks.repeats import (
    duplicate_id,
    duplicate_question,
    number_gap,
    number_repeated,
    shared_ids,
)
from exporter.checks.sides import empty_question, missing_answer, no_questions, question_within
from exporter.checks.sizes import too_long, too_many
from exporter.diagnostics import Diagnostic
from exporter.model import QuestionSet

__all__ = ["check", "shared_ids"]

Check = Callable[[QuestionSet], tuple[Diagnostic, ...]]

CHECKS: tuple[Check, ...] = (
    no_questions,
    too_long,
    empty_question,
    missing_answer,
    question_within,
    duplicate_question,
    duplicate_id,
    number_repeated,
    number_gap,
)


def check(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Return what all checks have to say.

    Reports `no-questions`, `too-large`, `too-long`, `empty-question`, `missing-answer`, `question-within`,
    `duplicate-question`, `number-repeated`, `number-gap` and `duplicate-id`.
    """
    if beyond := too_many(questions):
        return beyond
    return tuple(diagnostic for each in CHECKS for diagnostic in each(questions))
