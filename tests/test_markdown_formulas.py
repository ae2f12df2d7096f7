"""Formulas in Markdown: each way of writing one is read, and no parser changes what is written."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.anki.fields import render_cues
from exporter.config.settings import Settings
from exporter.converters.markdown import convert
from exporter.cues import cue_lines, extract_cues
from exporter.model.questions import (
    Alignment,
    Block,
    Line,
    ListBlock,
    Math,
    Paragraph,
    Question,
    QuestionSet,
    Table,
    Text,
)
from exporter.model.text import paragraph, plain_text
from exporter.readers import SourceText
from exporter.readers.markdown import read
from exporter.sheets.markdown.sheet import make_entry
from tests.in_process import CommandLine
from tests.markdown_parsers import PARSERS, render_commonmark


def answer_of(markdown: str) -> tuple[Block, ...]:
    return questions_of(f"## What?\n\n{markdown}\n\n## And then?\n\nNothing.\n").questions[0].answer


def questions_of(markdown: str) -> QuestionSet:
    return read(SourceText("x.md", tuple(markdown.split("\n"))), Settings()).questions


def formulas_of(markdown: str) -> list[Math]:
    found: list[Math] = []
    stack: list[object] = [answer_of(markdown)]
    while stack:
        value = stack.pop()
        if isinstance(value, Math):
            found.append(value)
        elif isinstance(value, tuple):
            stack.extend(value)
        else:
            names = ("lines", "items", "header", "rows", "spans", "blocks")
            stack.extend(getattr(value, name) for name in names if hasattr(value, name))
    return found


@pytest.mark.parametrize(
    ("markdown", "tex", "display"),
    [
        ("It is $a_1*b_2*c_3$.", "a_1*b_2*c_3", False),
        ("It is $`a_1*b_2`$.", "a_1*b_2", False),
        ("It is \\(a_1*b_2*c_3\\).", "a_1*b_2*c_3", False),
        ("**$x^2$:** the square", "x^2", False),
        ("价格$x$是", "x", False),
        ("$\\{1, 2\\}$", "\\{1, 2\\}", False),
        ("1. \\( c \\)\n2. no", " c ", False),
        ("| f |\n| --- |\n| $a*b*c$ |", "a*b*c", False),
        ("| f |\n| --- |\n| $\\|x\\|$ |", "|x|", False),
        ("It is $$x_1*y_2*z_3$$ here.", "x_1*y_2*z_3", True),
        ("It is $$`x_1*y_2`$$ here.", "x_1*y_2", True),
        ("It is \\[x^2 = 4\\] here.", "x^2 = 4", True),
        ("\\[ E = mc^2 \\]", " E = mc^2 ", True),
        ("\\[\nE \\\\\n= a_1 * b_1 < c_{*}\n\\]", "E \\\\\n= a_1 * b_1 < c_{*}", True),
        ("The sum is\n\\[\na\n- b\n\\]\nas we saw.", "a\n- b", True),
        ("\\[\na\n\nb\n\\]", "a\n\nb", True),
        ("$$\nx\n=\n> y\n$$", "\nx\n=\n> y\n", True),
        ("- item\n  \\[\n  a_1\n  \\]", "a_1", True),
        ("> \\[\n> a\n> \\]", "a", True),
        ("```math\nx_1 * y\n```", "x_1 * y", True),
    ],
)
def test_a_formula_is_read_as_typed(markdown: str, tex: str, display: bool) -> None:
    assert formulas_of(markdown) == [Math(tex, display)]


@pytest.mark.parametrize(
    "markdown",
    [
        "## What is $x_1$?\n\nOne.",
        "What is $x_1$? :: One.\n\nWhat is a?::b",
        "Q: What is $x_1$? A: One.\n\nQ: What is a? A: b.",
        "| Question | Answer |\n| --- | --- |\n| What is $x_1$? | One. |",
        "- What is $x_1$?\n\n  One.\n- What is a?\n\n  b.",
    ],
)
def test_a_question_keeps_its_formula(markdown: str) -> None:
    question = (Paragraph(((Text("What is "), Math("x_1"), Text("?")),)),)
    first = questions_of(markdown).questions[0]
    assert (first.question, plain_text(first.answer)) == (question, "One.")


@pytest.mark.parametrize(
    "markdown",
    [
        "It costs $5 and $6.",
        "From $5 to 10$ each.",
        "US$5-$10 and 5$/6$.",
        "In PHP, $a.$b and $c, or $$d.",
        "In a shell, $?/$! and $HOME/$USER.",
        "`$x$` and `\\(y\\)`",
        "```\n\\[\na\n\\]\n```",
        "    \\[\n    a\n    \\]",
        "\\[1\\] is a note, arr\\[i=1\\] a cell, \\[--all=yes\\] an option.",
        "\\[citation needed\\]",
        "[a \\[x=1\\] b](https://example.com)",
        "$5\\$",
    ],
)
def test_prices_code_and_escaped_brackets_are_no_formulas(markdown: str) -> None:
    assert formulas_of(markdown) == []


_TEX = [
    "a_1*b_2*c_3",
    "E = mc^2 \\\\ a_1 * b_1 < c_{*}",
    "\\{x \\mid x > 0\\}, a < b > c",
    "[a](b) and ![c](d) <em>",
    "|x| \\| y",
    "x & y &amp; \\#1 ~~z~~",
    "__a__ \\_ \\* \\$",
    "a`b",
]


def places(tex: str, display: bool) -> dict[str, tuple[Block, ...]]:
    """Return blocks that have a formula in each place where one may be."""
    line: Line = (Text("It is "), Math(tex, display), Text(" here*."))
    alone: Line = (Math(tex, display),)
    return {
        "line": (Paragraph((line,)),),
        "alone": (Paragraph((alone,)),),
        "lines": (Paragraph((line, alone)),),
        "list": (ListBlock(((Paragraph((line,)),), (Paragraph((alone,)),))),),
        "table": (Table((alone, (Text("b"),)), ((line, (Text("c"),)),), (Alignment.NONE,) * 2),),
    }


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("tex", _TEX)
def test_no_parser_changes_a_formula(tex: str, display: bool, parse: Callable[[str], str]) -> None:
    for place, answer in places(tex, display).items():
        if place == "table" and parse is render_commonmark:
            continue  # it knows no tables
        asked = QuestionSet((Question((Paragraph(((Math(tex, display), Text("?")),)),), answer),))
        written = convert(asked)
        shown = html.unescape(re.sub(r"</?(?:code|p|td|th|li|pre|h2|a)\b[^>]*>", "", parse(written)))
        # once in the contents, once in the heading, and in the answer
        count = shown.count(tex)
        assert count == 2 + repr(answer).count("Math("), (place, written, shown)


@pytest.mark.parametrize("display", [False, True])
@pytest.mark.parametrize("tex", [*_TEX, "a\n- b", "\na\n", " x ", "$", "\\", "`", "a ``` b", "</code>$"])
def test_a_formula_is_read_back_from_where_it_was_written(tex: str, display: bool) -> None:
    for answer in places(tex, display).values():
        asked = QuestionSet((Question((Paragraph(((Text("What is "), Math(tex, display)),)),), answer),))
        assert questions_of(convert(asked)) == asked


@pytest.mark.parametrize(
    ("markdown", "cue"),
    [
        ("The sum is \\(n^2\\).", "sum is \\(n^2\\)"),
        ("Its square is $$n^4$$ then.", "square is \\(n^4\\)"),
        ("The side is $a$.", "side is \\(a\\)"),
        ("It is $$\na\n+b\n$$ here.", "\\(a +b\\) here"),
        ("\\[\nE = mc^2\n\\]", "\\(E = mc^2\\)"),
        ("Python asks by `in`.", "Python asks by in"),
    ],
)
def test_a_cue_has_its_formula(markdown: str, cue: str) -> None:
    question = Question((paragraph("What?"),), answer_of(markdown))
    (line,) = cue_lines(extract_cues(question), question)
    assert plain_text([Paragraph((line,))]) == cue
    shown = "".join(f"$`{span.tex}`$" if isinstance(span, Math) else span.text for span in line)
    assert make_entry(question, "key", (line, line)).cue_line == f"{shown} · {shown}"
    assert render_cues((line,)) == f'<ul class="cues"><li>{cue}</li></ul>'


def test_a_cue_that_only_looks_like_a_formula_stays_words() -> None:
    question = Question((paragraph("What?"),), (paragraph("We write \\(x\\) here."),))
    assert cue_lines(extract_cues(question), question) == ((Text("write \\(x\\) here"),),)


def test_the_cheat_sheet_shows_formulas_of_cues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = CommandLine(tmp_path / "project", monkeypatch)
    command.write("q.md", "## Sum?\n\nThe sum is \\(n_1*n_2\\).\n\nIts square is $$n^4$$ then.\n")
    command.build("q.md", "--to", "markdown")
    sheet = (command.root / "dist" / "q-cheatsheet.md").read_text("utf-8")
    assert sheet.endswith("\nsum is $`n_1*n_2`$ · square is $`n^4`$\n")
