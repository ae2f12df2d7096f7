"""Readers never raise, lose no text, and take linear time."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exporter.checks import check
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import Block, CodeBlock, QuestionSet
from exporter.model.text import plain_text
from exporter.readers import BUILT_IN, ReadResult, SourceText, load
from exporter.readers.decoding.decode import decode
from exporter.readers.format_detection import detect_format
from exporter.readers.labels import patterns, vocabulary
from exporter.readers.table.header_names import ROLE_NAMES
from tests.endless import ends
from tests.source_strategies import texts

SOME = settings(suppress_health_check=list(HealthCheck))

PIECES = st.sampled_from(
    (
        *(
            "Question 1: What?\n",
            "Answer:\n",
            "Q: a?\n",
            "A: b\n",
            "1. x\n",
            "2) y?\n",
            "- z\n",
            "\n",
            "\r\r\n",
            "---\n",
        ),
        *(
            "## A?\n",
            "**Q?**\n",
            "<details><summary>S?</summary>\n",
            "</details>\n",
            "```\n",
            "| a | b |\n|--|--|\n",
        ),
        *(
            "== X ==\n",
            "TITLE\n",
            "Tags: a, b\n",
            "Cues:\n",
            "Notes: n\n",
            "Id: i\n",
            "a :: b\n",
            "%\n",
            "    code\n",
        ),
        *(
            "question,answer\n",
            '"',
            ",",
            "\t",
            "#separator:tab\n",
            "#html:true\n",
            "{",
            "[",
            '"questions":',
            "<b>",
            "<li>",
            "<script>",
            "</b>",
            '"open',
            "<!-- ",
            "-->",
        ),
        *(
            "C: [x]\n",
            "+++\n",
            "$$x$$",
            "\\(",
            "![](a.png)\n",
            "[a](#b)\n",
            "é",
            "â€™",
            "\ufeff",
            "\x00",
            "\u2028",
            "???\n",
        ),
    )
)
JUMBLES = st.lists(st.one_of(PIECES, texts), max_size=25).map("".join)


def read_with(name: str, data: bytes) -> ReadResult | None:
    source, _ = decode("x", data)
    return load(name)(source, Settings()) if source is not None else None


@pytest.mark.parametrize("name", BUILT_IN)
@SOME
@given(data=st.one_of(st.binary(max_size=300), JUMBLES.map(str.encode)))
@example(data=b"\xff\xfe\x00")
@example(data=b"<![x" * 3)
@example(data=b'{"questions": [1]}')
@example(data=b'{"questions": [{"question": 1}]}')
@example(data=b"[" * 5000)
@example(data=b"> " * 3000 + b"x")
@example(data=b"- " * 3000 + b"x")
@example(data=b"<b>" * 3000 + b"<ul><li>" * 3000)
def test_no_bytes_make_a_reader_raise(name: str, data: bytes) -> None:
    reading = read_with(name, data)
    if reading is not None:
        hash(reading.questions)
        check(reading.questions)
        for question in reading.questions.questions:
            plain_text(question.question)
            plain_text(question.answer)


@SOME
@given(data=st.binary(max_size=300))
def test_some_reader_is_chosen_for_any_text(data: bytes) -> None:
    source, _ = decode("x", data)
    if source is not None:
        name, unknown = detect_format("x", source.lines)
        assert unknown is None
        assert name in BUILT_IN


MARKDOWN = st.sampled_from(
    (
        *("alpha ", "bravo? ", "**charlie** ", "*delta* ", "`foxtrot` ", "[golf](#) ", "<b>hotel</b> "),
        *("<!--india-->\n", "juliet <!--kilo-->\n", "<!--\nlima\nmike\n-->\n", "<div>november</div>\n"),
        *("What is oscar?\n", "- papa?\n  quebec\n", "1. romeo?\n\n   sierra\n", "> tango\n", "- [ ] zulu\n"),
        *(
            "| uniform | victor |\n|---|---|\n| whiskey? | xray | yankee |\n",
            "| Question | Answer | cherry | Tags |\n|---|---|---|---|\n| lemon? | lime | quince | medlar |\n",
            "|  | damson |  | |\n",
            "    indented\n",
            "Setext\n---\n",
        ),
        *("### Answer\n", "### Q1: apple?\n", "## orange\n", "# lemon\n", "**Q2: grape?**\n", "A: melon\n"),
        *("Q: peach\n", "C: plum [x]\n", "[fig]: #nut\n", "[^1]: toe\n", "```js\nhazel\n```\n"),
        *("- [banana](#)\n", "<summary>walnut</summary>\n", "<details>\n", "</details>\n", "\n\n", "***\n"),
        *("Id: almond\npecan\n", "Tags: date\nolive\n", "Notes: mango\nguava\n"),
    )
)
"""Words and blocks of Markdown, each word but once."""


@pytest.mark.parametrize("name", ["plain", "markdown", "delimited"])
@SOME
@given(
    text=st.lists(st.one_of(PIECES, MARKDOWN, texts.map(lambda line: line + "\n")), max_size=25).map("".join)
)
def test_every_word_is_kept_or_reported(name: str, text: str) -> None:
    # A question's own category takes the place of its heading's.
    source, _ = decode("x", text.replace("Category:", "About").encode())
    if source is None:
        return
    reading = load(name)(source, Settings())
    kept = " ".join(_everything(reading.questions))
    starts = [question.span.line for question in reading.questions.questions if question.span]
    reported = _reported(source, starts, [*reading.diagnostics, *check(reading.questions)])
    hidden = _NOTHING if name == "plain" else _TAG
    shown = hidden.sub(lambda found: "\n" * found[0].count("\n"), "\n".join(source.lines)).split("\n")
    for number, line in enumerate(shown, 1):
        if (name == "delimited" and number < min(starts, default=1 << 30)) or "```" in line:
            continue  # a table's header; what a fence says behind the language
        for word in re.findall(r"[^\W\d_]{4,}", re.sub(r"\]\([^)]*\)", "]", line)):
            if word.lower() not in LABELS and number not in reported:
                assert word in kept, (word, text)


SPOKEN = st.sampled_from(
    ["<b>", "<strong>", "</em>", "<script>", "<style>", "<table>", "<td>", "<p>", "<div>", "<a href>", "<title>",
     "<input type='text'>", "<T>", "List<i>", "<br>, <hr>", "<!-- open", "<?php", "the <br> tag", "<pre>", "<ul>"]
)  # fmt: skip
LINES = st.lists(
    st.one_of(
        SPOKEN, st.sampled_from(("alpha", "bravo", "is", "charlie.", '"delta', '"echo" foxtrot', '""'))
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@pytest.mark.parametrize("name", ["q.txt", "q"])
def test_tab_separates_before_a_comma(name: str) -> None:
    text = "".join(f"What is {number}?\t<br>, <hr>\n" for number in range(3))
    source, _ = decode(name, text.encode())
    assert source is not None
    first = load("delimited")(source, Settings()).questions.questions[0]
    assert (plain_text(first.question), plain_text(first.answer)) == ("What is 0?", "<br>, <hr>")


@pytest.mark.parametrize("form", ["plain", "markdown", "items", "cells", "csv", "tabs"])
@SOME
@given(lines=st.lists(LINES, min_size=3, max_size=5))
def test_tags_and_quotation_marks_that_a_text_speaks_of_are_kept(form: str, lines: list[str]) -> None:
    asked = [f"What is {number}?" for number in range(len(lines))]
    pairs = list(zip(asked, lines, strict=True))
    text, name = {
        "plain": ("".join(f"Q: {question}\nA: {line}\n\n" for question, line in pairs), "plain"),
        "markdown": ("".join(f"## {question}\n\n{line}\n\n" for question, line in pairs), "markdown"),
        "items": ("".join(f"## {question}\n\n- {line}\n- more\n\n" for question, line in pairs), "markdown"),
        "cells": (
            "| question | answer |\n|---|---|\n" + "".join(f"| {q} | {a} |\n" for q, a in pairs),
            "markdown",
        ),
        "csv": ("question;answer\n" + "".join(f"{q};{a}\n" for q, a in pairs), "delimited"),
        "tabs": ("".join(f"{q}\t{a}\n" for q, a in pairs), "delimited"),
    }[form]
    source, _ = decode("x", text.encode())
    assert source is not None
    read = load(name)(source, Settings()).questions.questions
    assert [plain_text(each.question) for each in read] == asked, text
    # An empty field in quotation marks is empty.
    expected = [("" if line == '""' and name == "delimited" else line) for line in lines]
    shown = [plain_text(each.answer).removeprefix("- ").removesuffix("\n- more") for each in read]
    assert [_without_spaces(each) for each in shown] == [_without_spaces(each) for each in expected], text


def _without_spaces(text: str) -> str:
    return "".join(text.split())


_NOTHING = re.compile(r"(?!)")
_TAG = re.compile(r"<[A-Za-z][^>]*>")
LABELS = frozenset(
    [
        *"question answer tags cues notes category title deck language html true separator tab".split(),
        *"details summary".split(),
        *(word for names in ROLE_NAMES.values() for name in names for word in name.split()),
        *(word for name in (*vocabulary.ANSWER_WORDS, *vocabulary.QUESTION_WORDS) for word in name.split()),
    ]
)


def _reported(source: SourceText, starts: Sequence[int], diagnostics: Sequence[Diagnostic]) -> set[int]:
    """Return the lines that diagnostics name; stray text counts until the next question starts."""
    found: set[int] = set()
    for diagnostic in diagnostics:
        if diagnostic.span is None:
            continue
        if diagnostic.code in ("bad-front-matter", "metadata-skipped", "bad-table", "bad-json"):
            return set(range(1, len(source.lines) + 1))  # they name a part that has no line
        line = diagnostic.span.line
        found.add(line)
        if diagnostic.code == "columns-skipped":
            found.update(range(line, len(source.lines) + 1))  # it speaks of every row of its table
        if diagnostic.code == "cloze-skipped":
            return set(range(1, len(source.lines) + 1))  # its line is not exact behind code of several lines
        if diagnostic.code == "stray-text":
            found.update(
                range(line, min((start for start in starts if start > line), default=len(source.lines) + 1))
            )
        if diagnostic.code.endswith("-skipped"):
            for first, last in re.findall(r"(\d+)(?: to (\d+))?", diagnostic.message):
                found.update(range(int(first), int(last or first) + 1))
    return found


MARKERS = st.sampled_from(
    [
        *vocabulary.QUESTION_WORDS,
        *vocabulary.ANSWER_WORDS,
        *vocabulary.INTERVIEWER_WORDS,
        *(
            "Q",
            "A",
            "R",
            "me",
            "No.",
            "#",
            "12",
            "IV",
            "3️⃣",
            "🔟",
            "第 2 题",
            "👉",
            ":blue_book:",
            "**",
            "- ",
            "(",
            "[",
            "ans",
        ),
        *(
            ":",
            ".",
            ")",
            "]",
            "=>",
            "–",
            "|",
            "//",
            " ",
            " ",
            "word",
            "a sentence that goes on",
            "What is it?",
        ),
    ]
)


@SOME
@given(line=st.lists(MARKERS, max_size=9).map("".join), spaced=st.lists(MARKERS, max_size=9).map(" ".join))
def test_what_may_not_mark_marks_nothing(line: str, spaced: str) -> None:
    for text in (line, spaced, line + " and more words behind it", spaced + " and more words behind it"):
        if not patterns.could_be_marker(text):
            assert patterns.match_marker(text) is None
            assert patterns.match_answer_label(text, letters=False) is None
            assert patterns.match_answer_label(text, letters=True) is None


def _everything(questions: QuestionSet) -> list[str]:
    blocks: list[Block] = [*questions.preamble]
    words = [questions.title or "", questions.deck or "", questions.language or ""]
    for each in questions.questions:
        blocks += [*each.question, *each.answer]
        words += [*each.tags, *each.cues, each.notes or "", each.id or "", each.category or ""]
    words += [block.language for block in blocks if isinstance(block, CodeBlock)]
    return [plain_text(blocks), *words]


def _read_to_its_end(name: str, text: str) -> int:
    with ends():
        reading = read_with(name, text.encode())
    assert reading is not None
    return len(reading.questions.questions)


def test_ten_thousand_questions_are_read() -> None:
    text = "".join(
        f"Question {number}: What is thing {number}?\nAnswer:\nThe first line.\nAnother, which is longer.\n\n"
        for number in range(1, 10_001)
    )
    assert _read_to_its_end("plain", text) == 10_000


@pytest.mark.parametrize("name", ["plain", "markdown", "delimited"])
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        " ",
        "*",
        "[",
        "![",
        "(",
        "`",
        "<",
        "<!--",
        "&",
        "$$",
        "\\(",
        "Q1. ",
        "1. ",
        "?(",
        '"',
        "::",
        "= ",
        "A: ",
    ],
)
def test_long_lines_of_signs_are_read_to_their_end(name: str, unit: str) -> None:
    size = 17_500 if name == "markdown" else 175_000
    _read_to_its_end(name, unit * (size // len(unit)))


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        *(("plain", unit) for unit in ("\n", "```\n", "- a\n", "a\n---\n", "| a |\n", "**\n", "A\n\n")),
        *(
            ("plain", unit)
            for unit in ("1. a?\n\n", "1. a?\n3. b?\n2 What?\n", "Title\n1. a\n\n", "2.a\n1. b?\n")
        ),
        *(
            ("markdown", unit)
            for unit in ("<!--a-->\n", "# a\n\n- b?\n\n", "## a?\n\nb\n\n# c\n\n1. d?\n2. e?\n\n")
        ),
        *(("markdown", unit) for unit in ("a?\n---\n\n", "[a]: b\n", "## 1\n\nWhat?\n\n", "| a?\n---\n")),
        *(("delimited", unit) for unit in ("a\tb\n", "a\n\tb\n", "a;b\n\n", "1. a?,b,c\n", ',"\n')),
    ],
)
def test_many_lines_are_read_to_their_end(name: str, unit: str) -> None:
    size = 10_000 if name == "markdown" else 30_000
    _read_to_its_end(name, unit * (size // len(unit)))


@pytest.mark.parametrize(
    "unit", ["<script>\n", "- <p>\n", "- <!-- \n", "<div>\n\n", "</b> <b>\n\n", "> <table> x\n", "<b>\n- "]
)
def test_many_lines_that_begin_with_tags_are_read_to_their_end(unit: str) -> None:
    _read_to_its_end("markdown", unit * (10_000 // len(unit)))
