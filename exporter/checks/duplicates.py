"""Checks across questions: duplicates, and repeated or missing numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from exporter.checks.question_lines import QuestionLines
from exporter.checks.wording import describe_position
from exporter.model.diagnostics import Diagnostic, error, warning
from exporter.model.question_numbers import number_text
from exporter.model.questions import Question, QuestionSet
from exporter.model.text import plain_text


def check_duplicate_question(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report questions that occur twice with the same answer."""
    texts = [plain_text(question.question) for question in questions.questions]
    counts = Counter(texts)
    first: dict[object, Question] = {}
    diagnostics: list[Diagnostic] = []
    for question, text in zip(questions.questions, texts, strict=True):
        # hashing is expensive; only for texts that occur twice
        if counts[text] == 1 or not text.strip():
            continue
        earlier = first.setdefault((question.question, question.answer), question)
        if earlier is not question:
            message = f"The same question and answer are already in {describe_position(earlier, question)}."
            diagnostics.append(
                warning("duplicate-question", message, question.span, "Delete one of the two.")
            )
    return tuple(diagnostics)


def check_duplicate_id(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report ids that several questions of a source have."""
    return find_shared_ids(questions.questions)


def find_shared_ids(questions: Iterable[Question]) -> tuple[Diagnostic, ...]:
    """Report ids that several questions have, in one source or in different ones."""
    first: dict[str, Question] = {}
    diagnostics: list[Diagnostic] = []
    for question in questions:
        if question.id is None:
            continue
        earlier = first.setdefault(question.id, question)
        if earlier is not question:
            position = describe_position(earlier, question)
            message = f"The id “{question.id}” is already used by the question in {position}."
            diagnostics.append(error("duplicate-id", message, question.span, "Give one of them another id."))
    return tuple(diagnostics)


def check_number_repeated(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report numbers that several questions of a numbering have."""
    hint = "Renumber the questions; nothing else depends on the numbers."
    diagnostics: list[Diagnostic] = []
    for question, earlier in _iter_repeated(questions):
        position = describe_position(earlier, question)
        message = f"The number {number_text(question)} is already used by the question in {position}."
        diagnostics.append(warning("number-repeated", message, question.span, hint))
    return tuple(diagnostics)


def check_number_gap(questions: QuestionSet, lines: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Report gaps in the numbers, with the lines in which the missing questions may be."""
    hint = "Check whether a question is missing, or renumber the questions."
    numbered = [
        (question, question.number) for question in questions.questions if question.number is not None
    ]
    question_lines = QuestionLines(questions, lines)
    return tuple(
        question_lines.cover_gap(
            warning("number-gap", f"The numbers jump from {previous} to {number}.", question.span, hint),
            before,
            question,
        )
        for (before, previous), (question, number) in pairwise(numbered)
        if number > previous + 1
    )


def _iter_repeated(questions: QuestionSet) -> Iterator[tuple[Question, Question]]:
    """Yield questions with the number of an earlier one, and that; a new numbering starts at 1."""
    seen: dict[str, Question] = {}
    category: str | None = None
    for question in questions.questions:
        if question.number is None:
            continue
        if question.category != category or (question.number == 1 and len(seen) > 1):
            seen, category = {}, question.category
        earlier = seen.setdefault(number_text(question), question)
        if earlier is not question:
            yield question, earlier
