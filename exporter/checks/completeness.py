"""Checks for missing questions and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from exporter.checks.question_lines import QuestionLines
from exporter.checks.wording import question_name
from exporter.model.diagnostics import Diagnostic, error, warning
from exporter.model.questions import Question, QuestionSet, SourceSpan
from exporter.model.source_lines import number_ranges
from exporter.model.text import plain_text


def check_no_questions(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report a source without questions."""
    if questions.questions:
        return ()
    hint = "Write each as “Question 1: …” with “Answer:” below it, or choose the reader with --from."
    span = SourceSpan(questions.source, 1) if questions.source else None
    diagnostic = error("no-questions", "No question was found in this file.", span, hint)
    return (replace(diagnostic, ranges=number_ranges(lines, [(0, len(lines))] if lines else [])),)


def check_empty_question(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report question markers without a question."""
    hint = "Write the question after its marker, or delete the marker."
    question_lines = QuestionLines(questions, lines)
    return tuple(
        question_lines.cover(
            warning("empty-question", f"{question_name(question)} has no text.", question.span, hint),
            question,
        )
        for question in questions.questions
        if not _has_question(question)
    )


def check_missing_answer(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report questions without an answer."""
    hint = "Write the answer below it; until then the question is left out of the exports."
    question_lines = QuestionLines(questions, lines)
    return tuple(
        question_lines.cover(
            warning("missing-answer", f"{question_name(question)} has no answer yet.", question.span, hint),
            question,
        )
        for question in questions.questions
        if not question.answer and _has_question(question)
    )


def _has_question(question: Question) -> bool:
    return bool(plain_text(question.question).strip())
