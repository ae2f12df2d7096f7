"""Tables of contents hold no questions, and tables of questions are no contents."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source

BODY = "\n\n### What is a closure?\n\nA function.\n\n### 2. What is hoisting?\n\nMoving up.\n"
LINKED = "<tr><td>1</td><td><a href='#a'>What is a closure?</a></td></tr>"


def load(folder: Path, name: str, text: str) -> tuple[list[tuple[str, str]], list[str]]:
    path = folder / name
    path.write_text(text)
    loaded = load_source(path, Settings())
    questions = [
        (plain_text(question.question), plain_text(question.answer))
        for question in loaded.questions.questions
    ]
    return questions, [item.code for item in loaded.diagnostics]


@pytest.mark.parametrize(
    "table",
    [
        "| No. | Question | Page |\n|---|---|---|\n| 1 | What is a closure? | 3 |\n| 2 | What is hoisting? | 9 |",
        "| Question | Level |\n|---|---|\n| What is a closure? | Easy |\n| Q2: What is hoisting? | Hard |",
        "| Question | Answer |\n|---|---|\n| What is a closure | |\n| What is hoisting | |",
        "| # | Question |\n|---|---|\n| 1 | [What is a closure?](#a) |\n| 2 | [What is hoisting?](#b) |",
        f"<table><tr><th>No</th><th>Question</th></tr>{LINKED}{LINKED.replace('closure', 'set')}</table>",
    ],
)
def test_contents_are_left_out_and_reported(table: str, tmp_path: Path) -> None:
    questions, codes = load(tmp_path, "notes.md", f"# Notes\n\n{table}{BODY}")
    assert questions == [("What is a closure?", "A function."), ("What is hoisting?", "Moving up.")]
    assert codes == ["navigation-skipped"]


@pytest.mark.parametrize("others", ["What is a set?", "What is a closure and what is it for?"])
def test_questions_that_are_only_in_a_table_are_kept(others: str, tmp_path: Path) -> None:
    table = f"| No. | Question |\n|---|---|\n| 1 | What is a closure? |\n| 2 | {others} |"
    questions, codes = load(tmp_path, "notes.md", f"# Notes\n\n{table}{BODY}")
    assert (others, "") in questions
    assert "missing-answer" in codes


@pytest.mark.parametrize(
    "above",
    [
        "What is a closure?,3\nWhat is hoisting?,4\n",
        "Contents,\n1,What is a closure?\n2,What is hoisting?\n",
        "Notes of 2024,\n\n" + "".join(f"What is {index}?,{index}\n" for index in range(12)),
    ],
)
def test_contents_above_a_header_are_reported(above: str, tmp_path: Path) -> None:
    questions, codes = load(tmp_path, "notes.csv", f"{above}Question,Answer\nWhat is a set?,Words\n")
    assert questions == [("What is a set?", "Words")]
    assert set(codes) == {"stray-text"}


def test_a_repeated_header_is_not_a_question(tmp_path: Path) -> None:
    text = "Question,Answer\nOne?,a\nQuestion,Answer\nTwo?,b\n"
    assert load(tmp_path, "notes.csv", text) == ([("One?", "a"), ("Two?", "b")], [])


def test_numbers_below_no_header_are_answers(tmp_path: Path) -> None:
    text = "What is 2 + 2?,4\nWhat is 2 * 3?,6\nWhat is 3 * 3?,9\n"
    assert [answer for _, answer in load(tmp_path, "notes.csv", text)[0]] == ["4", "6", "9"]
    questions, codes = load(tmp_path, "notes.csv", "Question,Page\n" + text)
    assert {answer for _, answer in questions} == {""}
    assert "columns-skipped" in codes


ROWS = 'Question;Answer\r\nWhat is a?;"It; is a"\r\nWhat is b?;It is b\r\n'


@pytest.mark.parametrize("name", ["notes.csv", "notes.txt"])
@pytest.mark.parametrize(
    "declaration",
    ["sep=;", "\ufeffsep=;", '"sep=;"', "SEP = ;", "sep=;;;", "\r\nsep=;", "sep=;,,"],
)
def test_declared_separators(declaration: str, name: str, tmp_path: Path) -> None:
    questions, codes = load(tmp_path, name, f"{declaration}\r\n{ROWS}")
    assert questions == [("What is a?", "It; is a"), ("What is b?", "It is b")]
    assert not codes


@pytest.mark.parametrize("sign", [",", "\t", "|", "^", "~"])
def test_declared_separators_of_any_sign(sign: str, tmp_path: Path) -> None:
    rows = ROWS.replace("; is", " is").replace(";", sign)
    questions, _ = load(tmp_path, "notes.csv", f"sep={sign}\r\n{rows}")
    assert [question for question, _ in questions] == ["What is a?", "What is b?"]


@pytest.mark.parametrize("line", ["sep=a", "sep=", "sep=;x", "separator=;", "sep=;  What?"])
def test_lines_that_declare_no_separator(line: str, tmp_path: Path) -> None:
    questions, _ = load(tmp_path, "notes.txt", f"{line}\n\nQ: One?\nA: a\n\nQ: Two?\nA: b\n")
    assert questions == [("One?", "a"), ("Two?", "b")]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + ROWS,
        "\ufeff" + ROWS.replace("\r\n", ";;\r\n"),
        "\ufeff;;\r\nNotes 2024;;\r\n" + ROWS,
        "\ufeff" + ROWS.replace("It is b", "It is b, and 3,14, too"),
        "\ufeff\r\n" + ROWS.replace("\r\n", "\r\n\r\n"),
        "\ufeffNr.;" + ROWS.replace("\r\nWhat is a", "\r\n1;What is a").replace("\r\nWhat", "\r\n2;What"),
    ],
)
def test_semicolons_with_a_byte_order_mark(text: str, tmp_path: Path) -> None:
    questions, codes = load(tmp_path, "notes.csv", text)
    assert [question for question, _ in questions] == ["What is a?", "What is b?"]
    assert questions[0][1] == "It; is a"
    assert set(codes) <= {"stray-text"}
