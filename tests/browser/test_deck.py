"""The deck's own front and back, as the real engine renders them, on a small phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.deck import Deck
from exporter.exporters.anki import export
from exporter.model import Table, Text
from exporter.options import Options
from tests.browser.hard_decks import hard, hostile
from tests.browser.looks import check, measured
from tests.engine.phone import Phone
from tests.pdf_decks import deck, note, seed

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


BROKEN_WORDS = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll("td, th"))
    for (const node of cell.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      for (const match of node.data.matchAll(/\\S+/g)) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        if (new Set([...range.getClientRects()].map(rect => rect.top)).size > 1) broken.push(match[0]);
      }
    }
  return broken;
}"""


def test_no_word_of_a_table_is_broken(faces, new_page: Callable[..., object]) -> None:
    cells = tuple(
        (Text(word),) for word in ("PostgreSQL", "Transactions", "MongoDB", "Cassandra", "Isolation")
    )
    page = new_page(360, 640)
    _, back = faces(deck(note("Which?", (Table(cells, (cells, cells)),), 1)))[0]
    page.set_content(PAGE.format(night="", face=back))
    assert page.evaluate(BROKEN_WORDS) == []
    check(measured(page))


def test_lines_run_from_the_side_of_their_words(faces, new_page: Callable[..., object]) -> None:
    page = new_page(360, 640)
    answer = "نستخدم العزل الافتراضي في PostgreSQL 16.\nWe use the default."
    front, back = faces(deck(note("ما هو العزل؟", answer, 1)))[0]
    sides = """selector => [...document.querySelectorAll(selector)].map(element => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const words = range.getBoundingClientRect(), box = element.getBoundingClientRect();
      return box.right - words.right < 2 && words.left - box.left > 20 ? "right" : "left";
    })"""
    page.set_content(PAGE.format(night="", face=front))
    assert page.evaluate(sides, ".question") == ["right"]
    page.set_content(PAGE.format(night="", face=back))
    assert page.evaluate(sides, ".answer li") == ["right", "left"]
