"""Checks on the questions themselves, whatever the form of their source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exporter.checks.completeness import empty_question, missing_answer, no_questions
from exporter.checks.duplicates import (
    duplicate_id,
    duplicate_question,
    number_gap,
    number_repeated,
    shared_ids,
)
from exporter.checks.limits import too_long, too_many
from exporter.checks.missed_questions import question_within, text_before_questions
from exporter.checks.placeholders import placeholder_answer, without_placeholders
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import QuestionSet

__all__ = ["check", "shared_ids", "without_placeholders"]

Check = Callable[[QuestionSet], tuple[Diagnostic, ...]]
SourceCheck = Callable[[QuestionSet, Sequence[str]], tuple[Diagnostic, ...]]

CHECKS: tuple[Check, ...] = (
    no_questions,
    too_long,
    empty_question,
    missing_answer,
    placeholder_answer,
    duplicate_question,
    duplicate_id,
    number_repeated,
    number_gap,
)


SOURCE_CHECKS: tuple[SourceCheck, ...] = (text_before_questions, question_within)
"""Checks that compare the questions with the lines of their source."""


def check(questions: QuestionSet, lines: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """Return what all checks have to say; `lines` are those of the source.

    Reports `no-questions`, `too-large`, `too-long`, `empty-question`, `missing-answer`,
    `placeholder-answer`, `question-within`, `text-before-questions`, `duplicate-question`,
    `number-repeated`, `number-gap` and `duplicate-id`.
    """
    if beyond := too_many(questions):
        return beyond
    found = [diagnostic for each in CHECKS for diagnostic in each(questions)]
    return (*found, *(diagnostic for compare in SOURCE_CHECKS for diagnostic in compare(questions, lines)))
