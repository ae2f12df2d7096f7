"""Which first lines of a plain-text file are its title, and which text above the questions is reported."""

from __future__ import annotations

import pytest

from exporter.checks import check
from exporter.checks.preamble import MAX_INTRODUCTION_LINES
from exporter.config.settings import Settings
from exporter.readers import SourceText, load
from exporter.readers.plain.preamble import MAX_SENTENCE_CHARS

QUESTIONS = "\n".join(
    f"Q: Why is the sky blue at place {number}?\nA: Light of kind {number} scatters more than the rest does.\n"
    for number in range(1, 9)
)
TITLES = (
    "Java",
    "Sky questions",
    "Questions: part 2",
    "Hi-Fi",
    "Great questions",
    "Here and there",
    "C++ & more",
)
NOT_TITLES = {
    "question": "What is rain?",
    "marked question": "1. What is rain",
    "lettered question": "Q. What is rain A. Water",
    "number": "1.",
    "bullet": "➢ rain",
    "chat": "Sure! Here are eight questions about the sky",
    "chat in German": "Natürlich! Hier sind acht Fragen:",
    "chat without a greeting": "Here are eight questions about the sky:",
    "letter": "Hello all,",
    "sentence": "The interviewer asked all of these.",
    "address": "https://example.org/questions",
    "chat in Chinese": "好的，以下是八个问题",
}
HIDDEN = {
    "hash signs": "### What is rain?\nWater.\n### What is snow?\nIce.",
    "arrows": "==> What is rain\nWater.\n==> What is snow\nIce.",
    "asking lines": "What is rain?\nWater.\nWhat is snow?\nIce.",
    "bullets": "+ What is rain\n  Water.\n+ What is snow\n  Ice.",
    "stars": "* What is rain\nWater.\n* What is snow\nIce.",
    "letters": "a) What is rain\nWater.\nb) What is snow\nIce.",
    "roman numbers": "i. What is rain\nWater.\nii. What is snow\nIce.",
    "numbers on lines of their own": "1.\nWhat is rain\nWater.\n2.\nWhat is snow\nIce.",
    "numbers": "1. What is rain\nWater.\n2. What is snow\nIce.",
}
INTRODUCTIONS = {
    "title": "Sky questions",
    "author": "Sky questions\nby A. Writer\nVersion 2, 2024",
    "chat": "Sure! Here are eight questions about the sky:",
    "reader": "Sky questions\n\nReady for them?",
    "list": "Sky questions\n\n- rain\n- snow\n- hail",
}


def title(line: str) -> str | None:
    text = tuple(f"{line}\n\n{QUESTIONS}".split("\n"))
    return load("plain")(SourceText("q.txt", text), Settings()).questions.title


def codes(preamble: str) -> set[str]:
    lines = tuple(f"{preamble}\n\n{QUESTIONS}".split("\n"))
    questions = load("plain")(SourceText("q.txt", lines), Settings()).questions
    assert len(questions.questions) == 8
    return {diagnostic.code for diagnostic in check(questions, lines)}


@pytest.mark.parametrize("line", TITLES)
def test_first_line_is_the_title(line: str) -> None:
    assert title(line) == line


@pytest.mark.parametrize("name", list(NOT_TITLES))
def test_question_or_greeting_is_not_a_title(name: str) -> None:
    assert title(NOT_TITLES[name]) is None


def test_long_sentence_is_not_a_title() -> None:
    assert title("x" * MAX_SENTENCE_CHARS)
    assert title("x" * (MAX_SENTENCE_CHARS + 1)) is None


@pytest.mark.parametrize("name", list(HIDDEN))
def test_questions_above_the_first_are_reported(name: str) -> None:
    assert "text-before-questions" in codes(HIDDEN[name])


@pytest.mark.parametrize("name", list(INTRODUCTIONS))
def test_short_introduction_is_only_a_note(name: str) -> None:
    assert codes(INTRODUCTIONS[name]) <= {"introduction-skipped"}


def test_long_introduction_is_reported() -> None:
    lines = ["Sky questions", "", *["Some words."] * MAX_INTRODUCTION_LINES]
    assert codes("\n".join(lines)) == {"introduction-skipped"}
    assert codes("\n".join([*lines, "More words."])) == {"text-before-questions"}
