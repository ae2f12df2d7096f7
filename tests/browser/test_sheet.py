"""The cheat sheet's page in a real browser: on a phone by day and by night, searched, folded, printed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from exporter.exporters.sheet import export
from exporter.model.text import paragraph
from tests.browser.looks import check, measured
from tests.pdf_decks import deck, note, options, seed


@pytest.fixture
def shown(new_page: Callable[..., object], tmp_path: Path) -> Callable[..., object]:
    """Open the sheet of a deck on a phone."""

    def opened(source, night: bool = False) -> object:
        path = tmp_path / "sheet.html"
        path.write_bytes(export(source, options(), 0).files[0].data)
        page = new_page(360, 640, night)
        page.emulate_media(color_scheme="dark" if night else "light")
        page.goto(path.as_uri())
        return page

    return opened


def grouped() -> object:
    notes = [
        note("What is an index?", (paragraph("A sorted copy of columns."),), 1, category="Databases"),
        note("What is a mutex?", (paragraph("It lets one thread in."),), 2, category="Threads"),
        note("What is a queue?", (paragraph("It absorbs the peaks."),), 3, category="Threads"),
    ]
    return deck(*notes)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_sheet_is_readable_on_a_phone(shown: Callable[..., object], night: bool) -> None:
    page = shown(seed(), night)
    check(measured(page))
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(21, 24, 31)" if night else "rgb(252, 251, 247)")


def test_search_shows_what_has_every_word(shown: Callable[..., object]) -> None:
    page = shown(grouped())
    page.keyboard.press("/")
    page.keyboard.type("thread WHAT")
    visible = "[...document.querySelectorAll('.questions > li')].filter(e => e.checkVisibility()).length"
    assert page.evaluate(visible) == 1
    assert page.inner_text("#matches") == "1 question"
    page.keyboard.type(" nowhere")
    assert page.is_visible("#none")
    page.keyboard.press("Escape")
    assert page.evaluate(visible) == 3


def test_folded_categories_unfold_for_a_search_and_fold_again(shown: Callable[..., object]) -> None:
    page = shown(grouped())
    page.click("summary >> nth=1")
    assert not page.is_visible("text=What is a queue?")
    page.fill("#search", "peaks")
    assert page.is_visible("text=What is a queue?")
    page.fill("#search", "")
    assert not page.is_visible("text=What is a queue?")


def test_printed_page_has_two_columns_and_what_is_folded(shown: Callable[..., object]) -> None:
    page = shown(grouped())
    page.click("summary >> nth=0")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert "sorted copy of columns" in printed.pages[0].extract_text()
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('.questions')).columnCount") == "2"
