"""The card in figures, read back from the PDF: margins, head, foot, numbers of steps."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from exporter.cards import card_figures as figures
from exporter.cards.card_foot import group_key
from exporter.cards.card_metrics import card_metrics, find_frame
from exporter.cards.imposition import Side
from exporter.cards.stocks import BY_NAME, STOCKS, Stock
from exporter.config.choices import PrintMode
from exporter.exporters.pdf import export
from exporter.identity.relink import normalize_key
from tests.pdf_decks import MM, cards, deck, note, options, read, seed, side_slots

QUESTION = "Tell me about a time you had to learn a new technology quickly, and why you had to."
LANDSCAPE_CARDS = [stock for stock in STOCKS if stock.is_one_card]
"""On these, short-edge printing turns no back."""


class Mark(NamedTuple):
    """A character or a line on a card; lengths in millimetres, `base` below the upper cut."""

    text: str
    font: str
    size: float
    left: float
    right: float
    base: float


def side_of(stock: Stock, side: Side, **fields: Any) -> list[Mark]:
    """Return the characters of one side of a first card of three."""
    source = deck(*(note(QUESTION, "One.\nTwo.", n, **fields) for n in (1, 2, 3)))
    rect = side_slots(stock, side, PrintMode.SHORT_EDGE)[0].rect
    with read(cards(source, pdf_stock=stock.name, pdf_duplex="short-edge", pdf_order="sheet")) as pdf:
        page = pdf.pages[side is Side.BACK]
        width, height = stock.card
        marks = [
            Mark(
                char["text"],
                char["fontname"],
                char["size"],
                char["x0"] / MM - rect.x,
                rect.x + width - char["x1"] / MM,
                (page.height - char["matrix"][5]) / MM - rect.y,
            )
            for char in page.chars
        ]
    return [mark for mark in marks if mark.left > 0 and mark.right > 0 and 0 < mark.base < height]


def near(value: float) -> Any:
    return pytest.approx(value, abs=0.02)


def text_of(marks: list[Mark], size: float, font: str = "") -> str:
    return "".join(mark.text for mark in marks if mark.size == near(size) and font in mark.font)


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_head_and_foot_of_a_front_are_as_in_the_table(stock: Stock) -> None:
    marks, frame = side_of(stock, Side.FRONT, category="Part 7"), find_frame(stock.card)
    head = [mark for mark in marks if mark.base == near(frame.head_base_line)]
    assert text_of(head, figures.HEAD_PT) == "Part 7"
    assert text_of(head, figures.NUMBER_PT, "Bold") == "1"
    assert text_of(head, figures.TOTAL_PT) == " / 3"
    assert head[0].left == near(frame.margin + figures.SWATCH_MM + figures.SWATCH_GAP_MM)
    foot = [mark for mark in marks if stock.card[1] - mark.base == near(frame.margin + 0.7)]
    assert text_of(foot, figures.KEY_PT, "Mono") == "k000 0000 0001"
    assert min(mark.left for mark in marks) >= frame.margin - 0.02
    assert min(mark.right for mark in marks) == near(frame.margin)


@pytest.mark.parametrize("stock", LANDSCAPE_CARDS, ids=lambda stock: stock.name)
def test_head_of_a_back_is_one_line(stock: Stock) -> None:
    marks, frame = side_of(stock, Side.BACK), find_frame(stock.card)
    head = [mark for mark in marks if mark.base == near(frame.head_base_line)]
    question = [mark for mark in head if mark.size == near(figures.HEAD_PT)]
    date = [mark for mark in head if mark.size == near(figures.DATE_PT)]
    number = [mark for mark in head if mark.size == near(figures.NUMBER_PT)]
    assert "".join(mark.text for mark in question).endswith("…")
    is_small = min(stock.card) < 60
    assert "".join(mark.text for mark in date) == ("" if is_small else "14 Nov 2023")
    following = (date or number)[0]
    assert question[-1].right > stock.card[0] - following.left + 2
    assert not date or date[-1].right == near(stock.card[0] - number[0].left + figures.DATE_GAP_MM)
    assert min(mark.base for mark in marks if mark not in head) > frame.body_top


def test_rule_of_a_back_is_black_and_where_the_table_says() -> None:
    stock = BY_NAME["card-3x5"]
    with read(cards(deck(note("Q?", "A.")), pdf_stock=stock.name, pdf_duplex="short-edge")) as pdf:
        (rule,) = pdf.pages[1].lines
    assert (rule["linewidth"], rule["top"] / MM) == (0.7, near(11.6))
    assert (rule["x0"] / MM, rule["x1"] / MM) == (near(6), near(121))


def test_numbers_of_steps_are_bold_in_a_column() -> None:
    marks = side_of(BY_NAME["card-3x5"], Side.BACK)
    (number,) = [mark for mark in marks if mark.text == "1" and mark.base > 13 and "Bold" in mark.font]
    step = next(mark for mark in marks if mark.text == "O")
    assert number.size == near(0.8 * step.size)
    assert (number.left, step.left) == (near(6), near(6 + 1.29 * step.size / MM))
    assert near(5) == 1.29 * 11 / MM


@pytest.mark.parametrize(("question", "share"), [("One line?", 0.42), (QUESTION, 0.42)])
def test_question_is_in_the_optical_middle(question: str, share: float) -> None:
    metrics = card_metrics(BY_NAME["card-3x5"].card)
    with read(cards(deck(note(question, "A.")), pdf_stock="card-3x5")) as pdf:
        bases = [pdf.pages[0].height - char["matrix"][5] for char in pdf.pages[0].chars if char["size"] > 18]
        size = max(char["size"] for char in pdf.pages[0].chars)
    above = min(bases) - 0.76 * size - metrics.head_base_line
    below = metrics.height - metrics.foot - max(bases) - 0.29 * size
    assert above / (above + below) == pytest.approx(share, abs=0.001)


@pytest.mark.parametrize(
    ("card", "frame"),
    [
        ((127, 76.2), figures.LARGE_FRAME),
        ((152.4, 101.6), figures.LARGE_FRAME),
        ((60, 90), figures.LARGE_FRAME),
        ((59.9, 90), figures.SMALL_FRAME),
        ((85, 54), figures.SMALL_FRAME),
        ((105, 148.5), figures.A6_FRAME),
        ((149, 106), figures.A6_FRAME),
        ((149.1, 105), figures.LARGE_FRAME),
        ((105, 74.25), figures.A7_FRAME),
        ((105, 72.9), figures.LARGE_FRAME),
    ],
)
def test_margins_depend_on_the_card(card: tuple[float, float], frame: figures.Frame) -> None:
    assert find_frame(card) == frame
    metrics = card_metrics(card)
    assert metrics.margin / MM == near(frame.margin)
    assert metrics.back_height / MM == near(card[1] - frame.body_top - frame.margin)


def test_margins_are_those_of_the_look() -> None:
    frames = figures.LARGE_FRAME, figures.SMALL_FRAME, figures.A6_FRAME, figures.A7_FRAME
    assert [frame.margin for frame in frames] == [6, 5.2, 7, 7]
    assert figures.LARGE_FRAME[1:3] == (9.4, 11.6)


def test_key_is_read_in_groups_and_typed_with_or_without() -> None:
    assert group_key("x5xre5hf3q9q") == "x5xr e5hf 3q9q"
    assert normalize_key(" X5XR e5hf 3q9q ") == "x5xre5hf3q9q"


@pytest.mark.parametrize("stock", ["a4-a7", "card-a7"])
def test_real_questions_are_set_in_9_75_pt_on_a7(stock: str) -> None:
    (file,) = export(seed(), options(pdf_stock=stock), 0).files
    assert file.details["answer_size"] == 9.75
