"""The deck's own front and back, as the real engine renders them, on a small phone."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image as Picture

from exporter.anki.note_type import (
    FIELDS,
    SPECIAL_FIELDS,
    load_builtin_scripts,
    load_templates,
    parse_templates,
)
from exporter.anki.template_language import render
from exporter.config.settings import Settings
from exporter.exporters.anki import export
from exporter.model.deck import Deck
from exporter.model.page_embedding import data_url
from exporter.model.questions import Image, Table, Text
from exporter.web.anki_card import CardRenderer
from tests.browser.hard_decks import hard, hostile
from tests.browser.looks import check, measured
from tests.engine.phone import Phone
from tests.pdf_decks import deck, note, seed

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>html, body {{ min-height: 100%; margin: 0; box-sizing: border-box; }}</style>
<body class="card card1 {night}"><div id="qa">{face}</div></body>"""


@pytest.fixture
def faces(tmp_path: Path):
    """Return a function that imports a deck and returns each card's front and back, with the style."""
    phones = []

    def rendered(deck: Deck) -> list[tuple[str, str]]:
        (tmp_path / "phone").mkdir()
        package = tmp_path / "deck.apkg"
        package.write_bytes(export(deck, Settings(), 0).files[0].data)
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
            assert not page.query_selector_all("#qa img, #qa svg, #qa iframe, #qa link, #qa meta")
            assert set(page.locator("#qa script").all_text_contents()) <= set(load_builtin_scripts())


FIVE = deck(note("Which?", "One.", 1, cues=("alpha", "beta", "gamma", "delta", "omega")))


def _cues(page) -> list[str]:
    """Return the visible cues."""
    return page.locator(".cues li:visible").all_inner_texts()


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_each_tap_shows_one_more_cue(faces, new_page: Callable[..., object], night: bool) -> None:
    page = new_page(360, 640, night)
    page.set_content(PAGE.format(night="nightMode" if night else "", face=faces(FIVE)[0][0]))
    assert _cues(page) == []
    assert page.get_by_role("button").all_inner_texts() == ["Cues"]
    page.click("a.hint")
    for count in (1, 2, 3, 4):
        assert _cues(page) == ["alpha", "beta", "gamma", "delta", "omega"][:count]
        check(measured(page))
        following = page.get_by_role("button", name=f"Next cue ({count + 1} of 5)")
        assert following.bounding_box()["height"] >= 44
        following.click()
    assert _cues(page) == ["alpha", "beta", "gamma", "delta", "omega"]
    assert page.get_by_role("button").count() == 0
    assert page.evaluate("document.body.scrollWidth") <= 360


def test_cues_open_by_keyboard_and_are_announced(faces, new_page: Callable[..., object]) -> None:
    page = new_page(360, 640)
    page.set_content(PAGE.format(night="", face=faces(FIVE)[0][0]))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert _cues(page) == ["alpha"]
    page.keyboard.press("Enter")
    page.keyboard.press(" ")
    assert _cues(page) == ["alpha", "beta", "gamma"]
    assert page.evaluate("document.activeElement.textContent") == "Next cue (4 of 5)"
    # the region is there before its content, and the button is not read with each cue
    assert page.locator("[aria-live=polite] .cues").count() == 1
    assert page.locator("[aria-live] button").count() == 0


