"""The two canvases draw the same things at the same positions."""

from __future__ import annotations

import re

import pytest

from exporter.cards.block_layout import lay_out_blocks
from exporter.cards.canvas import Canvas, draw_column
from exporter.cards.card_metrics import card_metrics
from exporter.cards.column import Column
from exporter.cards.copyfitting import ANSWER, SizeRange, find_fit, set_lines
from exporter.cards.font_set import Fonts
from exporter.cards.measured_line import Picture
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.stocks import BY_NAME
from exporter.cards.svg_canvas import SvgCanvas
from exporter.cards.vector_drawing import Label, Path, Shape, VectorDrawing
from exporter.model.questions import (
    Block,
    Code,
    CodeBlock,
    Image,
    Line,
    ListBlock,
    Paragraph,
    Quote,
    Strikethrough,
    Strong,
    Superscript,
    Table,
    Text,
)
from exporter.model.text import paragraph

METRICS = card_metrics(BY_NAME["a4-a6"].card)
PICTURE = Picture("I1", 60.0, 30.0)


def cells(*texts: str) -> tuple[Line, ...]:
    return tuple((Text(text),) for text in texts)


BLOCKS: dict[str, tuple[Block, ...]] = {
    "styles": (
        Paragraph(((Text("a "), Strong((Text("b"),)), Code(" c "), Superscript((Text("2"),)), Text(" é")),)),
    ),
    "strike": (
        Paragraph(((Text("a "), Strikethrough((Text("gone "), Strong((Text("too"),)))), Text("b")),)),
    ),
    "long": (paragraph("a paragraph of several lines " * 9, "another one"),),
    "list": (ListBlock(((paragraph("☐ open"),), (paragraph("☑ done"),), (paragraph("plain"),))),),
    "ordered": (ListBlock(((paragraph("nine"),), (ListBlock(((paragraph("ten"),),)),)), True, 9),),
    "quote": (Quote((paragraph("said", "more"), Quote((paragraph("inner"),)))),),
    "code": (CodeBlock("def f():\n    return  1"),),
    "table": (Table(cells("a", "b"), (cells("c", "d"),)),),
    "image": (paragraph("See:"), Image("a.png", "a box")),
}


def column_of(blocks: tuple[Block, ...], fonts: Fonts) -> Column:
    context = METRICS.context(fonts, lambda _: PICTURE, "en")
    lines, width, height = lay_out_blocks(blocks, context), METRICS.column_width, METRICS.back_height
    fit = find_fit(lines, width, height=height, spacing=ANSWER, sizes=SizeRange(36, 72))
    (column,) = set_lines(lines, width, height=height, fit=fit)
    return column


def draw(canvas: Canvas, column: Column) -> str:
    draw_column(canvas, column, left=METRICS.margin, top=200.0, width=METRICS.column_width)
    return canvas.result()


def numbers(pattern: str, text: str) -> list[tuple[float, ...]]:
    """Return the numbers in the groups of each match, in order of their values."""
    return sorted(tuple(map(float, match.groups())) for match in re.finditer(pattern, text))


@pytest.mark.parametrize("name", BLOCKS)
def test_pdf_and_svg_have_the_same_positions(name: str) -> None:
    fonts = Fonts()
    column = column_of(BLOCKS[name], fonts)
    pdf = draw(PdfCanvas(fonts), column)
    svg = draw(SvgCanvas(fonts, METRICS.width, METRICS.height, str), column)

    def from_below(positions: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
        return sorted((x, METRICS.height - y) for x, y in positions)

    def same(positions: list[tuple[float, ...]]) -> object:
        return [pytest.approx(position, abs=0.011) for position in positions]

    texts = numbers(r"1 0 0 1 (\S+) (\S+) Tm", pdf)
    assert texts
    assert from_below(numbers(r'<text x="(\S+)" y="(\S+)"', svg)) == same(texts)
    paths = numbers(r"\S+ w (\S+) (\S+) m", pdf)
    assert from_below(numbers(r'<path d="M(\S+) ([\d.]+)', svg)) == same(paths)
    images = numbers(r"q 60\.00 0\.00 0\.00 30\.00 (\S+) (\S+) cm /I1 Do", pdf)
    corners = [
        (x, METRICS.height - y - PICTURE.height)
        for x, y in numbers(r'<image href="I1" x="(\S+)" y="(\S+)"', svg)
    ]
    assert corners == same(images)
    assert bool(images) == (name == "image")
    assert bool(paths) == (name in ("strike", "list", "quote"))


def square(x: float, y: float, side: float) -> Path:
    return (
        ("m", (x, y)),
        ("l", (x + side, y)),
        ("c", (x + side, y, x + side, y + side, x + side, y + side)),
        ("l", (x, y + side)),
        ("h", ()),
    )


def test_drawing_is_at_the_same_place_on_both_canvases() -> None:
    red = (1.0, 0.0, 0.0)
    items = (
        Shape(square(0, 0, 50), is_even_odd=True),
        Shape(square(10, -20, 10), None, red, 2.0, dashes=(3.0, 1.0), clips=(square(0, 0, 100),)),
        Label("ab", (30.0, 0.0, 0.0, 30.0, 10.0, 20.0), fill=red),
    )
    fonts, drawing = Fonts(), VectorDrawing(100.0, 80.0, 20.0, items)
    pdf, svg = PdfCanvas(fonts), SvgCanvas(fonts, 300.0, 200.0, str)
    for canvas in (pdf, svg):
        canvas.drawing(drawing, 40.0, 150.0, 0.5)
    operators, elements = pdf.result(), svg.result()
    assert "q 1 0 0 1 40.00 150.00 cm\nq 0 g 0 0 m 25 0 l 25 0 25 25 25 25 c 0 25 l h f* Q" in operators
    assert "W n 1 0 0 RG 1 w 0 J 0 j [1.5 0.5] 0 d 5 -10 m" in operators
    assert "45.00 160.00 Tm 1 0 0 rg" in operators
    assert "/F" in operators and " 15 Tf" in operators and "(ab) Tj\n0 g" in operators
    assert '<g transform="matrix(0.5 0 0 -0.5 40.00 50.00)"><path d="M0 0L50 0C50 0 50 50 50 50' in elements
    assert 'fill="none" stroke="#ff0000" stroke-width="2"' in elements
    assert "<g clip-path=\"path('M0 0L100 0" in elements
    assert 'matrix(1.0000 0.0000 0.0000 1.0000 45.00 40.00)" font-size="15.00" fill="#ff0000"' in elements


def test_label_of_no_size_is_not_drawn() -> None:
    fonts = Fonts()
    drawing = VectorDrawing(9.0, 9.0, 0.0, (Label("ab", (0.0, 0.0, 0.0, 0.0, 1.0, 1.0)),))
    pdf, svg = PdfCanvas(fonts), SvgCanvas(fonts, 300.0, 200.0, str)
    for canvas in (pdf, svg):
        canvas.drawing(drawing, 40.0, 150.0, 0.5)
        assert "ab" not in canvas.result()
