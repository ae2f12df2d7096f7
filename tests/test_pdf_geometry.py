from __future__ import annotations

import pytest

from exporter.cards.imposition import Side, Slot, back_slot, card_slots, impose
from exporter.cards.stock_choice import find_stock
from exporter.cards.stocks import BY_NAME, MM_PER_INCH, STOCKS, Rect, Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import SettingError
from tests.pdf_decks import options

Point = tuple[float, float]

# the makers' figures, in their own units: card, columns and rows, first card, pitch. Sources: Avery's templates,
# as in gLabels' avery-us-templates.xml; the data sheets of C32011 and C32015; plain sheets are centred;
# single cards are 3×5 and 4×6 inch, A6 and A7 of ISO 216, and the size of C32011
FACTS = {
    "avery-5388": (MM_PER_INCH, (5, 3), (1, 3), (1.75, 1.0), (5, 3)),
    "avery-5371": (MM_PER_INCH, (3.5, 2), (2, 5), (0.75, 0.5), (3.5, 2)),
    "avery-8373": (MM_PER_INCH, (3.5, 2), (2, 4), (0.5, 0.75), (4, 2.5)),
    "avery-5389": (MM_PER_INCH, (6, 4), (1, 2), (1.25, 1.25), (6, 4.5)),
    "c32011": (1, (85, 54), (2, 5), (15, 13.5), (95, 54)),
    "c32015": (1, (85, 54), (2, 4), (17, 31.5), (91, 60)),
    "letter-3x5": (MM_PER_INCH, (5, 3), (2, 2), (0.5, 1.25), (5, 3)),
    "a4-3x5": (1, (127, 76.2), (2, 2), (21.5, 28.8), (127, 76.2)),
    "a4-3x5-portrait": (1, (127, 76.2), (1, 3), (41.5, 34.2), (127, 76.2)),
    "a4-a6": (1, (105, 148.5), (2, 2), (0, 0), (105, 148.5)),
    "a4-a7": (1, (105, 74.25), (2, 4), (0, 0), (105, 74.25)),
    "card-3x5": (MM_PER_INCH, (5, 3), (1, 1), (0, 0), (5, 3)),
    "card-4x6": (MM_PER_INCH, (6, 4), (1, 1), (0, 0), (6, 4)),
    "card-a6": (1, (148, 105), (1, 1), (0, 0), (148, 105)),
    "card-a7": (1, (105, 74), (1, 1), (0, 0), (105, 74)),
    "card-85x54": (1, (85, 54), (1, 1), (0, 0), (85, 54)),
}


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_a_stock_has_its_makers_figures(stock: Stock) -> None:
    unit, card, grid, first, pitch = FACTS[stock.name]
    assert stock.card == pytest.approx([unit * side for side in card])
    assert (stock.columns, stock.rows) == grid
    assert (stock.left, stock.top) == pytest.approx([unit * side for side in first])
    assert (stock.pitch_x, stock.pitch_y) == pytest.approx([unit * side for side in pitch])


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_cards_are_centred_on_the_sheet_without_overlap(stock: Stock) -> None:
    width, height = stock.sheet
    rects = stock.rects
    assert min(rect.x for rect in rects) == pytest.approx(width - max(rect.x + rect.width for rect in rects))
    assert min(rect.y for rect in rects) == pytest.approx(
        height - max(rect.y + rect.height for rect in rects)
    )
    for index, rect in enumerate(rects):
        for other in rects[index + 1 :]:
            beside = rect.x + rect.width <= other.x + 1e-6 or other.x + other.width <= rect.x + 1e-6
            above = rect.y + rect.height <= other.y + 1e-6 or other.y + other.height <= rect.y + 1e-6
            assert beside or above


