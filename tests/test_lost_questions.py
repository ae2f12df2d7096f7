"""Questions that were read as something else are reported with their lines, their number and their mark."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.pipeline.loader import load_source
from tests.in_process import CommandLine

ASKED = "".join(
    f"\nQuestion {number}: What is this, {number}?\nAnswer:\nIt is that.\n" for number in range(1, 9)
)


def found_in(command_line: CommandLine, name: str, text: str, code: str) -> list[Diagnostic]:
    loaded = load_source(command_line.write(name, text), Settings())
    assert loaded.questions.questions
    return [found for found in loaded.diagnostics if found.code == code]


HIDDEN = {
    "arrows.txt": (
        "Notes\n\n===> Scope\nWhere a name is seen.\n\n===> Closures\nWhat a function keeps.\n" + ASKED,
        "which look like 2 questions marked `===>`",
    ),
    "asking.txt": ("Notes\n\nWhat is a build?\nIt runs.\n" + ASKED, "lines 3 to 4, of which 1 line asks"),
    "prose.txt": ("Notes\n\n" + "This is how to use it all.\n" * 9 + ASKED, "lines 3 to 11."),
}


@pytest.mark.parametrize("name", list(HIDDEN))
def test_text_before_the_first_question_is_reported(command_line: CommandLine, name: str) -> None:
    text, told = HIDDEN[name]
    (found,) = found_in(command_line, name, text, "text-before-questions")
    assert told in found.message
    assert found.span is not None
    assert found.span.line == 3


INTRODUCTIONS = {
    "none.txt": ASKED,
    "title.txt": "Notes\n" + ASKED,
    "short.txt": "Notes\n\nThis is how to use it all.\n\nReady?\n" + ASKED,
    "eight.txt": "Notes\n\n" + "This is how to use it all.\n" * 8 + ASKED,
    "list.txt": "Notes\n\nHow to use it:\n1. Read a question.\n2. Answer it.\n3. Compare.\n" + ASKED,
    "bullets.md": "# Notes\n\nHow to use it:\n\n- read a question\n- answer it\n\n## What?\n\nSo.\n\n## Why?\n\nThus.\n",
}


@pytest.mark.parametrize("name", list(INTRODUCTIONS))
def test_a_short_introduction_is_not_reported(command_line: CommandLine, name: str) -> None:
    assert not found_in(command_line, name, INTRODUCTIONS[name], "text-before-questions")


OTHER_STYLES = {
    "numbers above": "Notes\n\n1. Tell me about builds.\nThey run.\n\n2. Tell me about tests.\nThey run, too.\n"
    + ASKED,
    "first line": "1. What is a build?\n\nIt runs.\n\n2. What is a test?\n\nIt fails.\n" + ASKED,
    "slashes above": "Notes\n\nQ1/\nA template?\nText.\n\nQ2/\nA bundler?\nOne file.\n" + ASKED,
    "slashes below": "Notes\n" + ASKED + "\nQ1/ Why is it so?\nSo it is.\n\nQ2/ Why not?\nNot so.\n",
}


@pytest.mark.parametrize("name", list(OTHER_STYLES))
def test_two_questions_of_another_style_are_read(command_line: CommandLine, name: str) -> None:
    loaded = load_source(command_line.write("q.txt", OTHER_STYLES[name]), Settings())
    assert len(loaded.questions.questions) == 10
    assert not loaded.diagnostics


@pytest.mark.parametrize("mark", ["Question 4+: ", "Question four: ", "==> ", "4-b. "])
@pytest.mark.parametrize(("label", "is_question"), [("Answer:\n", True), ("", False)])
def test_unknown_mark_is_read_or_reported(
    command_line: CommandLine, mark: str, label: str, is_question: bool
) -> None:
    text = f"Notes\n{ASKED}\n{mark}How do you deploy?\n{label}With one command.\n"
    loaded = load_source(command_line.write("q.txt", text), Settings())
    last = loaded.questions.questions[-1].span
    assert last and (last.line == 35) is is_question
    lines = [found.span.line for found in loaded.diagnostics if found.span]
    assert (35 in lines) is not is_question


@pytest.mark.parametrize("text", ["\\Question 4: and so on", "He asked about question 4: the last."])
def test_an_escaped_line_or_a_sentence_is_no_lost_question(command_line: CommandLine, text: str) -> None:
    assert not found_in(command_line, "q.txt", f"Notes\n{ASKED}So.\n{text}\n", "question-within")
