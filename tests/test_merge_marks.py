"""Merge conflict markers in a source are an error that lists their lines; nothing is written."""

from __future__ import annotations

import json

import pytest

from exporter.config.settings import Settings
from exporter.pipeline.loader import load_source
from tests.in_process import CommandLine

PLAIN = """Databases

Question 1: What is an index?
Answer:
<<<<<<< HEAD
A sorted copy of some columns that leads to the rows.
=======
A sorted copy of columns; it makes writes slower.
>>>>>>> laptop

Question 2: What is a join?
Answer:
Rows side by side.
"""
TABLE = """question,answer
What is an index?,A sorted copy.
<<<<<<< HEAD
What is a view?,A stored query.
=======
What is a cursor?,A place in a result.
>>>>>>> laptop
"""
SOURCE = '{\n"questions": [\n<<<<<<< HEAD\n{"question": "Why?", "answer": "So."}\n=======\n'
SOURCE += '{"question": "Why?", "answer": "Thus."}\n>>>>>>> 1a2b3c4d (Answer better)\n]}\n'
LEFT_OVER = "Question 1: Why?\nAnswer:\nSo.\n>>>>>>> 1a2b3c4d5e (Say why the index is slow. And how.)\n"
THREE_WAYS = (
    "<<<<<<< ours\n# A?\n||||||| merged common ancestors\n# B?\n=======\n# C?\n>>>>>>> theirs\n\nSo.\n"
)

CONFLICTS = {
    "q.txt": (PLAIN, 5),
    "crlf.txt": (PLAIN.replace("\n", "\r\n"), 5),
    "q.csv": (TABLE, 3),
    "q.tsv": (TABLE.replace(",", "\t"), 3),
    "anki.txt": ("#separator:tab\n#html:true\nWhy?\tSo.\n<<<<<<< Updated upstream\nHow?\tThus.\n", 4),
    "q.json": (SOURCE, 3),
    "three.md": (THREE_WAYS, 1),
    "left-over.txt": (LEFT_OVER, 4),
    "long-label.md": (
        "# Why?\n\nSo.\n\n<<<<<<< a branch with a long name\n\nX\n\n=======\nY\n>>>>>>> b\n",
        5,
    ),
    "base-only.md": ("# Why?\n\nSo.\n\n||||||| 1a2b3c4\n", 5),
    "bare.txt": ("Q: Why?\nA: So.\n<<<<<<<\nA: Thus.\n", 3),
}


@pytest.mark.parametrize("name", list(CONFLICTS))
def test_conflict_markers_are_an_error_with_their_line(command_line: CommandLine, name: str) -> None:
    text, line = CONFLICTS[name]
    (diagnostic,) = load_source(command_line.write(name, text), Settings()).diagnostics
    assert diagnostic.span is not None
    assert (diagnostic.code, diagnostic.severity, diagnostic.span.line) == ("source-conflict", "error", line)


def test_every_line_with_a_marker_is_listed(command_line: CommandLine) -> None:
    (diagnostic,) = load_source(command_line.write("q.txt", PLAIN + PLAIN), Settings()).diagnostics
    assert "5, 9, 18, 22" in diagnostic.message


@pytest.mark.parametrize(("name", "text"), [("q.txt", PLAIN), ("q.csv", TABLE)])
def test_source_with_conflict_is_not_exported(command_line: CommandLine, name: str, text: str) -> None:
    command_line.write(name, "Q: Why?\nA: So.\n" if name == "q.txt" else "question,answer\nWhy?,So.\n")
    assert command_line.run("build", name).status == 0
    before = {path: path.read_bytes() for path in command_line.root.rglob("*") if path.is_file()}
    path = command_line.write(name, text)
    before[path] = path.read_bytes()
    assert command_line.run("check", name).status == 1
    ran = command_line.run("build", name)
    assert ran.status == 1
    assert f"{name}:{5 if name == 'q.txt' else 3}:1: error" in ran.errors
    assert {path: path.read_bytes() for path in command_line.root.rglob("*") if path.is_file()} == before


NO_CONFLICTS = {
    "fence.md": "# What does git write?\n\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n```\n",
    "fence.txt": "Q: What does git write?\nA:\n~~~ diff\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n~~~\n",
    "indented.md": "# What does git write?\n\nThis:\n\n    <<<<<<< HEAD\n    a\n    =======\n    >>>>>>> b\n",
    "cell.csv": 'question,answer\nWhat?,"```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n```"\nWhy?,So.\n',
    "html.md": "# What?\n\n<pre>\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n</pre>\n",
    "sentence.txt": "Q: What is <<<<<<< HEAD in a file?\nA:\n<<<<<<< begins our side of the merge.\n"
    ">>>>>>> is where theirs ends.\n",
    "ruler.txt": "Databases\n=======\n\nQ: Why?\nA: So.\n=======\nQ: How?\nA: Thus.\n",
    "setext.md": "Why?\n=======\n\nSo.\n",
    "eight.txt": "Q: Why?\nA:\n<<<<<<<< HEAD\n",
    "row.csv": "question,answer\n<<<<<<< HEAD,Where our side of a merge begins\n",
}


@pytest.mark.parametrize("name", list(NO_CONFLICTS))
def test_code_sentences_and_rulers_are_no_conflict(command_line: CommandLine, name: str) -> None:
    loaded = load_source(command_line.write(name, NO_CONFLICTS[name]), Settings())
    assert "source-conflict" not in {diagnostic.code for diagnostic in loaded.diagnostics}
    assert loaded.questions.questions


def test_json_keeps_markers_in_its_texts(command_line: CommandLine) -> None:
    value = {"questions": [{"question": "What?", "answer": "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c"}]}
    loaded = load_source(command_line.write("q.json", json.dumps(value)), Settings())
    assert not loaded.diagnostics
