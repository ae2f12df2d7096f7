"""Checks across questions: what stands twice, and numbers that repeat or skip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from exporter.checks.wording import place_of
from exporter.model.diagnostics import Diagnostic, error, warning
from exporter.model.question_numbers import number_text
from exporter.model.questions import Question, QuestionSet
from exporter.model.text import plain_text


def duplicate_question(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report questions that stand in the source twice, with the same answer."""
    texts = [plain_text(question.question) for question in questions.questions]
    often = Counter(texts)
    first: dict[object, Question] = {}
    found: list[Diagnostic] = []
    for question, text in zip(questions.questions, texts, strict=True):
        # To hash a question whole is dear: it is done only where its words stand twice.
        if often[text] == 1 or not text.strip():
            continue
        earlier = first.setdefault((question.question, question.answer), question)
        if earlier is not question:
            message = f"The same question and answer are already in {place_of(earlier, question)}."
            found.append(warning("duplicate-question", message, question.span, "Delete one of the two."))
    return tuple(found)


def duplicate_id(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report ids that two questions have."""
    return shared_ids(questions.questions)


def shared_ids(questions: Iterable[Question]) -> tuple[Diagnostic, ...]:
    """Report ids that two questions have, be they of one source or of several."""
    first: dict[str, Question] = {}
    found: list[Diagnostic] = []
    for question in questions:
        if question.id is None:
            continue
        earlier = first.setdefault(question.id, question)
        if earlier is not question:
            message = (
                f"The id “{question.id}” is already used by the question in {place_of(earlier, question)}."
            )
            found.append(error("duplicate-id", message, question.span, "Give one of them another id."))
    return tuple(found)


def number_repeated(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report numbers that two questions of one run have."""
    hint = "Renumber the questions; nothing else depends on the numbers."
    found: list[Diagnostic] = []
    for question, earlier in _repeated(questions):
        place = place_of(earlier, question)
        message = f"The number {number_text(question)} is already used by the question in {place}."
        found.append(warning("number-repeated", message, question.span, hint))
    return tuple(found)


def number_gap(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report numbers that skip."""
    found: list[Diagnostic] = []
    for before, question in _steps(questions):
        if before.number is not None and question.number is not None and question.number > before.number + 1:
            message = f"The numbers jump from {before.number} to {question.number}."
            hint = "Check whether a question is missing, or renumber the questions."
            found.append(warning("number-gap", message, question.span, hint))
    return tuple(found)


def _steps(questions: QuestionSet) -> Iterator[tuple[Question, Question]]:
    numbered = [question for question in questions.questions if question.number is not None]
    return pairwise(numbered)


def _repeated(questions: QuestionSet) -> Iterator[tuple[Question, Question]]:
    """Yield questions with the number of an earlier one; where the numbers start again, so does the count."""
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
