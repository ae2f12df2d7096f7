"""A question whose number has a letter, as `4b`, keeps it wherever numbers are shown."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pypdf
import pytest

from exporter.config.settings import Settings
from exporter.converters import BUILT_IN, SUFFIXES
from exporter.converters import load as load_converter
from exporter.identity.digests import content_digest
from exporter.model.question_numbers import number_text
from exporter.model.questions import Question, QuestionSet
from exporter.model.text import paragraph, plain_text
from exporter.pipeline.loader import load_source
from tests.in_process import CommandLine

LABELLED = (
    "Question 4: How do you release?\nAnswer:\nOn Fridays.\n\nQuestion 4b: How do you deploy?\nAnswer:\nSo.\n"
)

INSERTED: dict[str, tuple[str, Sequence[str]]] = {
    "worded.txt": (LABELLED, ["4", "4b"]),
    "capital.txt": (LABELLED.replace("4b", "4B"), ["4", "4B"]),
    "bracket.txt": (LABELLED.replace("4b", "4(b)"), ["4", "4(b)"]),
    "dash.txt": (LABELLED.replace("4b", "4-b"), ["4", "4-b"]),
    "dot.txt": (LABELLED.replace("4b", "4.b"), ["4", "4.b"]),
    "bis.txt": (LABELLED.replace("4b", "4 bis"), ["4", "4 bis"]),
    "q.txt": ("Q4) What?\nAns: So.\n\nQ4b) How?\nAns: Thus.\n\nQ5) Why?\nAns: Thus.\n", ["4", "4b", "5"]),
    "dots.txt": ("1. How?\nSo.\n\n1a. Why?\nThus.\n\n2. When?\nNow.\n", ["1", "1a", "2"]),
    "states.txt": ("3) Tell me.\nNo.\n\n3b) Tell him.\nNo.\n\n4) Tell us.\nNo.\n", ["3", "3b", "4"]),
    "all.txt": ("1a. How?\nSo.\n\n1b. Why?\nThus.\n\n2a. When?\nNow.\n", ["1a", "1b", "2a"]),
    "headings.md": (
        "### 4. How?\n\nSo.\n\n### 4b. Why?\n\nThus.\n\n### 5. When?\n\nNow.\n",
        ["4", "4b", "5"],
    ),
    "bold.md": ("**Q4: How?**\n\nSo.\n\n**Q4a: Why?**\n\nThus.\n\n**Q5: When?**\n\nNow.\n", ["4", "4a", "5"]),
    "table.md": (
        "| No | Question | Answer |\n|---|---|---|\n| 4 | How? | So. |\n| 4b | Why? | Thus. |\n",
        ["4", "4b"],
    ),
    "column.csv": ("number,question,answer\n4,How?,So.\n4b,Why?,Thus.\n", ["4", "4b"]),
    "cells.tsv": ("question\tanswer\n4. How?\tSo.\n4b. Why?\tThus.\n", ["4", "4b"]),
    "q.json": (
        json.dumps({"questions": [{"number": 4, "label": "4b", "question": "How?", "answer": "So."}]}),
        ["4b"],
    ),
}


@pytest.mark.parametrize("name", list(INSERTED))
def test_letter_after_the_number_is_read(command_line: CommandLine, name: str) -> None:
    text, labels = INSERTED[name]
    loaded = load_source(command_line.write(name, text), Settings())
    questions = loaded.questions.questions
    assert list(map(number_text, questions)) == labels
    assert [question.number for question in questions] == [int(label[0]) for label in labels]
    assert all(plain_text(question.question)[0].isalpha() for question in questions)
    assert not loaded.diagnostics


NO_QUESTIONS = {
    "list.txt": ("1. What are the steps?\n1a. first do it\n1b. then that\n2. What next?\nNothing.\n", 2),
    "labelled.txt": ("1. What?\nAnswer:\n1a. first\n\n1b. second\n\n2. Next?\nAnswer:\nNone.\n", 2),
    "file.txt": ("1. Name it.\nIt is a name.\n404a.php\n\n2. What is 3D?\n3D. It is depth.\n", 2),
}


@pytest.mark.parametrize("name", list(NO_QUESTIONS))
def test_lettered_items_of_an_answer_stay_in_it(command_line: CommandLine, name: str) -> None:
    text, count = NO_QUESTIONS[name]
    assert len(load_source(command_line.write(name, text), Settings()).questions.questions) == count


def test_the_number_is_shown_as_it_is_typed(command_line: CommandLine) -> None:
    command_line.write("q.txt", LABELLED)
    assert command_line.run("build", "q.txt").status == 0
    dist = command_line.root / "dist"
    assert "4b. How do you deploy?" in (dist / "q-answers.md").read_text("utf-8")
    assert "4b. How do you deploy?" in (dist / "q-cheatsheet.md").read_text("utf-8")
    pages = pypdf.PdfReader(dist / "q-cards.pdf").pages
    assert "4b" in pages[0].extract_text().split()
    shown = json.loads(command_line.run("show", "q.txt", "--format", "json").output)
    assert [(question["number"], question.get("label")) for question in shown["questions"]] == [
        (4, None),
        (4, "4b"),
    ]
    assert "4b. How do you deploy?" in command_line.run("show", "q.txt").output


@pytest.mark.parametrize("form", BUILT_IN)
def test_the_number_is_converted_and_read_back(command_line: CommandLine, form: str) -> None:
    asked = (Question((paragraph("How?"),), (paragraph("So."),), 4, label=label) for label in (None, "4b"))
    questions = QuestionSet((*asked, Question((paragraph("4b. Why?"),), (paragraph("4c. Thus."),), 5)))
    path = command_line.write("q" + SUFFIXES[form], load_converter(form)(questions))
    assert load_source(path, Settings()).questions == questions


def test_letter_does_not_change_the_digest() -> None:
    question = Question((paragraph("How?"),), (paragraph("So."),), 4)
    labelled = Question((paragraph("How?"),), (paragraph("So."),), 4, label="4b")
    assert content_digest(question, {}) == content_digest(labelled, {})


def test_repeated_number_with_letter_is_reported(command_line: CommandLine) -> None:
    text = LABELLED + "\nQuestion 4b: Why?\nAnswer:\nThus.\n"
    (diagnostic,) = load_source(command_line.write("q.txt", text), Settings()).diagnostics
    assert diagnostic.code == "number-repeated"
    assert "4b" in diagnostic.message