def test_without_scripts_the_hint_holds_all_cues(faces, browser, tmp_path: Path) -> None:
    path = tmp_path / "card.html"
    path.write_text(PAGE.format(night="", face=faces(FIVE)[0][0]), encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator("a.hint").is_visible()
    assert page.locator("button").count() == 0
    assert page.locator(".cues li:visible").count() == 0
    # as shown by a client that opens hints itself
    path.write_text(
        path.read_text("utf-8") + "<style>div.hint { display: block !important }</style>", "utf-8"
    )
    page.goto(path.as_uri())
    assert page.locator(".cues li:visible").all_inner_texts() == ["alpha", "beta", "gamma", "delta", "omega"]
    context.close()


SHOW = """html => {
  const before = new Set(Object.keys(window)), qa = document.getElementById("qa");
  qa.innerHTML = html;
  for (let round = 0; round < 2; round++)
    for (const old of qa.querySelectorAll("script")) {
      const script = document.createElement("script");
      script.textContent = old.textContent;
      old.replaceWith(script);
    }
  return Object.keys(window).filter(name => !before.has(name));
}"""
"""Shows a card as Anki's reviewer does, in the page of the last one; here the scripts even run twice."""


def test_each_card_begins_with_its_cues_closed(faces, new_page: Callable[..., object]) -> None:
    page = new_page(360, 640)
    cards = deck(
        note("Which?", "One.", 1, cues=("alpha", "beta", "gamma")),
        note("What?", "One.", 2, cues=("only one",)),
        note("Why?", "One.", 3, cues=("first", "second")),
    )
    rendered = faces(cards)
    page.set_content(PAGE.format(night="", face=""))
    for front, back in [*rendered, *rendered]:
        assert page.evaluate(SHOW, front) == []
        assert _cues(page) == []
        page.click("a.hint")
        assert len(_cues(page)) == 1
        if page.locator("button").count():
            page.click("button")
            assert len(_cues(page)) == 2
        assert page.locator("button").count() <= 1
        page.evaluate(SHOW, back)
        assert page.locator("button, .cues").count() == 0


@pytest.mark.parametrize("field", ["my own words", "<p>one</p><p>two</p>", "<ul><li>a</li><li>b</li></ul>"])
def test_a_hint_edited_on_the_phone_opens_whole(new_page: Callable[..., object], field: str) -> None:
    nodes, _ = parse_templates(load_templates(Settings()), Settings())
    face = render(nodes, dict.fromkeys((*FIELDS, *SPECIAL_FIELDS), "") | {"Question": "?", "Cues": field})
    page = new_page(360, 640)
    page.set_content(PAGE.format(night="", face=face))
    page.evaluate("document.querySelector('div.hint').style.display = 'block'")
    words = "a b" if "<li>" in field else "one two" if "<p>" in field else field
    assert page.locator("div.hint").inner_text().split() == words.split()


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
    assert page.evaluate(NUMBERS, "li") == ["right", "right"]


NUMBERS = """selector => [...document.querySelectorAll(selector)].map(item => {
  const step = getComputedStyle(item, "::before"), list = item.parentElement;
  if (step.content === "none") return getComputedStyle(list).direction === "rtl" ? "right" : "left";
  return parseFloat(step.right) < 0 ? "right" : parseFloat(step.left) < 0 ? "left" : "?";
})"""


@pytest.mark.parametrize(
    ("answer", "language", "sides"),
    [
        ("الصنف يأخذ خصائص الأب!\nC++ و Java تدعمها.", "ar", ["right", "right"]),
        ("C++ و Java تدعمها.\nثم يغيرها.", "ar", ["right", "right"]),
        ("מחלקה יורשת.\nPython תומכת.", "en", ["right", "right"]),
        ("Inheritance is وراثة.\nNothing else.", "en", ["left", "left"]),
        ("A class inherits.\nNothing else.", "ar", ["left", "left"]),
    ],
)
def test_steps_have_numbers_where_the_answer_begins(
    faces, new_page: Callable[..., object], answer: str, language: str, sides: list[str]
) -> None:
    page = new_page(360, 640)
    arabic = replace(deck(note("?", answer, 1)), language=language)
    _, back = faces(arabic)[0]
    page.set_content(PAGE.format(night="", face=back))
    assert page.evaluate(NUMBERS, ".answer li") == sides
    directions = "[...document.querySelectorAll('.answer li')].map(item => getComputedStyle(item).direction)"
    assert page.evaluate(directions) == [{"right": "rtl", "left": "ltr"}[side] for side in sides]


LINES = """() => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(".place"));
  return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
}"""
LONG_TITLE = "Interview Questions and Sample Answers – Challenges and Experience (Plain Text)"


@pytest.mark.parametrize(
    ("title", "category", "header"),
    [
        (LONG_TITLE, None, "Challenges and Experience"),
        ("Questions and answers for interviews: databases", None, "databases"),
        ("A short title – with a dash", None, "A short title – with a dash"),
        ("A long title in one part, which no sign divides (in its first draft)", None, None),
        (LONG_TITLE, "Behaviour", "Behaviour"),
        (LONG_TITLE, "A category of many words that says all there is to say about what is in it", None),
    ],
)
def test_header_is_the_category_or_the_short_title_on_one_line(
    faces, new_page: Callable[..., object], title: str, category: str | None, header: str | None
) -> None:
    asked = replace(deck(note("What is item 10?", "One.\nTwo.", 1234, category=category)), title=title)
    page = new_page(320, 640)
    for face in faces(asked)[0]:
        page.set_content(PAGE.format(night="", face=face))
        for width in (320, 360, 412, 600):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate(LINES) == 1
            assert measured(page)["over"] <= 0
        shown = page.inner_text(".place")
        assert shown == header if header else (category or title).startswith(shown)
        assert not {"1234", asked.notes[0].key} & set(page.inner_text("#qa").split())


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("mode", "kind"), [("RGBA", "png"), ("LA", "png"), ("P", "gif"), ("RGB", "png")])
def test_strokes_on_transparent_ground_are_seen(
    new_page: Callable[..., object], night: bool, mode: str, kind: str
) -> None:
    drawn = Picture.new("RGBA", (60, 60), (0, 0, 0, 0))
    drawn.paste((0, 0, 0, 255), (0, 0, 60, 20))
    picture = drawn.convert(mode)
    data = io.BytesIO()
    picture.save(data, kind, **({"transparency": 0} if mode == "P" else {}))
    if mode == "P":
        palette = Picture.new("P", (60, 60), 0)
        palette.putpalette([0, 0, 0, 0, 0, 0])
        palette.paste(1, (0, 0, 60, 20))
        data = io.BytesIO()
        palette.save(data, kind, transparency=0)
    source = replace(deck(note("?", (Image("a.png", "a"),), 1)), media={"a.png": data.getvalue()})
    phone = CardRenderer(Settings())
    _, back = phone.render_card(source.notes[0], source, {"a.png": data_url(f"a.{kind}", data.getvalue())})
    page = new_page(360, 640)
    face = f"<style>{phone.style}</style>{back}"
    page.set_content(PAGE.format(night="nightMode" if night else "", face=face))
    shot = Picture.open(io.BytesIO(page.locator("img").screenshot())).convert("L")
    stroke, ground = shot.getpixel((30, 5)), shot.getpixel((30, 50))
    assert stroke < 10
    assert ground > 240 if mode != "RGB" else ground < 10
