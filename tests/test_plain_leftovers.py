"""What is left in a plain-text file: contents, text below bare lists, and answers of several questions."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.model.text import plain_text
from exporter.readers import SourceText, load

CONTENTS = {
    "numbers": "1. What is a?\n2. What is b?\n\n1. What is a?\nIt is one.\n\n2. What is b?\nIt is two.",
    "pages": "1. What is a? ..... 3\n2. What is b? ..... 4\n\n1. What is a?\nIt is one.\n\n2. What is b?\nIt is two.",
    "labels": "Q1: What is a?\nQ2: What is b?\n\nQ1: What is a?\nA: It is one.\n\nQ2: What is b?\nA: It is two.",
    "asking lines": "What is a?\nWhat is b?\n\nAnswers\n-------\nQ: What is a?\nA: It is one.\n\nQ: What is b?\nA: It is two.",
    "capitals": "Q: WHAT IS A?\nQ: WHAT IS B?\n\nQ: What is a?\nA: It is one.\n\nQ: What is b?\nA: It is two.",
}
CLOSING = {
    "introduction of the next list": "1. Why a?\n2. Why b?\n3. Why c?\n\nThe next ones are for leads.\n\n1. Why d?\n2. Why e?",
    "end of the file": "1. Why a?\n2. Why b?\n3. Why c?\n4. Why d?\n\nPractise them aloud.\nGood luck!",
    "both": "1. Why a?\n2. Why b?\n3. Why c?\n\nHarder ones follow.\n\n1. Why d?\n2. Why e?\n\nGood luck with all of them.",
    "labels": "Q1: Why a?\nQ2: Why b?\nQ3: Why c?\nQ4: Why d?\n\nWritten for a friend.",
    "address": "1) Why a?\n2) Why b?\n3) Why c?\n4) Why d?\n\nFrom www.example.org",
}
ANSWERED = {
    "directly below": "1. Why a?\n2. Why b?\n3. Why c?\n4. Why d?\nSo.",
    "blank lines between": "1. Why a?\n\n2. Why b?\n\n3. Why c?\n\n4. Why d?\n\nSo.",
    "two questions": "1. Why a?\n2. Why b?\n\nSo.",
    "three questions": "1. Why a?\n2. Why b?\n3. Why c?\n\nSo.",
    "label": "1. Why a?\n2. Why b?\n3. Why c?\n4. Why d?\n\nAnswer: So.",
    "another answer": "1. Why a?\n\nSo.\n\n2. Why b?\n3. Why c?\n4. Why d?\n5. Why e?\n\nSo.",
}
FRAME = "-----\n7. Why a?\n8. Why b?\n-----\nSo.\n"
SHARED = {
    "frame": FRAME,
    "two frames": FRAME + "\n" + FRAME.replace("7", "9").replace("8", "10"),
    "equals signs": FRAME.replace("-----", "======"),
    "three": "*****\n1. Why c?\n2. Why a?\n3. Why b?\n*****\nSo.",
    "among others": FRAME + "\n-----\n9. Why c?\n-----\nThus.\n\n-----\n10. Why d?\n-----\nHence.",
    "blank line below": FRAME.replace("-----\nSo", "-----\n\nSo"),
}
SEPARATE = {
    "no blank lines": "1. Why a?\n2. Why b?\nSo.\n3. Why c?\nThus.\n4. Why d?\nHence.",
    "bare list": "1. Why a?\n2. Why b?\n3. Why c?\nSo.",
    "apart": "1. Why a?\n\n2. Why b?\nSo.\n\n3. Why c?\nThus.\n\n4. Why d?\nHence.",
    "above an answered one": "1. Why a?\n2. Why b?\nSo.\n\n3. Why c?\nThus.\n\n4. Why d?\nHence.",
    "ruler above only": "-----\n1. Why a?\n2. Why b?\nSo.\n-----\n3. Why c?\nThus.",
}


def read(text: str) -> tuple[list[tuple[str, str]], list[Diagnostic]]:
    result = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings())
    questions = result.questions.questions
    return [(plain_text(question.question), plain_text(question.answer)) for question in questions], list(
        result.diagnostics
    )


@pytest.mark.parametrize("name", list(CONTENTS))
def test_questions_of_a_table_of_contents_are_left_out(name: str) -> None:
    questions, diagnostics = read(CONTENTS[name])
    assert questions == [("What is a?", "It is one."), ("What is b?", "It is two.")]
    assert [diagnostic.code for diagnostic in diagnostics] == ["navigation-skipped"]


def test_one_repeated_question_of_a_list_is_kept() -> None:
    questions, _ = read("1. Why a?\n2. Why b?\n3. Why c?\n\n1. Why a?\n2. Why d?\nSo.")
    assert [question for question, _ in questions] == ["Why a?", "Why b?", "Why c?", "Why a?", "Why d?"]


def test_listed_question_without_an_answer_below_is_kept() -> None:
    questions, _ = read("Q: Why a?\nQ: Why c?\n\nQ: Why a?\nA: So.\n\nQ: Why b?\nA: Thus.")
    assert questions == [("Why c?", ""), ("Why a?", "So."), ("Why b?", "Thus.")]


@pytest.mark.parametrize("name", list(CLOSING))
def test_text_below_a_bare_list_is_reported(name: str) -> None:
    questions, diagnostics = read(CLOSING[name])
    assert not any(answer for _, answer in questions)
    assert [diagnostic.code for diagnostic in diagnostics] == ["stray-text"]


@pytest.mark.parametrize("name", list(ANSWERED))
def test_text_below_the_last_question_is_its_answer(name: str) -> None:
    questions, diagnostics = read(ANSWERED[name])
    assert questions[-1][1] == "So."
    codes = [diagnostic.code for diagnostic in diagnostics]
    assert codes == ["closing-text"] * (name in ("blank lines between", "three questions"))


@pytest.mark.parametrize("name", list(SHARED))
def test_questions_above_one_answer_share_it(name: str) -> None:
    questions, diagnostics = read(SHARED[name])
    answers = dict(questions)
    assert answers["Why a?"] == answers["Why b?"] == "So."
    assert not diagnostics


@pytest.mark.parametrize("name", list(SEPARATE))
def test_unanswered_question_above_another_stays_so(name: str) -> None:
    assert dict(read(SEPARATE[name])[0])["Why a?"] == ""


@pytest.mark.parametrize("underline", ["", "------\n", "---------------\n", "=====\n"])
def test_line_above_a_restart_is_a_category(underline: str) -> None:
    text = f"Core:\n{underline}1. Why a?\n2. Why b?\nWeb:\n{underline}1. Why c?\n2. Why d?\n"
    questions = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings()).questions.questions
    assert [question.category for question in questions] == ["Core", "Core", "Web", "Web"]


def test_line_with_a_colon_between_bare_questions_is_a_category() -> None:
    text = "Numbers:\n1. Why a?\n2. Why b?\nOperators:\n3. Why c?\n4. Why d?\n"
    questions = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings()).questions.questions
    assert [question.category for question in questions] == ["Numbers", "Numbers", "Operators", "Operators"]
    assert not any(question.answer for question in questions)


@pytest.mark.parametrize(
    ("above", "categories"),
    [
        ("It is so.\nStandard", [None, "Standard", "Standard"]),
        ("It is so.\nData Types", [None, "Data Types", "Data Types"]),
        ("It is so.\nnot this", [None, None, None]),
        ("It is so.\nAll Three Words", [None, None, None]),
        ("Red\nGreen\nBlue", [None, None, None]),
        ("Of these:\n  Blue", [None, None, None]),
    ],
)
def test_name_directly_below_an_answer_is_a_category(above: str, categories: list[str | None]) -> None:
    text = f"1. Why a?\n{above}\n2. Why b?\nThus.\n\n3. Why c?\nHence.\n\n" + "".join(
        f"{number}. Why {number}?\nIt is {number}.\n\n" for number in range(4, 8)
    )
    questions = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings()).questions.questions
    assert [question.category for question in questions][:3] == categories
