"""The boxes of pages: media, bleed and trim."""

from __future__ import annotations

import io

import pypdf
import pytest

from exporter.cards.stocks import BY_NAME, STOCKS, Stock
from exporter.cards.svg import cards_svg
from exporter.exporters.sheet import export as export_sheet
from tests.pdf_decks import MM, cards, deck, note, options, read

SOURCE = deck(note("Which is one?", "Answer one."), note("Which is two?", "Answer two.", 2))


def boxes(data: bytes) -> set[tuple[tuple[float, ...], ...]]:
    """Return the media, bleed and trim box of all pages, in millimetres."""
    return {
        tuple(
            tuple(round(float(side) / MM, 2) for side in box)
            for box in (page.mediabox, page.bleedbox, page.trimbox)
        )
        for page in pypdf.PdfReader(io.BytesIO(data)).pages
    }


@pytest.mark.parametrize("stock", STOCKS, ids=lambda stock: stock.name)
def test_every_page_says_its_format(stock: Stock) -> None:
    data = cards(SOURCE, pdf_stock=stock.name)
    width, height = (round(side, 2) for side in stock.sheet)
    assert boxes(data) == {((0, 0, width, height),) * 3}
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert all("/TrimBox" in page and ("/BleedBox" in page) == stock.is_one_card for page in pages)
    assert not any("/ArtBox" in page for page in pages), "PDF/X allows a trim box or an art box"


@pytest.mark.parametrize("name", [stock.name for stock in STOCKS if stock.is_one_card])
def test_bleed_enlarges_the_page_around_the_trim(name: str) -> None:
    width, height = (round(side, 2) for side in BY_NAME[name].card)
    data = cards(SOURCE, pdf_stock=name, pdf_bleed=3)
    media = (0, 0, round(width + 6, 2), round(height + 6, 2))
    assert boxes(data) == {(media, media, (3, 3, round(width + 3, 2), round(height + 3, 2)))}


@pytest.mark.parametrize("duplex", ["long-edge", "short-edge"])
def test_bleed_moves_the_card_and_nothing_else(duplex: str) -> None:
    plain, larger = (
        cards(SOURCE, pdf_stock="card-3x5", pdf_duplex=duplex, pdf_bleed=bleed, pdf_marks="crop")
        for bleed in (0, 4)
    )
    with read(plain) as before, read(larger) as after:
        for page, moved in zip(before.pages, after.pages, strict=True):
            for kind in ("chars", "lines", "rects", "curves"):
                old, new = (getattr(one, kind) for one in (page, moved))
                assert len(old) == len(new)
                for item, shifted in zip(old, new, strict=True):
                    assert shifted["x0"] - item["x0"] == pytest.approx(4 * MM, abs=0.02)
                    assert shifted["top"] - item["top"] == pytest.approx(4 * MM, abs=0.02)


def test_sheets_say_their_format() -> None:
    (data,) = [file.data for file in export_sheet(SOURCE, options(), 0).files if file.name.endswith(".pdf")]
    assert boxes(data) == {((0, 0, 210, 297),) * 3}


@pytest.mark.parametrize("name", [stock.name for stock in STOCKS if stock.is_one_card])
def test_preview_shows_the_card_without_its_bleed(name: str) -> None:
    page = cards_svg(SOURCE, options(pdf_stock=name, pdf_bleed=3), str)
    width, height = (side * MM for side in BY_NAME[name].card)
    assert page.stock == name
    for card in (card for cards_of_note in page.cards.values() for card in cards_of_note):
        assert card.front.startswith(f'<svg viewBox="0 0 {width:.2f} {height:.2f}"')
