"""The small line below the cards: sheet, way of printing, and a bar of 100 mm."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.cards.imposition import Side, card_rects, has_turned_backs
from exporter.cards.stocks import STOCKS, Stock
from exporter.config.choices import PrintMode
from exporter.exporters.pdf import export
from tests.pdf_decks import MM, cards, deck, note, options, read

SOURCE = deck(
    note("Q?", "A."), title="A title that is long enough to be shortened on a narrow sheet of paper"
)
TURNED = "turned so that the card reads like a page"
WITHOUT_ROOM = {"a4-a6", "a4-a7"}
"""Sheets that are all cards."""
WITHOUT_BAR = {"avery-5371", "c32011"}
"""Sheets with room for the line alone: 12.7 and 13.5 mm below the cards."""


def small_print(page: Any, stock: Stock, side: Side, mode: PrintMode) -> Any:
    """Return what is below the cards of a page."""
    lowest = max(rect.y + rect.height for rect in card_rects(stock, mode, side))
    return (
        page.crop((0, (lowest + 0.1) * MM, page.width, page.height))
        if lowest < stock.sheet[1] - 0.2
        else None
    )


def modes(stock: Stock) -> list[PrintMode]:
    return [mode for mode in PrintMode if not (stock.is_one_card and mode is PrintMode.FOLD)]


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_small_line_and_build_say_how_to_print(stock: Stock) -> None:
    for mode in modes(stock):
        (file,) = export(SOURCE, options(pdf_stock=stock.name, pdf_duplex=str(mode)), 0).files
        assert file.summary.endswith(f"; {mode.instruction}")
        assert file.details["backs_turned"] == has_turned_backs(stock, mode)
        with read(file.data) as pdf:
            for index, page in enumerate(pdf.pages):
                side = Side.BACK if index else Side.FRONT
                below = small_print(page, stock, side, mode)
                if stock.is_one_card or stock.name in WITHOUT_ROOM:
                    assert below is None
                    continue
                text = " ".join(below.extract_text().split())
                assert "sheet 1 of 1" in text and "print at 100 %" in text
                words = {"long-edge": "long edge", "short-edge": "short edge", "fold": "fold between"}
                assert words.get(mode, "") in text
                is_turned = has_turned_backs(stock, mode) and (side is Side.BACK or mode is PrintMode.FOLD)
                assert (TURNED in text) == is_turned
                for char in below.chars:
                    assert char["non_stroking_color"] in ((0,), 0)
                    assert char["size"] == pytest.approx(8, abs=0.01)
                    assert char["x0"] >= 5 * MM - 0.01 and char["x1"] <= page.width - 5 * MM + 0.01


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_bar_is_100_mm_long_and_away_from_cards(stock: Stock) -> None:
    with read(cards(SOURCE, pdf_stock=stock.name, pdf_marks="none")) as pdf:
        for page, side in zip(pdf.pages, Side, strict=True):
            below = small_print(page, stock, side, PrintMode.LONG_EDGE)
            bars = [line for line in below.lines if line["height"] == 0] if below else []
            if stock.is_one_card or stock.name in WITHOUT_ROOM | WITHOUT_BAR:
                assert not bars
                continue
            (bar,) = bars
            assert bar["width"] == pytest.approx(100 * MM, abs=0.02)
            assert bar["linewidth"] == 0.5 and bar["stroking_color"] in ((0,), 0)
            ticks = [line for line in below.lines if line["width"] == 0]
            assert sorted(tick["x0"] for tick in ticks) == pytest.approx([bar["x0"], bar["x1"]], abs=0.02)
            lowest = max(rect.y + rect.height for rect in stock.rects) * MM
            assert lowest + 3 * MM <= ticks[0]["top"] and bar["bottom"] <= page.height - 5 * MM
            assert "100 mm" in below.extract_text()
            for char in below.chars:
                assert (
                    char["bottom"] <= ticks[0]["top"]
                    or char["top"] >= ticks[0]["bottom"]
                    or (char["x0"] > bar["x1"])
                )


def test_marks_end_above_the_small_line_and_the_bar() -> None:
    for stock in (stock for stock in STOCKS if not (stock.is_perforated or stock.is_one_card)):
        with read(cards(SOURCE, pdf_stock=stock.name)) as pdf:
            below = small_print(pdf.pages[0], stock, Side.FRONT, PrintMode.LONG_EDGE)
            if below is None:
                continue
            marks = [line for line in below.lines if line["height"] > 2.1 * MM]
            assert marks
            top = min(char["top"] for char in below.chars)
            assert max(mark["bottom"] for mark in marks) < top - MM


CUSTOM = {
    "pdf_stock": "custom",
    "pdf_custom__columns": 1,
    "pdf_custom__rows": 1,
    "pdf_custom__sheet_height": 99.0,
}


@pytest.mark.parametrize(
    ("width", "words"),
    [(210, "A title"), (123, "A title"), (121.5, "sheet 1 of 1"), (102, "sheet"), (100, None)],
)
def test_narrow_sheet_has_no_title_then_no_line(width: float, words: str | None) -> None:
    values = {**CUSTOM, "pdf_custom__sheet_width": width, "pdf_custom__left": 5.0}
    with read(cards(SOURCE, **values)) as pdf:
        page = pdf.pages[0]
        text = page.crop((0, 70 * MM, page.width, page.height)).extract_text()
    assert text.startswith(words) if words else text == ""


@pytest.mark.parametrize(
    ("band", "has_bar", "is_below"),
    [(14.5, False, False), (15.6, True, False), (26.4, True, False), (26.6, True, True)],
)
def test_bar_is_below_the_line_or_above_it(band: float, has_bar: bool, is_below: bool) -> None:
    values = {**CUSTOM, "pdf_custom__sheet_height": 54.0 + 10 + band, "pdf_custom__top": 10.0}
    with read(cards(SOURCE, **values, pdf_custom__perforated=True, pdf_content="answer")) as pdf:
        page = pdf.pages[0]
        below = page.crop((0, 64.1 * MM, page.width, page.height))
        bars = [line for line in below.lines if line["height"] == 0]
        (line,) = [word for word in below.extract_words() if word["text"] == "fronts"]
    assert bool(bars) == has_bar
    assert not bars or (bars[0]["top"] > line["bottom"]) == is_below