def test_every_alias_leads_to_one_stock() -> None:
    names = [name for stock in STOCKS for name in (stock.name, *stock.aliases)]
    assert len(names) == len(set(names)) == len(BY_NAME)
    assert find_stock(options(pdf_stock="8371")).name == "avery-5371"
    for number in (5372, 5376, 5377, 5872, 5873, 5876, 5877, 5878, 5911, 8372, 8374, 8376, 8377, 8379, 8471, 8571,
                   8872, 8873, 8876, 8877, 8878, 8879, 28371):  # fmt: skip
        assert find_stock(options(pdf_stock=str(number))) is BY_NAME["avery-5371"]
        assert find_stock(options(pdf_stock=f"Avery-{number}")) is BY_NAME["avery-5371"]
    for number in (8869, 28373):
        assert find_stock(options(pdf_stock=str(number))) is BY_NAME["avery-8373"]
    assert find_stock(options(pdf_stock=" C32011 ")).name == "c32011"


def test_a_custom_stock_comes_from_the_settings() -> None:
    stock = find_stock(
        options(pdf_stock="custom", pdf_custom__columns=1, pdf_custom__pitch_y=60, pdf_custom__rows=4)
    )
    assert stock.sheet == (210, 297)
    assert stock.rects[1] == Rect(15, 73.5, 85, 54)


@pytest.mark.parametrize(
    "wrong",
    [
        {"pdf_custom__columns": 3},
        {"pdf_custom__rows": 0},
        {"pdf_custom__card_width": 0},
        {"pdf_custom__pitch_x": 10},
        {"pdf_custom__left": -1},
        {"pdf_custom__rows": 10**9},
    ],
)
def test_an_impossible_custom_stock_is_refused_in_a_sentence(wrong: dict[str, float]) -> None:
    with pytest.raises(SettingError, match=r"\.$"):
        find_stock(options(pdf_stock="custom", **wrong))


def on_page(slot: Slot, local: Point) -> Point:
    """Where a point of a card's face is printed; both run from a top left corner."""
    (x, y), rect = local, slot.rect
    if slot.is_rotated:
        x, y = rect.width - x, rect.height - y
    return rect.x + x, rect.y + y


def seen_from_the_front(stock: Stock, flipped_on_long_edge: bool, point: Point) -> Point:
    """Where a point printed on the second page is, looking through the sheet from the first page."""
    width, height = stock.sheet
    long_edges_are_upright = height > width
    if flipped_on_long_edge == long_edges_are_upright:
        return width - point[0], point[1]
    return point[0], height - point[1]


def turned_like_a_page(front: Rect, point: Point) -> Point:
    """Where a point of the cut card is once it is turned about its upright middle line."""
    return front.width - (point[0] - front.x), point[1] - front.y


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
@pytest.mark.parametrize("mode", [PrintMode.LONG_EDGE, PrintMode.SHORT_EDGE, PrintMode.FRONTS_BACKS])
def test_a_card_turned_over_like_a_page_reads_upright(stock: Stock, mode: PrintMode) -> None:
    long_edge = mode is not PrintMode.SHORT_EDGE
    for front, back in card_slots(stock, mode):
        for local in ((0.0, 0.0), (10.0, 0.0), (0.0, 10.0), (33.0, 21.0)):
            through = seen_from_the_front(stock, long_edge, on_page(back, local))
            assert turned_like_a_page(front.rect, through) == pytest.approx(local)


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_a_folded_card_turned_over_like_a_page_reads_upright(stock: Stock) -> None:
    if stock.is_one_card:
        with pytest.raises(SettingError, match="nothing to fold"):
            card_slots(stock, PrintMode.FOLD)
        return
    for front, back in card_slots(stock, PrintMode.FOLD):
        beside = abs(front.rect.y - back.rect.y) < 1e-6
        for local in ((0.0, 0.0), (10.0, 0.0), (0.0, 10.0), (33.0, 21.0)):
            x, y = on_page(back, local)
            # the fold is half-way between the two, and folds the back behind the front
            if beside:
                x = front.rect.x + front.rect.width + back.rect.x - x
            else:
                y = front.rect.y + front.rect.height + back.rect.y - y
            assert turned_like_a_page(front.rect, (x, y)) == pytest.approx(local)


