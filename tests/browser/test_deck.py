"""The deck's own front and back, as the real engine renders them, on a small phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.deck import Deck
from exporter.exporters.anki import export
from exporter.options import Options
from tests.browser.hard_decks import hard, hostile
from tests.browser.looks import check, measured
from tests.engine.phone import Phone
from tests.pdf_decks import seed

PAGE = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>html, body {{ min-height: 100%; margin: 0; box-sizing: border-box; }}</style>
<body class="card card1 {night}"><div id="qa">{face}</div></body>"""


@pytest.fixture
def faces(tmp_path: Path):
    """A function that imports a deck and returns each card's front and back, with the style."""
    phones = []

    def rendered(deck: Deck) -> list[tuple[str, str]]:
        (tmp_path / "phone").mkdir()
        package = tmp_path / "deck.apkg"
        package.write_bytes(export(deck, Options(), 0).files[0].data)
        phone = Phone(tmp_path / "phone")
        phones.append(phone)
        phone.import_package(package)
        return [phone.faces(note.key) for note in deck.notes]

    yield rendered
    for phone in phones:
        phone.close()


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("make", [seed, hard])
def test_cards_can_be_read_on_a_small_phone(
    faces, new_page: Callable[..., object], make: Callable[[], Deck], night: bool
) -> None:
    page = new_page(360, 640, night)
    for card in faces(make()):
        for face in card:
            page.set_content(PAGE.format(night="nightMode" if night else "", face=face))
            check(measured(page))
            hint = page.query_selector("a.hint")
            if hint:
                hint.click()
                assert page.query_selector("div.hint").is_visible()
                check(measured(page))
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == ("rgb(21, 24, 31)" if night else "rgb(252, 251, 247)")


def test_nothing_hostile_runs_on_the_phone(faces, new_page: Callable[..., object]) -> None:
    page = new_page(360, 640)
    for card in faces(hostile()):
        for face in card:
            page.set_content(PAGE.format(night="", face=face))
            if hint := page.query_selector("a.hint"):
                hint.click()
            page.wait_for_timeout(20)
            assert page.evaluate("window.hacked") is None
            assert not page.query_selector_all("#qa script, #qa img, #qa svg, #qa iframe, #qa link, #qa meta")
