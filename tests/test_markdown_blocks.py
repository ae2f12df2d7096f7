"""Blocks are unchanged after they are written as Markdown and read back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.model.questions import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Quote,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from exporter.model.text import paragraph
from exporter.sheets.markdown.blocks import render_blocks
from exporter.sheets.markdown.inline import render_line
from exporter.sheets.markdown.sheet import make_entry
from tests.answers_form import read_blocks, read_line
from tests.strategies import blocks, lines, words


@given(st.lists(blocks(), max_size=3).map(tuple))
def test_blocks_come_back_as_they_were(written: tuple[Block, ...]) -> None:
    assert read_blocks(render_blocks(written)) == written


@given(st.lists(words(), min_size=1), st.one_of(st.none(), st.integers(0, 99)))
def test_empty_texts_change_nothing(texts: list[str], number: int | None) -> None:
    plain = (paragraph(*texts),)
    other = (Paragraph(tuple((*line, Text("")) if line else () for line in plain[0].lines)),)
    assert render_blocks(plain) == render_blocks(other)
    first = make_entry(Question(plain, plain, number), "key", ())
    second = make_entry(Question(other, other, number), "key", ())
    assert replace(first, blocks=()) == replace(second, blocks=())


@given(lines(depth=3))
def test_lines_come_back_as_they_were(line: Line) -> None:
    assert read_line(render_line(line)) == line


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (paragraph("One line."), "One line."),
        (paragraph("One.", "Two."), "1. One.\n2. Two."),
        (paragraph("One.", "", "Three."), "1. One.\n2.\n3. Three."),
        (ListBlock(((paragraph("a"),), (paragraph("b"),))), "- a\n- b"),
        (ListBlock(((paragraph("a"),), (paragraph("b"),)), ordered=True, start=9), "9) a\n10) b"),
        (
            ListBlock(((paragraph("a"), ListBlock(((paragraph("b"),),))), (paragraph("c"),))),
            "- a\n  - b\n- c",
        ),
        (
            ListBlock(((paragraph("a"), CodeBlock("x\n\ny")),), ordered=True),
            "1) a\n\n   ```\n   x\n\n   y\n   ```",
        ),
        (CodeBlock("a = `b`\n```\n", "python"), "````python\na = `b`\n```\n\n````"),
        (CodeBlock("x", "a`b"), "~~~a\\`b\nx\n~~~"),
        (Table(((Text("a"),),), (((Text("b | c"),),),)), "| a |\n| --- |\n| b \\| c |"),
        (CodeBlock("x", "math"), "```m&#97;th\nx\n```"),
        (ListBlock(((paragraph("a", "- b"),), (paragraph("c"),))), "- a\\\n  \\- b\n- c"),
        (ListBlock(((paragraph("☐ a"),), (paragraph("☑ b", "c"),))), "- [ ] a\n- [x] b\\\n  c"),
        (ListBlock(((paragraph("[ ] a"),),)), "- \\[ ] a"),
        (Quote((paragraph("a", "b"), ListBlock(((paragraph("c"),),)))), "> a\\\n> b\n>\n> - c"),
        (Table(((Text("a"), LineBreak(), Text("b")),), ()), "| a<br>b |\n| --- |"),
        (Image("a b.png", "Alt [text]"), "![Alt \\[text\\]](<a b.png>)"),
    ],
)
def test_how_a_block_is_written(block: Block, expected: str) -> None:
    assert render_blocks((block,)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            (Strong((Text("Note:"),)), Text(" mind "), Emphasis((Text("this"),)), Text(".")),
            "**Note:** mind *this*.",
        ),
        ((Strong((Emphasis((Text("both"),)),)),), "**_both_**"),
        ((Text("a"), Strong((Text("b"),)), Text("c")), "a**b**c"),
        ((Text("a"), Strong((Text('"b"'),)), Text("c")), 'a<strong>"b"</strong>c'),
        ((Code("a`b"), Text(" and "), Code("`")), "``a`b`` and `` ` ``"),
        ((Link((Text("here"),), "https://example.com/a_b"),), "[here](https://example.com/a_b)"),
        ((Link((Text("[1]"),), "a(b)"),), "[\\[1\\]](<a(b)>)"),
        ((Math("a_1"), Text(" is "), Math("x", display=True)), "$`a_1`$ is $$x$$"),
        ((Math("a_1", display=True), Text(" is "), Math("`")), "$$`a_1`$$ is $`` ` ``$"),
        ((Math("a\n- b"),), "$<code>a&#10;- b</code>$"),
        ((Text("2"), Superscript((Text("31"),)), Text(" - 1")), "2<sup>31</sup> - 1"),
        ((Text("H"), Subscript((Text("2"),)), Text("O")), "H<sub>2</sub>O"),
        ((Strikethrough((Text("100"),)), Text(" 80")), "~~100~~ 80"),
        ((Text("no"), Strikethrough((Text("t"),)), Text("w")), "no~~t~~w"),
        ((Text("a ~~b"), Strikethrough((Text("c"),))), "a ~\\~b<del>c</del>"),
        ((Strikethrough((Text("a"),)), Strikethrough((Text("b"),))), "<del>a</del>~~b~~"),
        ((Strikethrough((Text("(a)"),)),), "<del>(a)</del>"),
        ((LineBreak(),), "<span></span><br>"),
    ],
)
def test_how_a_line_is_written(line: Line, expected: str) -> None:
    assert render_line(line) == expected


def test_neighbours_that_markdown_would_join_are_separated() -> None:
    twice = (ListBlock(((paragraph("a"),),)),) * 2
    assert render_blocks(twice) == "- a\n\n<!-- -->\n\n- a"
    assert render_blocks((Paragraph(((), ())), paragraph("a", "b"))) == "1.\n2.\n\n<!-- -->\n\n1. a\n2. b"


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("a_1", "```math\na_1\n```"),
        ("a\n- b", "```math\na\n- b\n```"),
        ("\na\n- b\n", "````math\na\n- b\n````"),
        ("a\n````\nb", "`````math\na\n````\nb\n`````"),
        ("x + 1", "$$x + 1$$"),
    ],
)
def test_a_displayed_formula_of_its_own_is_fenced(tex: str, expected: str) -> None:
    formula = Paragraph(((Math(tex, display=True),),))
    assert render_blocks((formula,)) == expected
    assert read_blocks(expected) == (formula,)


def test_code_in_the_language_math_is_no_formula() -> None:
    block = CodeBlock("x_1", "math")
    assert read_blocks(render_blocks((block,))) == (block,)
