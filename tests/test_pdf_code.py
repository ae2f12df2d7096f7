"""Code on cue cards: smaller than the text down to 8 pt, then broken where code is read, with a mark."""

from __future__ import annotations

import re

import pytest

from exporter.cards.block_layout import lay_out_answer
from exporter.cards.canvas import draw_column, line_pieces
from exporter.cards.card_figures import KEY_PT
from exporter.cards.card_metrics import card_metrics
from exporter.cards.code_layout import CODE_HANG, MIN_CODE_SCALE, MIN_CODE_SIZE_PT
from exporter.cards.column import Column, set_column
from exporter.cards.copyfitting import ANSWER
from exporter.cards.font_set import Fonts
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.stocks import BY_NAME
from exporter.cards.svg import cards_svg
from exporter.cards.text_style import MONO
from exporter.model.questions import Block, CodeBlock, ListBlock, Quote
from exporter.model.text import paragraph
from tests.pdf_decks import MM, cards, deck, note, options, read

METRICS = card_metrics(BY_NAME["a4-3x5"].card)
COLUMNS = 67
"""Characters of 8 pt on a line of a 3 × 5 inch card: 115 mm / (0.6 × 8 pt) = 67.9."""
ARROWS = 2
"""Paths that the mark of one continued line consists of."""


def set_code(
    code: str, size: float = 10.0, stock: str = "a4-3x5", around: type[Block] | None = None
) -> Column:
    block: Block = CodeBlock(code)
    if around is ListBlock:
        block = ListBlock(((paragraph("so:"), block),))
    elif around is Quote:
        block = Quote((block,))
    metrics = card_metrics(BY_NAME[stock].card)
    context = metrics.context(Fonts(), lambda _: None, "en")
    lines = lay_out_answer((paragraph("Text"), block), context)
    return set_column(lines, metrics.column_width, height=500, size=size, spacing=ANSWER)


def texts(column: Column) -> list[str]:
    """Return the lines of code."""
    return ["".join(text for text, _ in line_pieces(line)) for line in column.lines if line.measured.code]


def sizes(column: Column) -> list[float]:
    return [line.measured.scale * column.size for line in column.lines if line.measured.code]


def test_line_of_the_last_column_is_whole() -> None:
    column = set_code("x" * COLUMNS)
    assert texts(column) == ["x" * COLUMNS]
    assert MIN_CODE_SIZE_PT <= sizes(column)[0] < MIN_CODE_SIZE_PT + 0.12


def test_line_of_one_more_column_is_broken_at_8_pt() -> None:
    column = set_code("x" * 40 + " " + "y" * (COLUMNS - 40))
    assert texts(column) == ["x" * 40, "y" * (COLUMNS - 40)]
    assert sizes(column) == [pytest.approx(MIN_CODE_SIZE_PT)] * 2


def test_short_code_is_as_large_as_the_text() -> None:
    assert sizes(set_code("if x:\n    y = f(x)", size=14.0)) == [14.0, 14.0]


def test_lines_of_a_block_have_one_size() -> None:
    column = set_code("x = 1\n" + "y" * 60, size=11.0)
    assert len(set(sizes(column))) == 1
    assert sizes(column)[0] < 11


@pytest.mark.parametrize("length", [40, 60, COLUMNS, 90])
@pytest.mark.parametrize("around", [None, ListBlock, Quote])
def test_text_around_code_is_not_much_larger(length: int, around: type[Block] | None) -> None:
    code = CodeBlock("x" * (length // 2) + " " + "y" * (length // 2 - 1))
    block: Block = code if around is None else Quote((code,)) if around is Quote else ListBlock(((code,),))
    with read(cards(deck(note("Q?", (paragraph("Text."), block))))) as pdf:
        chars = pdf.pages[1].chars
    code_size = max(char["size"] for char in chars if char["text"] in "xy")
    text_size = max(char["size"] for char in chars if char["text"] == "T")
    assert code_size >= MIN_CODE_SIZE_PT - 0.01
    assert code_size >= text_size * MIN_CODE_SCALE - 0.05


@pytest.mark.parametrize(("smallest", "code_size"), [(9.0, 8.0), (18.0, 18.0)])
def test_code_in_large_print_is_large(smallest: float, code_size: float) -> None:
    code = CodeBlock("argument, " * 20)
    source = deck(note("Q?", (paragraph("Text."), code)))
    with read(cards(source, pdf_smallest=smallest, pdf_largest=22.0, pdf_content="answer")) as pdf:
        found = {
            round(char["size"], 1) for page in pdf.pages for char in page.chars if "Mono" in char["fontname"]
        }
    assert code_size in found
    assert not [size for size in found if 7 < size < code_size]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        (
            "def retry(func, attempts=3, delay=1.0, exceptions=(TimeoutError, ConnectionError)):",
            ["def retry(func, attempts=3, delay=1.0, exceptions=(TimeoutError,", "ConnectionError)):"],
        ),
        (
            "result = compute_the_whole_thing(argument_one_with_name.attribute_of_it_too)",
            ["result = compute_the_whole_thing(", "argument_one_with_name.attribute_of_it_too)"],
        ),
        (
            "connection.execute(statement,parameters,execution_options,timeout_in_seconds)",
            ["connection.execute(statement,parameters,execution_options,", "timeout_in_seconds)"],
        ),
        (
            "total = first_value_of_all + second_value_of_all * third_value_of_all / 7",
            ["total = first_value_of_all + second_value_of_all *", "third_value_of_all / 7"],
        ),
    ],
)
def test_code_is_broken_after_a_comma_or_bracket_first(code: str, lines: list[str]) -> None:
    assert texts(set_code(code)) == lines


