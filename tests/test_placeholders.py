"""Placeholders are no answers: the question is reported, keeps its key, and is not exported."""

from __future__ import annotations

import json

import pytest

from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import Question
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source
from tests.in_process import CommandLine

PLACEHOLDERS = (
    *(
        "TODO",
        "todo:",
        "To do",
        "(to do)",
        "[TBD]",
        "T.B.D.",
        "...",
        "…",
        "-",
        "—",
        "?",
        "???",
        "n/a",
        "N/A",
        "xxx",
    ),
    *(
        "Answer here",
        "<your answer here>",
        "To be completed.",
        "No answer yet",
        "Coming soon!",
        "- TODO",
        "FIXME",
    ),
    *(
        "Noch offen",
        "Antwort folgt",
        "à compléter",
        "por hacer",
        "da fare",
        "do uzupełnienia",
        "待补充",
        "сделать",
    ),
    *(
        "TODO: write this",
        "**TODO**",
        "TODO（待补充）",
        "// TODO",
        "[ TBA ]",
        "<answer>",
        "(pending)",
        "[...]",
        "🚧",
        "Type your answer here",
        "Will be added later",
        "to be updated soon",
        "Answer coming soon",
        "Not answered yet",
        "unanswered",
        "I don't know",
        "need to check",
        "Fill me in",
        "wird noch ergänzt",
        "je ne sais pas",
        "pendiente",
        "não sei",
        "ответа нет",
        "暂无答案",
        "作成中",
        "작성 예정",
        "belum dijawab",
    ),
)
ANSWERS = (
    *(
        "TODO: a comment that marks work left over.",
        "TBD is short for “to be determined”.",
        "Yes.",
        "No",
        "Later we",
    ),
    *(
        "It depends …",
        "Empty",
        "42",
        "- one\n- two",
        "Missing values are dropped.",
        "a - b",
        "`...`",
        "Ellipsis",
    ),
    *(
        "Pending",
        "None",
        "null",
        "undefined",
        "(a, b)",
        "&&",
        "{}",
        "Later versions do.",
        "Add an index.",
        "The answer is no.",
        "Check it with a test.",
        "Not sure things, but likely ones.",
        "See above.",
    ),
)


def read(command_line: CommandLine, answer: str, name: str = "q.md") -> tuple[Question, list[Diagnostic]]:
    forms = {
        "q.txt": f"Question 1: Why?\nAnswer:\n{answer}\n",
        "q.md": f"# Why?\n\n{answer}\n",
        "q.csv": f'question,answer\nWhy?,"{answer}"\nHow?,So.\n',
        "q.tsv": f"question\tanswer\nWhy?\t{answer}\nHow?\tSo.\n",
        "anki.txt": f"#separator:tab\nWhy?\t{answer}\nHow?\tSo.\n",
        "q.json": json.dumps({"questions": [{"question": "Why?", "answer": answer}]}),
    }
    loaded = load_source(command_line.write(name, forms[name]), Settings())
    return loaded.questions.questions[0], list(loaded.diagnostics)


@pytest.mark.parametrize("answer", PLACEHOLDERS)
def test_a_placeholder_is_not_an_answer(command_line: CommandLine, answer: str) -> None:
    question, (found,) = read(command_line, answer, "q.txt")
    assert not question.answer
    assert (found.code, found.span and found.span.line) == ("placeholder-answer", 1)
    assert answer.replace("**", "") in found.message


@pytest.mark.parametrize("name", ["q.md", "q.csv", "q.tsv", "anki.txt", "q.json"])
@pytest.mark.parametrize("answer", ["TODO", "To be completed", "TBD"])
def test_a_placeholder_is_not_an_answer_in_any_format(
    command_line: CommandLine, name: str, answer: str
) -> None:
    question, diagnostics = read(command_line, answer, name)
    assert not question.answer
    assert "placeholder-answer" in {found.code for found in diagnostics}
    assert "missing-answer" not in {found.code for found in diagnostics}


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_that_holds_such_words_is_one(command_line: CommandLine, answer: str) -> None:
    question, diagnostics = read(command_line, answer)
    assert plain_text(question.answer)
    assert "placeholder-answer" not in {found.code for found in diagnostics}


def test_code_is_an_answer(command_line: CommandLine) -> None:
    question, diagnostics = read(command_line, "```\n...\n```", "q.txt")
    assert plain_text(question.answer) == "..."
    assert not diagnostics


def test_a_question_to_do_keeps_its_key(command_line: CommandLine) -> None:
    text = "Question 1: Why?\nAnswer:\n{}\n\nQuestion 2: How?\nAnswer:\nThus.\n"
    keys = []
    for answer in ("Because it is so.", "TBD", "Because it was so."):
        command_line.write("q.txt", text.format(answer))
        assert command_line.run("build", "q.txt").status == 0
        shown = json.loads(command_line.run("show", "q.txt", "--format", "json").output)
        keys.append(shown["questions"][0]["key"])
        sheet = (command_line.root / "dist" / "q-answers.md").read_text("utf-8")
        assert ("Why?" in sheet) == (answer != "TBD")
    assert len(set(keys)) == 1
