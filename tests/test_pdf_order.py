"""The order of cards through the sheets: a pile that is cut comes out in order."""

from __future__ import annotations

import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.cards.imposition import Page, Side, Slot, back_slot, card_slots, impose
from exporter.cards.stocks import BY_NAME, STOCKS, Rect, Stock
from exporter.config.choices import CardOrder, PrintMode
from exporter.exporters.pdf import export
from exporter.model.text import plain_text
from tests.pdf_decks import MM, cards, deck, note, options, read, seed, without_spaces


def positions(pages: tuple[Page, ...], side: Side) -> dict[int, tuple[int, Slot]]:
    """Return the index of the sheet and the slot of one side of each card."""
    return {card: (page.sheet, slot) for page in pages for card, slot in page.cards if slot.side is side}


PLANS = st.tuples(
    st.sampled_from(
        [
            (stock, mode)
            for stock in STOCKS
            for mode in PrintMode
            if not (stock.is_one_card and mode is PrintMode.FOLD)
        ]
    ),
    st.integers(0, 45),
    st.integers(1, 10),
)


@given(PLANS, st.sampled_from(CardOrder), st.booleans())
def test_cut_pile_is_in_order_and_backs_behind_fronts(
    plan: tuple[tuple[Stock, PrintMode], int, int], order: CardOrder, reverse: bool
) -> None:
    (stock, mode), count, start = plan
    slots = card_slots(stock, mode)
    start = 1 + (start - 1) % len(slots)
    pages = impose(count, stock, mode=mode, order=order, start_slot=start, reverse_backs=reverse)
    fronts, backs = positions(pages, Side.FRONT), positions(pages, Side.BACK)
    assert sorted(fronts) == list(range(count))
    indices = {front: index for index, (front, *_) in enumerate(slots)}
    at = {card: (sheet, indices[slot]) for card, (sheet, slot) in fronts.items()}
    sheets = -(-(count + start - 1) // len(slots)) if count else 0
    assert {sheet for sheet, _ in at.values()} == set(range(sheets)), "no sheet is empty"
    assert all(sheet or index >= start - 1 for sheet, index in at.values())
    pile = sorted(at, key=(lambda card: at[card][::-1]) if order is CardOrder.STACK else at.__getitem__)
    assert pile == list(range(count))
    if mode is PrintMode.SINGLE:
        assert not backs
        return
    for card, (sheet, slot) in fronts.items():
        behind = slots[indices[slot]][1]
        assert backs[card] == (sheet, behind)
        if mode is not PrintMode.FOLD:
            assert behind == back_slot(slot.rect, stock, mode)


def slots_of(count: int, **values: object) -> list[list[int]]:
    """Return the cards on each sheet of four, as the numbers of the cards in their slots."""
    pages = impose(count, BY_NAME["a4-3x5"], mode=PrintMode.SINGLE, **values)  # type: ignore[arg-type]
    return [[card for card, _ in page.cards] for page in pages]


def test_slot_holds_every_nth_card_and_gaps_are_last() -> None:
    assert slots_of(8) == [[0, 2, 4, 6], [1, 3, 5, 7]]
    assert slots_of(9) == [[0, 3, 6], [1, 4, 7], [2, 5, 8]]
    assert slots_of(6) == [[0, 2, 4], [1, 3, 5]]
    assert slots_of(3) == [[0, 1, 2]], "one sheet is filled as without an order"
    assert slots_of(9, order=CardOrder.SHEET) == [[0, 1, 2, 3], [4, 5, 6, 7], [8]]


def test_part_used_sheet_is_used_up() -> None:
    assert slots_of(2, start_slot=4) == [[1], [0]]
    assert slots_of(5, start_slot=3) == [[2, 4], [0, 1, 3]]
    assert slots_of(2, start_slot=3) == [[0, 1]]


@pytest.mark.parametrize("values", [{}, {"pdf_duplex": "fronts-backs", "pdf_reverse_backs": True}])
def test_printed_pile_is_cut_into_the_deck(values: dict[str, str | bool]) -> None:
    count, stock = 23, BY_NAME["avery-5371"]
    source = deck(*(note(f"Card {number}?", f"Text {number}.", number) for number in range(1, count + 1)))
    with read(cards(source, pdf_stock=stock.name, **values)) as pdf:
        pages = list(pdf.pages)
        fronts, backs = pages[::2], pages[1::2]
        if values:
            fronts, backs = pages[:3], pages[:2:-1]

        def cut(sheets: list[object], rects: list[Rect]) -> list[str]:
            """Return the texts of the pile that is cut from sheets, slot by slot."""
            return [
                sheet.crop(box(rect)).extract_text()  # type: ignore[attr-defined]
                for rect in rects
                for sheet in sheets
            ]

        asked = cut(fronts, list(stock.rects))  # type: ignore[arg-type]
        answered = cut(
            backs,  # type: ignore[arg-type]
            [back_slot(rect, stock, PrintMode.LONG_EDGE).rect for rect in stock.rects],
        )
    for number, (front, back) in enumerate(zip(asked[:count], answered[:count], strict=True), 1):
        assert f"Card {number}?" in front
        assert f"Text {number}." in back
    assert "".join((*asked[count:], *answered[count:])) == ""


@pytest.mark.parametrize(("content", "start"), [("answer", 1), ("cues", 7), ("both", 7)])
def test_pile_of_any_content_is_in_order_from_any_slot(content: str, start: int) -> None:
    stock, source = BY_NAME["c32015"], deck(*seed().notes[:11])
    (file,) = export(
        source,
        options(pdf_stock=stock.name, pdf_duplex="short-edge", pdf_content=content, pdf_start_slot=start),
        0,
    ).files
    continued = {entry["key"]: entry["cards"] for entry in file.details["continued"]}  # type: ignore[attr-defined]
    expected = [
        without_spaces(plain_text(entry.question.question))
        for entry in source.notes
        for _ in range(continued.get(entry.key, 1))
    ]
    with read(file.data) as pdf:
        fronts = pdf.pages[::2]
        pile = [
            without_spaces("".join(char["text"] for char in sheet.crop(box(rect)).chars))
            for rect in stock.rects
            for sheet in fronts
        ]
    printed = [text for text in pile if text]
    assert len(printed) == len(expected) == file.details["cards"]
    for question, text in zip(expected, printed, strict=True):
        assert question in text
    outline = pypdf.PdfReader(io.BytesIO(file.data))
    for entry, note_ in zip(outline.outline, source.notes, strict=True):
        page = outline.pages[outline.get_destination_page_number(entry)]  # type: ignore[arg-type]
        assert without_spaces(plain_text(note_.question.question)) in without_spaces(page.extract_text())
    assert outline.page_labels[:3] == ["1 front", "1 back", "2 front"]


def box(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x * MM, rect.y * MM, (rect.x + rect.width) * MM, (rect.y + rect.height) * MM
