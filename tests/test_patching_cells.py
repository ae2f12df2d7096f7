"""Changes of cells: separators and quotation marks as CSV has them, tags where the cells are HTML."""

from __future__ import annotations

import pytest

from exporter.model.canonical_blocks import strip_formatting as strip
from exporter.model.questions import Block, ListBlock, Strong, Text
from exporter.model.text import paragraph
from exporter.patching.question_change import QuestionChange
from tests.test_patching import make_line, patch_text

CSV = 'Question,Answer,Tags\nWhat is bread?,A "staple" of flour,food\nWhat is rye?,"A grain, dark",food\n'
ANKI = "#separator:tab\n#html:true\nWhat is bread?\tA staple<br><b>of</b> flour\nWhat is rye?\t<ul><li>A grain</li></ul>\n"


@pytest.mark.parametrize(
    ("index", "lines", "cell"),
    [
        (0, ['A "staple" of rye'], ('A "staple" of flour', 'A "staple" of rye')),
        (0, ['A "staple" of flour, water'], ('A "staple" of flour', '"A ""staple"" of flour, water"')),
        (0, ['A "staple" of flour', "Sold"], ('A "staple" of flour', '"A ""staple"" of flour\nSold"')),
        (0, ['"Staple" of flour'], ('A "staple" of flour', '"""Staple"" of flour"')),
        (1, ['A "fine" grain, dark'], ('"A grain, dark"', '"A ""fine"" grain, dark"')),
        (1, ["A grain, dark", "and fine"], ('"A grain, dark"', '"A grain, dark\nand fine"')),
    ],
)
def test_a_cell_is_quoted_as_csv_needs_it(index: int, lines: list[str], cell: tuple[str, str]) -> None:
    change = QuestionChange(answer=(paragraph(*lines),))
    assert patch_text("a.csv", CSV, change, index) == CSV.replace(*cell)


def test_question_and_answer_of_a_row_are_both_quoted() -> None:
    change = QuestionChange(
        question=(paragraph("Bread, or what?"),), answer=(paragraph('A "staple", of flour'),)
    )
    row = '"Bread, or what?","A ""staple"", of flour",food'
    assert patch_text("a.csv", CSV, change) == CSV.replace('What is bread?,A "staple" of flour,food', row)


def test_bold_in_a_cell_is_a_tag() -> None:
    change = QuestionChange(answer=(make_line(Text("A "), Strong((Text("grain"),)), Text(", dark")),))
    assert patch_text("a.csv", CSV, change, 1) == CSV.replace("grain", "<strong>grain</strong>")


@pytest.mark.parametrize(
    ("index", "answer", "cell"),
    [
        (0, (paragraph("A staple < 1 & 2", "of flour"),), ("A staple<br><b>of</b>", "A staple &lt; 1 &amp; 2<br>of")),
        (0, (paragraph("A staple"),), ("<br><b>of</b> flour", "")),
        (0, (make_line(Strong((Text("of"),)), Text(" flour")),), ("A staple<br>", "")),
        (0, (paragraph("A staple", "Sold", "of flour"),), ("<br><b>of</b>", "<br>Sold<br>of")),
        (1, (ListBlock(((paragraph("A grain"),), (paragraph("Dark"),)), ordered=False),),
         ("A grain", "A grain</li><li>Dark")),
    ],
)  # fmt: skip
def test_cells_of_html_are_written_as_html(
    index: int, answer: tuple[Block, ...], cell: tuple[str, str]
) -> None:
    assert patch_text("a.txt", ANKI, QuestionChange(answer=answer), index) == ANKI.replace(*cell)


def test_a_line_before_a_list_of_html_goes() -> None:
    text = "#separator:tab\n#html:true\nWhat is bread?\t<div>One</div><ul><li>two</li><li>three</li></ul>\n"
    answer = (ListBlock(((paragraph("two"),), (paragraph("three"),)), ordered=False),)
    assert patch_text("a.txt", text, QuestionChange(answer=answer)) == text.replace("One", "")


def test_a_tag_of_formatting_goes_with_its_formatting() -> None:
    text = "## What is bread?\n\nA piece of <b>food</b>.\n"
    change = QuestionChange(answer=(paragraph("A piece of food."),))
    assert patch_text("a.md", text, change) == "## What is bread?\n\nA piece of food.\n"


def test_a_pipe_in_a_cell_of_markdown_is_escaped() -> None:
    text = "| Question | Answer |\n|---|---|\n| What is bread? | A staple. |\n| What is rye? | A grain. |\n"
    change = QuestionChange(answer=(paragraph("A staple | food."),))
    assert patch_text("a.md", text, change) == text.replace("A staple", r"A staple \| food")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("a.org", "* How?\nDark /and/ fine\n", "* How?\nDark /and/ very fine\n"),
        ("a.md", "## How?\n\nDark *and* fine\n", "## How?\n\nDark *and* very fine\n"),
        ("a.md", "## How?\n\nDark [and](http://a.b) fine\n", "## How?\n\nDark [and](http://a.b) very fine\n"),
    ],
)
def test_words_after_formatting_do_not_touch_it(name: str, old: str, new: str) -> None:
    change = QuestionChange(answer=(paragraph("Dark and very fine"),), canonicalize=strip, is_words_only=True)
    assert patch_text(name, old, change) == new
