"""Checks of questions that do not depend on the format of their source."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from exporter.checks.completeness import check_empty_question, check_missing_answer, check_no_questions
from exporter.checks.duplicates import (
    check_duplicate_id,
    check_duplicate_question,
    check_number_gap,
    check_number_repeated,
    find_shared_ids,
)
from exporter.checks.evenness import check_uneven_reading
from exporter.checks.limits import check_too_long, check_too_many
from exporter.checks.missed_questions import check_question_within
from exporter.checks.placeholders import check_placeholder_answer, remove_placeholders
from exporter.checks.preamble import check_text_before_questions
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import QuestionSet

__all__ = ["check", "find_shared_ids", "remove_placeholders"]

Check = Callable[[QuestionSet], tuple[Diagnostic, ...]]
SourceCheck = Callable[[QuestionSet, Sequence[str]], tuple[Diagnostic, ...]]

CHECKS: tuple[Check, ...] = (
    check_too_long,
    check_duplicate_question,
    check_duplicate_id,
    check_number_repeated,
)


SOURCE_CHECKS: tuple[SourceCheck, ...] = (
    check_number_gap,
    check_uneven_reading,
    check_no_questions,
    check_empty_question,
    check_missing_answer,
    check_placeholder_answer,
    check_text_before_questions,
    check_question_within,
)
"""Checks that compare the questions with the lines of their source."""


def check(questions: QuestionSet, lines: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
    """Run all checks; `lines` are those of the source, if it is text.

    Report `no-questions`, `too-large`, `too-long`, `empty-question`, `missing-answer`,
    `placeholder-answer`, `question-within`, `text-before-questions`, `duplicate-question`,
    `number-repeated`, `number-gap`, `duplicate-id` and `uneven-reading`.
    """
    if too_many := check_too_many(questions):
        return too_many
    return (
        *(diagnostic for run in CHECKS for diagnostic in run(questions)),
        *(diagnostic for run in SOURCE_CHECKS for diagnostic in run(questions, lines)),
    )