def test_back_is_behind_its_front_on_off_centre_stock() -> None:
    stock = Stock("off", (210, 297), (60, 40), 2, 3, 5, 7, 70, 50)
    assert back_slot(stock.rects[0], stock, PrintMode.LONG_EDGE) == Slot(Rect(145, 7, 60, 40), Side.BACK)
    assert back_slot(stock.rects[0], stock, PrintMode.SHORT_EDGE) == Slot(
        Rect(5, 250, 60, 40), Side.BACK, True
    )


def test_pages_come_in_the_order_of_printing() -> None:
    stock = BY_NAME["a4-3x5"]

    def order(mode: PrintMode, reverse: bool = False) -> list[tuple[int, Side]]:
        return [(page.sheet, page.side) for page in impose(9, stock, mode=mode, reverse_backs=reverse)]

    front, back = Side.FRONT, Side.BACK
    assert order(PrintMode.LONG_EDGE) == [(0, front), (0, back), (1, front), (1, back), (2, front), (2, back)]
    fronts = [(0, front), (1, front), (2, front)]
    assert order(PrintMode.FRONTS_BACKS) == [*fronts, (0, back), (1, back), (2, back)]
    assert order(PrintMode.FRONTS_BACKS, True) == [*fronts, (2, back), (1, back), (0, back)]
    assert order(PrintMode.SINGLE) == fronts
    assert order(PrintMode.FOLD) == [(sheet, front) for sheet in range(5)]


def test_first_card_and_its_back_use_the_start_slot() -> None:
    stock = BY_NAME["avery-5371"]
    front, back = impose(3, stock, mode=PrintMode.LONG_EDGE, start_slot=9)[:2]
    assert [slot.rect for _, slot in front.cards] == list(stock.rects[8:10])
    assert [slot.rect.x for _, slot in back.cards] == pytest.approx([stock.rects[9].x, stock.rects[8].x])
    with pytest.raises(SettingError, match="from 1 to 10"):
        impose(3, stock, mode=PrintMode.LONG_EDGE, start_slot=11)


@pytest.mark.parametrize("bleed", [0.5, 3, 10])
def test_bleed_is_around_the_single_card(bleed: float) -> None:
    stock = find_stock(options(pdf_stock="card-a7", pdf_bleed=bleed))
    assert stock.sheet == (105 + 2 * bleed, 74 + 2 * bleed)
    assert stock.rects == (Rect(bleed, bleed, 105, 74),)
    assert stock.is_one_card
    for mode in (PrintMode.LONG_EDGE, PrintMode.SHORT_EDGE):
        assert back_slot(stock.rects[0], stock, mode).rect == stock.rects[0]


@pytest.mark.parametrize(
    ("name", "bleed", "words"),
    [
        ("a4-3x5", 3, "The sheets of a4-3x5 are not single cards.* card-3x5, card-4x6, "),
        ("avery-5371", 0.1, "The sheets of avery-5371 are not single cards"),
        ("custom", 3, "The sheets of custom are not single cards"),
        ("card-3x5", -1, "A bleed of -1 mm is out of range"),
        ("card-3x5", 10.1, "A bleed of 10.1 mm is out of range; .* 0 to 10 mm"),
    ],
)
def test_impossible_bleed_is_refused_in_a_sentence(name: str, bleed: float, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        find_stock(options(pdf_stock=name, pdf_bleed=bleed))


def test_custom_card_to_the_edge_may_have_a_bleed() -> None:
    size = {"pdf_custom__sheet_width": 90, "pdf_custom__sheet_height": 60, "pdf_custom__card_width": 90}
    place = {"pdf_custom__card_height": 60, "pdf_custom__columns": 1, "pdf_custom__rows": 1}
    edge = {"pdf_custom__left": 0, "pdf_custom__top": 0}
    stock = find_stock(options(pdf_stock="custom", pdf_bleed=3, **size, **place, **edge))
    assert (stock.sheet, stock.left) == ((96, 66), 3)


def test_one_card_a_sheet_cannot_be_folded() -> None:
    with pytest.raises(SettingError, match="fold"):
        card_slots(Stock("one", (210, 297), (100, 100), 1, 1, 10, 10, 100, 100), PrintMode.FOLD)
