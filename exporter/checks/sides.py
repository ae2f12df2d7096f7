"""Checks of a question's two sides: one may be missing, or hold another question."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.checks.told import name_of
from exporter.diagnostics import Diagnostic, error, warning
from exporter.model import Block, Paragraph, Question, QuestionSet, SourceSpan, line_text, plain_text

LONGEST_ASKED = 200
"""A line within an answer that may be a question of its own has no more characters."""


def no_questions(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report a source without questions."""
    if questions.questions:
        return ()
    hint = "Write each as “Question 1: …” with “Answer:” below it, or choose the form with --from."
    span = SourceSpan(questions.source, 1) if questions.source else None
    return (error("no-questions", "No question was found in this file.", span, hint),)


def empty_question(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report markers that have no question."""
    hint = "Write the question after its marker, or delete the marker."
    return tuple(
        warning("empty-question", f"{name_of(question)} asks nothing.", question.span, hint)
        for question in questions.questions
        if not _asked(question)
    )


def missing_answer(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report questions that have no answer yet."""
    hint = "Write the answer below it; until then the question is left out of the exports."
    return tuple(
        warning("missing-answer", f"{name_of(question)} has no answer yet.", question.span, hint)
        for question in questions.questions
        if not question.answer and _asked(question)
    )


def question_within(questions: QuestionSet) -> tuple[Diagnostic, ...]:
    """Report answers with a paragraph that asks and has text below it: its mark may be missing."""
    hint = "If it is a question of its own, mark it as the others are marked."
    found: list[Diagnostic] = []
    for question in questions.questions:
        if len(question.answer) > 1 and (asking := [*_asking_within(question.answer)]):
            more = f" and {len(asking) - 1} more" if len(asking) > 1 else ""
            message = f"Within the answer stands “{asking[0]}”{more}, with text below it as a question has."
            found.append(warning("question-within", message, question.span, hint))
    return tuple(found)


def _asking_within(answer: tuple[Block, ...]) -> Iterator[str]:
    """Yield the lines that ask and have text below them, at the head of any paragraph but the first."""
    for place, block in enumerate(answer[1:], 2):
        if isinstance(block, Paragraph) and block.lines and (len(block.lines) > 1 or place < len(answer)):
            line = line_text(block.lines[0]).strip()
            if line.endswith(("?", "？")) and len(line) <= LONGEST_ASKED:
                yield line


def _asked(question: Question) -> bool:
    return bool(plain_text(question.question).strip())
