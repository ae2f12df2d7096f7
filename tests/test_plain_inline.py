"""Bold text and code within lines of plain text, as copied from chats; signs of programs stay as they are."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.questions import Code, Line, Paragraph, Question, Strong, Text
from exporter.model.text import plain_text
from exporter.readers import SourceText, load
from exporter.readers.plain.inline_marks import MAX_MARKED_CHARS, has_inline_marks

MARKED: dict[str, Line] = {
    "**Heap**: a tree": (Strong((Text("Heap"),)), Text(": a tree")),
    "It is **fast** and **small**.": (
        Text("It is "),
        Strong((Text("fast"),)),
        Text(" and "),
        Strong((Text("small"),)),
        Text("."),
    ),
    "Call `f(x)` first": (Text("Call "), Code("f(x)"), Text(" first")),
    "**Use `map`**": (Strong((Text("Use "), Code("map"))),),
    "(**so**)": (Text("("), Strong((Text("so"),)), Text(")")),
    "`a` or `b c`": (Code("a"), Text(" or "), Code("b c")),
}
UNMARKED = (
    "2**3**4 is large",
    "char **a, **b",
    "def f(*args, **kwargs): g(**kwargs)",
    "Match **/*.js and **/*.ts",
    "a * b * c, then *p = *q",
    "__init__ and __name__",
    "one ` alone",
    "`` empty ``",
    "** spaced **",
    "\\**escaped** line",
)


def read(question: str, answer: str) -> Question:
    lines = (f"1. {question}", *answer.split("\n"), "", "2. Why?", "So.")
    return load("plain")(SourceText("q.txt", lines), Settings()).questions.questions[0]


@pytest.mark.parametrize("line", list(MARKED))
def test_marked_text_is_bold_or_code(line: str) -> None:
    assert read("What?", f"As follows.\n{line}").answer == (
        Paragraph(((Text("As follows."),), MARKED[line])),
    )


@pytest.mark.parametrize("line", UNMARKED)
def test_signs_of_programs_are_text(line: str) -> None:
    text = line.removeprefix("\\")
    assert read("What?", f"As follows.\n{line}").answer == (
        Paragraph(((Text("As follows."),), (Text(text),))),
    )


@pytest.mark.parametrize("mark", ["- ", "1. ", "• "])
def test_items_of_lists_have_bold_text(mark: str) -> None:
    marks = ("1. ", "2. ") if mark == "1. " else (mark, mark)
    (block,) = read("What?", f"{marks[0]}**One**: first\n{marks[1]}**Two**: second").answer
    assert plain_text((block,)).count("*") == 0
    assert "Strong" in str(block)


def test_questions_have_bold_text_across_wrapped_lines() -> None:
    question = read(
        "What is the **difference** between the `first` of these two things,", "and the last?\nNone."
    )
    assert (
        plain_text(question.question)
        == "What is the difference between the first of these two things, and the last?"
    )
    assert plain_text(question.answer) == "None."


def test_long_text_is_not_marked() -> None:
    assert has_inline_marks(f"**{'x' * MAX_MARKED_CHARS}**")
    assert not has_inline_marks(f"**{'x' * (MAX_MARKED_CHARS + 1)}**")


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("q)what is a?\na)one thing\n\nq)name b\na)two things\n", ["what is a?", "name b"]),
        (
            "Q.I know a. What is it?\nA.One.\n\nQ.What is b?\nA.Two.\n",
            ["I know a. What is it?", "What is b?"],
        ),
    ],
)
def test_labels_directly_before_their_text(text: str, questions: list[str]) -> None:
    result = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings()).questions.questions
    assert [plain_text(question.question) for question in result] == questions
    assert all(plain_text(question.answer) for question in result)
