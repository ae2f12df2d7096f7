"""How checks speak of a question, and of where it stands."""

from __future__ import annotations

from exporter.model.question_numbers import number_text
from exporter.model.questions import Question


def name_of(question: Question) -> str:
    """Return what a sentence about a question begins with."""
    return "This question" if question.number is None else f"Question {number_text(question)}"


def place_of(earlier: Question, question: Question) -> str:
    """Return where an earlier question stands, in a sentence about another."""
    if not earlier.span or not question.span:
        return "the file"
    line = f"line {earlier.span.line}"
    return line if earlier.span.path == question.span.path else f"{line} of {earlier.span.path}"