@pytest.mark.parametrize(
    "code", ["call_it(first(), second(x), third([]))", "x={'a':[],'b':f(),'c':(1,2)};y()"]
)
@pytest.mark.parametrize("count", range(3, 8))
def test_brackets_stay_with_what_they_close(code: str, count: int) -> None:
    lines = texts(set_code(code * count))
    assert "".join(lines).replace(" ", "") == (code * count).replace(" ", "")
    assert not any(line[0] in ",)]};" for line in lines)


def test_each_continued_line_has_a_mark_outside_the_text() -> None:
    code = ", ".join(f"argument_{index}=value_{index}" for index in range(9))
    source = deck(note("Q?", (CodeBlock(f"call({code})"),)))
    with read(cards(source, pdf_duplex="single")) as pdf:
        (page,) = pdf.pages
        chars = page.chars
        marks = [curve for curve in page.curves if len(curve["pts"]) == 3]
    text = "".join(char["text"] for char in chars)
    assert f"call({code})".replace(" ", "") in text.replace(" ", "")
    assert not set(text) & set("↪↳→\\")
    code_lines = sorted(
        {round(char["top"]) for char in chars if "Mono" in char["fontname"] and char["size"] > KEY_PT + 0.1}
    )
    assert len(marks) == ARROWS * (len(code_lines) - 1) > 0
    for mark in marks:
        middle = (mark["top"] + mark["bottom"]) / 2
        line = [char for char in chars if char["top"] < middle < char["bottom"]]
        assert 6 * MM < mark["x0"] < mark["x1"] < min(char["x0"] for char in line)


def test_mark_is_in_the_hang_of_its_line() -> None:
    column = set_code("x" * 60 + ", " + "y" * 60)
    fonts = Fonts()
    canvas = PdfCanvas(fonts)
    draw_column(canvas, column, left=100.0, top=300.0, width=METRICS.column_width)
    operators = canvas.result()
    assert operators.count(f"{100 + 0.22 * MIN_CODE_SIZE_PT:.2f} ") == 2  # the ends of the hook's upright
    assert f"1 0 0 1 {100 + CODE_HANG * MIN_CODE_SIZE_PT:.2f} " in operators


def test_whole_lines_have_no_mark() -> None:
    with read(cards(deck(note("Q?", (CodeBlock("x = 1\n\n    y = 2"),))))) as pdf:
        assert not any(page.curves for page in pdf.pages)


def test_preview_has_the_marks_too() -> None:
    source = deck(note("Q?", (CodeBlock("f(" + ", ".join(["argument"] * 12) + ")"),)))
    (card,) = cards_svg(source, options(), lambda target: target).cards["k00000000001"]
    assert len(re.findall(r'd="M[^"L]+L[^"L]+L[^"L]+" fill="none"', str(card.back))) == ARROWS


@pytest.mark.parametrize("stock", ["a4-3x5", "avery-5371", "a4-a7", "c32011"])
@pytest.mark.parametrize("size", [9.0, 10.5])
@pytest.mark.parametrize("around", [None, ListBlock, Quote])
def test_no_line_of_code_is_wider_than_its_column(
    stock: str, size: float, around: type[Block] | None
) -> None:
    code = " " * 70 + "x" * 200 + "\n\t\tvalue = " + "item.attribute_" * 30 + "(a, b)\n" + "w" * 55
    width = card_metrics(BY_NAME[stock].card).column_width
    column = set_code(code, size, stock, around)
    for line in column.lines:
        measured = line.measured
        left = measured.indent + (measured.hang if line.first else 0.0)
        assert (left + measured.ends[line.stop - 1] - measured.starts[line.first]) * size <= width + 0.01
    assert "".join(texts(column)).replace(" ", "").endswith("".join(code.split()))
    assert Fonts().spaces[MONO] == 0.6
