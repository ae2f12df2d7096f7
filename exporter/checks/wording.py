"""The words in which messages of checks name a question and its position."""

from __future__ import annotations

from exporter.model.question_numbers import number_text
from exporter.model.questions import Question


def question_name(question: Question) -> str:
    """Return the name of a question for the start of a sentence."""
    return "This question" if question.number is None else f"Question {number_text(question)}"


def describe_position(earlier: Question, question: Question) -> str:
    """Return the position of an earlier question, for a message about another one."""
    if not earlier.span or not question.span:
        return "the file"
    line = f"line {earlier.span.line}"
    return line if earlier.span.path == question.span.path else f"{line} of {earlier.span.path}"
