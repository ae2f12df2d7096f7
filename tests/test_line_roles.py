"""`exporter show --lines`: each line of a source with what it was taken for, and what is in no export."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.model.diagnostics import has_errors
from exporter.pipeline.line_roles import LineReading, LineRole, read_lines
from exporter.pipeline.loader import load_source
from tests.exported_words import find_lost_words
from tests.projects import REPOSITORY, Project
from tests.test_readers_corpus import CASES

READER_CASES = REPOSITORY.parent / "shared" / "cases" / "readers"

PLAIN = """Interview questions

Some words first,
over two lines.

== Trees ==

Question 1: What is a heap,
and what is it for?
Answer:
A tree in an array.
    def push(x):
        heap.append(x)

    }
Tags: trees, arrays
Cues: array; tree
Notes: see chapter 3
Id: heap
-----
== Locks ==

Question 2: What is a mutex? Answer: A lock.

Question 3: And a fork?
Answer:

== Nothing below ==
"""

ROLES = {
    1: LineRole.TITLE,
    2: LineRole.BLANK,
    3: LineRole.INTRODUCTION,
    4: LineRole.INTRODUCTION,
    6: LineRole.CATEGORY,
    8: LineRole.QUESTION,
    9: LineRole.CONTINUED,
    10: LineRole.ANSWER_LABEL,
    11: LineRole.ANSWER,
    12: LineRole.CODE,
    13: LineRole.CODE,
    15: LineRole.CODE,
    16: LineRole.TAGS,
    17: LineRole.CUES,
    18: LineRole.NOTES,
    19: LineRole.ID,
    20: LineRole.SEPARATOR,
    21: LineRole.CATEGORY,
    23: LineRole.PAIR,
    25: LineRole.QUESTION,
    26: LineRole.ANSWER_LABEL,
    28: LineRole.UNUSED,
}


def read(tmp_path: Path, text: str, name: str = "q.txt") -> dict[int, LineReading]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return {line.line: line for line in read_lines(load_source(path, Settings()))}


def test_each_line_of_plain_text_has_its_role(tmp_path: Path) -> None:
    lines = read(tmp_path, PLAIN)
    assert {number: lines[number].role for number in ROLES} == ROLES
    assert [number for number, line in lines.items() if line.is_lost] == [3, 4, 25, 28]
    assert {lines[number].question for number in (8, 9, 11, 12, 18)} == {1}
    assert lines[25].reason == "missing-answer"
    assert lines[28].reason == "heading-skipped"


def test_diagnostics_name_all_lines_that_they_are_about(tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text(PLAIN.replace("Answer:\n\n==", "Answer:\nTODO\n\n=="))
    value = json.loads(Project(tmp_path).run("check", "q.txt", "--format", "json").output)
    assert [(item["code"], item["line"], item["ranges"]) for item in value["diagnostics"]] == [
        ("introduction-skipped", 3, [[3, 4]]),
        ("placeholder-answer", 25, [[25, 29]]),
        ("heading-skipped", 29, [[29, 29]]),
    ]
    (tmp_path / "none.txt").write_text("nothing\nat all\n")
    value = json.loads(Project(tmp_path).run("check", "none.txt", "--format", "json").output)
    assert [item["ranges"] for item in value["diagnostics"]] == [[[1, 2]]]


def test_lines_of_markdown_and_tables_have_roles(tmp_path: Path) -> None:
    text = "---\nlanguage: de\n---\n# Mine\n\n## Trees {#trees}\n\n### What is `x` **and** y?\n\n1. A\n2. B <!-- no -->\n\n<!-- gone -->\n"
    lines = read(tmp_path, text, "q.md")
    roles = {number: lines[number].role for number in (2, 4, 6, 8, 10, 11, 13)}
    assert list(roles.values()) == [
        LineRole.SETTING,
        LineRole.TITLE,
        LineRole.CATEGORY,
        LineRole.QUESTION,
        LineRole.ANSWER,
        LineRole.ANSWER,
        LineRole.UNUSED,
    ]
    assert lines[11].unused == ("no",)
    assert not lines[11].is_lost
    table = read(tmp_path, "question,answer,who\nWhat is a heap?,A tree,me\n", "q.csv")
    assert [table[number].role for number in (1, 2)] == [LineRole.HEADER, LineRole.PAIR]
    assert table[2].unused == ("me",)


def test_lines_are_shown_where_no_question_was_found(tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text("nothing\nat all\n")
    ran = Project(tmp_path).run("show", "--lines", "q.txt")
    assert ran.status == 1
    assert ran.output.split("\n")[0].startswith("✗     1  ")
    assert "✗ 2 lines in no export." in ran.output
    assert "[no-questions]" in ran.errors


def test_lines_are_aligned_and_marked(tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text(PLAIN)
    shown = Project(tmp_path).run("show", "--lines", "q.txt").output.split("\n")
    assert shown[0].startswith("Read as: lines that begin `Question N:` (3 questions in 2 sections).")
    assert shown[1] == "      1  title                  Interview questions"
    assert shown[8] == "      8  question 1             Question 1: What is a heap,"
    assert shown[9] == "      9  question, continued    and what is it for?"
    assert shown[28] == "✗    28  not used               == Nothing below ==  ← heading-skipped"
    assert shown[29] == "✗ 4 lines in no export."


def test_a_source_without_loss_says_so(tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text("Q: What?\nA: That.\n")
    assert (
        "Every line with words is in the exports." in Project(tmp_path).run("show", "--lines", "q.txt").output
    )


def test_lines_are_printed_as_json(tmp_path: Path) -> None:
    (tmp_path / "q.txt").write_text(PLAIN)
    value = json.loads(Project(tmp_path).run("show", "--lines", "q.txt", "--format", "json").output)
    assert value["schema"] == 1
    assert value["read_as"]["parts"][0]["value"] == "Question N:"
    assert value["lines"][7] == {
        "line": 8,
        "role": "question",
        "question": 1,
        "text": "Question 1: What is a heap,",
        "exported": True,
        "unused": [],
        "reason": None,
    }
    lost = value["lines"][27]
    assert (lost["role"], lost["exported"], lost["reason"]) == ("not used", False, "heading-skipped")


KEPT_OUT = {
    "anki-export.txt": {7: ["basic"]},  # the note type, whose column the file names
    "label-with-a-bracket.md": {14: ["star"]},  # a part of a label: “Sample answer (STAR):”
    "meaning-of-tags.csv": {line: ["yes"] for line in range(2, 9)},  # the column `html`
    "raised-and-struck.md": {5: ["x2"]},  # code, in which the tags are text
}
"""The words of lines that are in no export, and in no message, since they say how something is read."""

SOURCES = [
    *(path for path in CASES if path.suffix != ".json"),
    *(path for path in sorted(READER_CASES.glob("[0-9]*"))),
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_each_word_of_a_source_is_exported_or_reported(path: Path) -> None:
    source = load_source(path, Settings())
    if has_errors(source.diagnostics) and not source.questions.questions:
        return  # the file is refused as a whole
    assert find_lost_words(source) == KEPT_OUT.get(path.name, {})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("q.md", "---\ntitle: Mine\n---\n# Java\n\n## What is a heap?\n\nA tree.\n"),
        ("q.md", '+++\ntitle = "Mine"\n+++\n# Java\n\n**What is a heap?**\n\nA tree.\n'),
        ("q.md", "---\ntitle: Mine\n---\nJava\n====\n\n## What is a heap?\n\nA tree.\n"),
    ],
)
def test_a_heading_beside_another_title_is_reported(tmp_path: Path, name: str, text: str) -> None:
    for words, codes in ((text, ["title-skipped"]), (text.replace("Java", "mine"), [])):
        path = tmp_path / name
        path.write_text(words)
        source = load_source(path, Settings())
        assert [item.code for item in source.diagnostics] == codes
        assert [item.span.line for item in source.diagnostics if item.span] == [4] * len(codes)


@pytest.mark.parametrize("words", ["a " * 200_000, "What is a heap? " * 20_000])
def test_lines_are_found_in_linear_time(tmp_path: Path, words: str) -> None:
    text = f"Q: What?\nA: {words}\n" + "a heap\n" * 20_000
    source = load_source(_write(tmp_path, text), Settings())
    start = time.process_time()
    read_lines(source)
    assert time.process_time() - start < 10


def _write(folder: Path, text: str) -> Path:
    path = folder / "q.txt"
    path.write_text(text)
    return path
