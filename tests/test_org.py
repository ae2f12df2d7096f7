"""Org files as sources: what Markdown cannot say by itself, and how Org is known."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.model.questions import CodeBlock
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source
from exporter.readers import ReadResult, SourceText
from exporter.readers.org.detection import MIN_HEADINGS, is_org
from exporter.readers.org.headings import read_heading, read_keywords
from exporter.readers.org.reader import read


def read_org(text: str) -> ReadResult:
    return read(SourceText("notes.org", tuple(text.split("\n"))), Settings())


@pytest.mark.parametrize(
    ("line", "words", "tags"),
    [
        ("* TODO [#A] What is it? :db:sql:", "What is it?", ("db", "sql")),
        ("** DONE What? [2/3]", "What?", ()),
        ("** TODOs of the day", "TODOs of the day", ()),
        ("* What is :a: here?", "What is :a: here?", ()),
        ("* Card :drill:", "Card", ()),
        ("** [X] What?", "What?", ()),
        ("* COLLECT What? ", "What?", ()),
    ],
)
def test_headings(line: str, words: str, tags: tuple[str, ...]) -> None:
    heading = read_heading(line, read_keywords(["#+TODO: COLLECT(c) | FILED"]))
    assert heading is not None
    assert (heading.text, heading.tags) == (words, tags)


@pytest.mark.parametrize("line", ["*bold* words", "** Note **bold", "**strong** text", " * item", "***"])
def test_lines_of_stars_that_are_not_headings(line: str) -> None:
    assert read_heading(line, frozenset()) is None or line.startswith("** Note")


def test_indented_bodies_are_not_code() -> None:
    reading = read_org(
        "* What is a list?\n      It is a chain:\n      - of nodes\n        and links\n* What is a set?\n  a"
    )
    first = reading.questions.questions[0]
    assert plain_text(first.answer) == "It is a chain:\n\n- of nodes and links"
    assert not any(isinstance(block, CodeBlock) for block in first.answer)


def test_words_with_marks_are_kept() -> None:
    reading = read_org(
        "* What is it?\n2 * 3 = 6, a_b, <b>, [x], `tick`, ~/home and /usr/bin, a=b=c\n* And this?\nb"
    )
    assert plain_text(reading.questions.questions[0].answer) == (
        "2 * 3 = 6, a_b, <b>, [x], `tick`, ~/home and /usr/bin, a=b=c"
    )


def test_tags_are_inherited() -> None:
    reading = read_org(
        "#+FILETAGS: :all:\n* Databases :db:\n** What is an index? :sql:\na\n** What is a key?\nb"
    )
    assert [question.tags for question in reading.questions.questions] == [
        ("all", "db", "sql"),
        ("all", "db"),
    ]


def test_what_only_org_uses_is_reported() -> None:
    reading = read_org("* What?\n:PROPERTIES:\n:ID: x\n:END:\na\n# note\n* COMMENT Old\nb\n* Why?\nc")
    told = {item.code: item.message for item in reading.diagnostics}
    assert told["org-part-skipped"].endswith("lines 2 to 4.")
    assert told["comment-skipped"].endswith("lines 6 to 8.")


def test_block_without_end_is_text() -> None:
    reading = read_org("* What?\n#+begin_src py\nx\n* Why?\nc")
    assert len(reading.questions.questions) == 2
    assert "unclosed-fence" in [item.code for item in reading.diagnostics]


def test_lines_are_those_of_the_file() -> None:
    reading = read_org("#+TITLE: T\n\n* What?\n:PROPERTIES:\n:END:\na\n* Why?\nc")
    assert [question.span.line for question in reading.questions.questions if question.span] == [3, 7]


def test_org_is_known_by_its_headings(tmp_path: Path) -> None:
    headings = ["** What is it?", "a"] * MIN_HEADINGS
    assert is_org(headings)
    assert not is_org(headings[:-2])
    assert not is_org(["# Title", *headings])
    assert is_org(["#+title: T", "* What?"])
    assert not is_org(["** Note **", "** Other **", "*** x ***"])
    path = tmp_path / "notes.txt"
    path.write_text("\n".join(headings))
    assert len(load_source(path, Settings()).questions.questions) == MIN_HEADINGS


@pytest.mark.parametrize(
    "line",
    [":a:", "#+begin_a", "* x :drill:", "- ", "*a", "[[a][b", "| a |", "[fn:1] a", "/a ", ": a", "*" * 80],
)
def test_long_files_take_linear_time(line: str) -> None:
    def measure(count: int) -> float:
        start = time.process_time()
        read_org(
            "\n".join([line.replace("begin_a", f"begin_a{index}") for index in range(count)] + ["* end"])
        )
        return time.process_time() - start

    measure(100)
    assert measure(1_600) < 12 * max(measure(400), 0.05)


def test_long_lines_take_linear_time() -> None:
    for mark in ("*a ", "=a ", "[[a", "/", "\\(", "[fn:"):
        start = time.process_time()
        read_org(f"* What?\n{mark * 4_000}")
        assert time.process_time() - start < 10


def test_addresses_keep_their_slashes() -> None:
    reading = read_org("* Why /so/ at https://sails.org/jib/ (http://a.org/x_y/)?\nb\n* And?\nc")
    assert plain_text(reading.questions.questions[0].question) == (
        "Why so at https://sails.org/jib/ (http://a.org/x_y/)?"
    )


def test_a_lone_star_is_not_an_answer() -> None:
    reading = read_org("* Name a sail\n*\n* Name a rope\nSheet")
    assert [plain_text(question.answer) for question in reading.questions.questions] == ["", "Sheet"]


def test_links_in_emphasis_keep_their_slashes() -> None:
    reading = read_org("* /How can I use [[https://a.org/b-c][the oar]] with a boat?/\nb\n* And?\nc")
    assert plain_text(reading.questions.questions[0].question) == "How can I use the oar with a boat?"


def test_a_section_of_footnotes_is_not_a_question() -> None:
    reading = read_org("* What[fn:1] is it?\nThis[fn:2].\n* Who?\nWe.\n* Noter\n[fn:1]Short.\n\n[fn:2] Ten.")
    assert [plain_text(question.answer) for question in reading.questions.questions] == [
        "This (Ten.).",
        "We.",
    ]


def test_gaps_of_cloze_cards_are_filled_and_reported() -> None:
    drawer = ":PROPERTIES:\n:FC_TYPE: cloze\n:END:\n"
    reading = read_org(
        f"* Birds :fc:\n{drawer}A {{{{word}}@0}} and {{{{two\nlines}}{{hint}}@1}}.\n* Fish :fc:\n{drawer}A {{{{$x_{{1}}$}}@0}}."
    )
    assert [plain_text(question.answer) for question in reading.questions.questions] == [
        "A word and two lines.",
        "A $x_{1}$.",
    ]
    (found,) = [item for item in reading.diagnostics if item.code == "cloze-read"]
    assert found.message.endswith("lines 5 to 6, 11.")
