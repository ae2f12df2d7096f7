"""Checks on the questions themselves, whatever the form of their source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from exporter.diagnostics import Diagnostic, error, warning
from exporter.model import MOST_QUESTIONS, Question, QuestionSet, SourceSpan, block_lines, plain_text

Check = Callable[[QuestionSet], tuple[Diagnostic, ...]]

LONGEST = 100_000
"""A question with its answer has no more characters: that is a book, or a file read wrongly."""

LONGEST_LINE = 5_000
"""What stands as one line on the cards, as a title does, has no more characters."""


def check(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Return what all checks have to say, in the order of the lines.

    Reports `no-questions`, `too-large`, `too-long`, `empty-question`, `missing-answer`, `duplicate-question`,
    `number-repeated`, `number-gap` and `duplicate-id`.
    """
    if beyond := too_many(questions):
        return beyond
    found = [diagnostic for each in CHECKS for diagnostic in each(questions)]
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.span.line if diagnostic.span else 0))


def no_questions(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report a source without questions."""
    if questions.questions:
        return ()
    hint = "Write each as “Question 1: …” with “Answer:” below it, or choose the form with --from."
    span = SourceSpan(questions.source, 1) if questions.source else None
    return (error("no-questions", "No question was found in this file.", span, hint),)


def too_many(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report a source with more questions than anybody asks."""
    if len(questions.questions) <= MOST_QUESTIONS:
        return ()
    span = questions.questions[MOST_QUESTIONS].span
    message = f"The file holds more than {MOST_QUESTIONS:,} questions."
    hint = "Split it into several files, or see that it is read rightly: a quote may be open."
    return (error("too-large", message, span, hint),)


def too_long(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report questions that are too long for any card, and such titles."""
    hint = "Split it, or see that the lines before it are read rightly."
    found = [
        error("too-long", f"{_name(question)} has more than {LONGEST:,} characters.", question.span, hint)
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


def empty_question(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report markers that have no question."""
    hint = "Write the question after its marker, or delete the marker."
    return tuple(
        warning("empty-question", f"{_name(question)} asks nothing.", question.span, hint)
        for question in questions.questions
        if not _asked(question)
    )


def missing_answer(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report questions that have no answer yet."""
    hint = "Write the answer below it; until then the question is left out of the exports."
    return tuple(
        warning("missing-answer", f"{_name(question)} has no answer yet.", question.span, hint)
        for question in questions.questions
        if not question.answer and _asked(question)
    )


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
            message = f"The same question and answer stand in {_place(earlier, question)} already."
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
                f"The id “{question.id}” is that of the question in {_place(earlier, question)} already."
            )
            found.append(error("duplicate-id", message, question.span, "Give one of them another id."))
    return tuple(found)


def number_repeated(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report numbers that two questions of one run have."""
    return tuple(
        warning(
            "number-repeated",
            f"The number {question.number} is that of the question in {_place(earlier, question)} already.",
            question.span,
            "Number the questions anew; nothing else depends on the numbers.",
        )
        for question, earlier in _repeated(questions)
    )


def number_gap(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report numbers that skip."""
    found: list[Diagnostic] = []
    for before, question in _steps(questions):
        if before.number is not None and question.number is not None and question.number > before.number + 1:
            message = f"The numbers go from {before.number} to {question.number}."
            hint = "See whether a question was lost, or number them anew."
            found.append(warning("number-gap", message, question.span, hint))
    return tuple(found)


CHECKS: tuple[Check, ...] = (
    no_questions,
    too_long,
    empty_question,
    missing_answer,
    duplicate_question,
    duplicate_id,
    number_repeated,
    number_gap,
)


def _asked(question: Question) -> bool:
    return bool(plain_text(question.question).strip())


def _steps(questions: QuestionSet) -> Iterator[tuple[Question, Question]]:
    numbered = [question for question in questions.questions if question.number is not None]
    return pairwise(numbered)


def _repeated(questions: QuestionSet) -> Iterator[tuple[Question, Question]]:
    """Yield questions with the number of an earlier one; where the numbers start again, so does the count."""
    seen: dict[int, Question] = {}
    category: str | None = None
    for question in questions.questions:
        if question.number is None:
            continue
        if question.category != category or (question.number == 1 and len(seen) > 1):
            seen, category = {}, question.category
        earlier = seen.setdefault(question.number, question)
        if earlier is not question:
            yield question, earlier


def _name(question: Question) -> str:
    return "This question" if question.number is None else f"Question {question.number}"


def _place(earlier: Question, question: Question) -> str:
    if not earlier.span or not question.span:
        return "the file"
    line = f"line {earlier.span.line}"
    return line if earlier.span.path == question.span.path else f"{line} of {earlier.span.path}"
