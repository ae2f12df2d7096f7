"""The preview as a person uses it: with the keys, with the mouse, by day and by night."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.anki.note_type import load_builtin_scripts
from exporter.config.settings import Settings
from exporter.model.deck import Deck
from exporter.web.preview_page import render_preview
from tests.browser.hard_decks import hard, hostile
from tests.browser.looks import check, measured
from tests.pdf_decks import deck, seed
from tests.pdf_decks import note as make_note
from tests.processes import started
from tests.projects import Project

pytestmark = pytest.mark.slow


@pytest.fixture
def shown(tmp_path: Path, new_page: Callable[..., object]):
    """Return a function that opens the preview of a deck and returns the page."""

    def opened(source: Deck, width: int = 1280, height: int = 900, night: bool = False):
        path = tmp_path / "preview.html"
        path.write_text(render_preview([source], Settings()).html, encoding="utf-8")
        page = new_page(width, height, night)
        page.goto(path.as_uri())
        return page

    return opened


def _phone(page):
    """Return the body of the frame that shows the card, once it is loaded."""
    body = page.frame_locator("#screen iframe").locator("body.card")
    body.wait_for(timeout=5000)
    return body


def _next(page, key: str) -> None:
    """Go to the next card, and wait until it is the one of this key."""
    page.keyboard.press("ArrowRight")
    page.locator(f"[data-key={key}][aria-current]").wait_for(state="attached", timeout=5000)


def _text(page, words: str) -> None:
    """Wait until the card shows these words."""
    page.frame_locator("#screen iframe").locator("#qa", has_text=words).wait_for(timeout=5000)


def _press_in_card(page, key: str) -> None:
    """Press a key that replaces the card, with the focus in the card.

    The event is made by a script. Chromium does not acknowledge a key of the debugging protocol
    whose event removes the frame that has the focus: about one in 40 presses would never return.
    """
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    _phone(page).evaluate(
        """(body, key) => {
            const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            setTimeout(() => document.activeElement.dispatchEvent(event));
        }""",
        key,
    )


def test_the_keys_do_everything(shown) -> None:
    page = shown(seed())
    _text(page, "What challenges did you face")
    page.keyboard.press("c")
    page.frame_locator("#screen iframe").locator("ul.cues").wait_for(state="visible")
    page.keyboard.press(" ")
    _text(page, "One big challenge I faced was working")
    page.keyboard.press(" ")
    assert "One big challenge I faced was working with" not in _phone(page).inner_text()
    page.keyboard.press("ArrowRight")
    _text(page, "Tell me about a difficult bug")
    assert page.get_attribute("[data-key][aria-current]", "data-key") == seed().notes[1].key
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    _text(page, "What challenges did you face")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("deadline n /")
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""
    assert page.get_attribute("#night", "aria-pressed") == "false"
    page.keyboard.press("n")
    assert page.get_attribute("#night", "aria-pressed") == "true"
    page.frame_locator("#screen iframe").locator("body.nightMode").wait_for()


def test_keys_work_with_the_focus_in_the_card(shown) -> None:
    page = shown(seed())
    _text(page, "What challenges")
    page.frame_locator("#screen iframe").locator(".question").click()
    _press_in_card(page, "ArrowRight")
    _text(page, "difficult bug")
    _press_in_card(page, " ")
    _text(page, "outdated numbers")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    page.keyboard.press("n")
    page.frame_locator("#screen iframe").locator("body.nightMode").wait_for()


def test_a_tap_opens_the_cues_and_the_button_the_answer(shown) -> None:
    page = shown(seed())
    card = page.frame_locator("#screen iframe")
    card.locator("a.hint").click()
    card.locator("ul.cues").wait_for(state="visible")
    page.click("#flip")
    _text(page, "One big challenge I faced was working")
    assert page.inner_text("#flip") == "Show question"
    page.click("#next")
    _text(page, "Tell me about a difficult bug")
    page.click("text=Describe a time you had a tight deadline.")
    _text(page, "tight deadline")
    assert page.url.endswith("#" + seed().notes[2].key)


def test_cues_come_one_at_a_time_by_taps_and_keys(shown) -> None:
    cues = ("alpha", "beta", "gamma", "delta")
    page = shown(deck(make_note("Which?", "One.", 1, cues=cues), make_note("What?", "Two.", 2, cues=cues)))
    card = page.frame_locator("#screen iframe")
    seen = card.locator(".cues li:visible")
    card.locator("a.hint").click()
    assert seen.all_inner_texts() == ["alpha"]
    card.locator("button").click()
    assert seen.all_inner_texts() == ["alpha", "beta"]
    page.keyboard.press(" ")  # on the button, it presses that, and does not turn the card
    assert seen.all_inner_texts() == ["alpha", "beta", "gamma"]
    _press_in_card(page, "ArrowRight")
    _text(page, "What?")
    for count in (1, 2, 3, 4, 4):
        page.keyboard.press("c")
        card.locator(".cues li:visible").nth(count - 1).wait_for()
        assert seen.all_inner_texts() == list(cues)[:count]


def test_the_search_filters_and_leads_on(shown) -> None:
    page = shown(seed())
    page.fill("#search", "DEADLINE templâte")
    assert page.inner_text("#found") == "1 of 28 questions"
    assert page.locator("#list li:visible").count() == 1
    page.keyboard.press("Enter")
    _text(page, "tight deadline")
    page.keyboard.press("ArrowRight")
    _text(page, "tight deadline")
    page.fill("#search", "no such words at all")
    assert page.inner_text("#found") == "0 of 28 questions"
    page.fill("#search", "")
    assert page.inner_text("#found") == "28 questions"
    page.fill("#search", "8wkzzz")
    page.fill("#search", seed().notes[6].key)
    assert page.locator("#list li:visible").count() == 1


def test_the_cards_beside_have_both_sides(shown) -> None:
    page = shown(seed())
    page.wait_for_selector("#sheets svg")
    front, back = (drawing.text_content() for drawing in page.query_selector_all("#sheets svg"))
    assert "What challenges did you face" in front
    assert "One big challenge" in back
    for drawing in page.query_selector_all("#sheets svg"):
        edge = drawing.bounding_box()
        for text in drawing.query_selector_all("text"):
            box = text.bounding_box()
            assert box["x"] >= edge["x"] and box["x"] + box["width"] <= edge["x"] + edge["width"]
            assert box["y"] >= edge["y"] and box["y"] + box["height"] <= edge["y"] + edge["height"]
    assert page.evaluate("document.fonts.check('16px \"Cue card\"')")


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("size", [(1280, 900), (820, 1100), (360, 640)], ids=["desktop", "tablet", "phone"])
def test_everything_can_be_read(shown, size: tuple[int, int], night: bool) -> None:
    page = shown(hard(), *size, night)
    for number, note in enumerate(hard().notes):
        if number:
            _next(page, note.key)
        for _ in range(2):
            frame = _phone(page)
            page.keyboard.press("c")
            page.wait_for_timeout(50)
            check(measured(frame))
            assert frame.evaluate("document.body.classList.contains('nightMode')") is night
            check(measured(page))
            page.keyboard.press(" ")


def test_the_card_is_as_wide_as_the_phone(shown) -> None:
    page = shown(seed())
    assert _phone(page).evaluate("[innerWidth, innerHeight]") == [360, 640]


def test_it_is_ready_for_a_screen_reader(shown) -> None:
    page = shown(seed())
    _text(page, "What challenges")
    tree = page.locator("body").aria_snapshot()
    for part in (
        "banner",
        'navigation "Questions"',
        "main",
        'searchbox "Search the questions"',
        "contentinfo",
    ):
        assert part in tree, tree
    for name in ("Previous question", "Show answer", "Next question", "Night"):
        assert f'button "{name}"' in tree
    assert re.search(r'img "The front of the cue card: .*What challenges', tree)
    assert page.get_attribute("iframe", "title") == "The card as on the phone, its question"
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#spoken") == "Question 2 of 28: Tell me about a difficult bug you fixed."
    assert page.evaluate("document.documentElement.lang") == "en"

    names = []
    # a browser continues from the last focus, even after a blur
    page.evaluate(
        "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
    )
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className || document.activeElement.dataset.key"
            )
        )
    assert names[:4] == ["skip", "to-rehearsal", "night", "search"]
    assert names[4] == seed().notes[0].key


def test_nothing_hostile_runs_or_reaches_the_network(shown) -> None:
    page = shown(hostile())
    for number, note in enumerate(hostile().notes):
        if number:
            _next(page, note.key)
        for _ in range(2):
            frame = _phone(page)
            page.keyboard.press("c")
            page.wait_for_timeout(20)
            assert frame.evaluate("window.hacked") is None
            assert page.evaluate("window.hacked") is None
            active = "#qa img, #qa svg, #qa iframe, #qa link, #qa meta"
            assert frame.locator(active).count() == 0
            assert set(frame.locator("#qa script").all_text_contents()) <= set(load_builtin_scripts())
            page.keyboard.press(" ")
    assert page.url.startswith("file:")


def test_a_hostile_template_is_kept_still(tmp_path: Path, new_page: Callable[..., object]) -> None:
    own = tmp_path / "templates" / "anki"
    own.mkdir(parents=True)
    trap = "".join(
        (
            "<img src=\"http://evil.example/a.png\" onerror=\"parent.postMessage({key: 'n'}, '*')\">",
            "<script>parent.postMessage({key: 'n'}, '*'); fetch('http://evil.example/')</script>",
            "<link rel=stylesheet href='http://evil.example/c.css'>{{Question}}",
        )
    )
    (own / "front.html").write_text(trap, encoding="utf-8")
    (own / "style.css").write_text(
        "@import 'http://evil.example/d.css'; .card { background: url(http://evil.example/e.png) } </style><script>x</script>",
        encoding="utf-8",
    )
    path = tmp_path / "preview.html"
    path.write_text(
        render_preview([seed()], Settings(templates=str(tmp_path / "templates"))).html, encoding="utf-8"
    )
    refusals = ("Loading the", "Executing inline", "Refused to", "Connecting to")
    page = new_page(1280, 900, expected=refusals, refused="http://evil.example/")
    sent: list[str] = []
    page.on("requestfinished", lambda request: sent.append(request.url))
    page.on("response", lambda answer: sent.append(answer.url))
    page.route("**/*evil.example/**", lambda route: (sent.append(route.request.url), route.abort()))
    page.goto(path.as_uri())
    _text(page, "What challenges")
    page.wait_for_timeout(300)
    assert page.get_attribute("#night", "aria-pressed") == "false"
    assert not [url for url in sent if "evil" in url]


def test_an_empty_deck_says_so(shown) -> None:
    page = shown(deck(title="Nothing yet"))
    assert page.inner_text("#empty") == "No question has an answer yet."
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")


def test_a_served_page_follows_each_build(project: Project, new_page: Callable[..., object]) -> None:
    with started(project, "watch", "--serve=0", "--to", "markdown") as watching:
        url = "http://" + watching.until("The preview is at").split("/")[2] + "/"
        watching.until("Watching for changes.")
        page = new_page(1280, 900)
        page.goto(url)
        _text(page, "What challenges")
        page.keyboard.press("ArrowRight")
        page.keyboard.press(" ")
        page.keyboard.press("n")
        _text(page, "outdated numbers")
        good = project.source.read_text("utf-8")
        project.source.write_bytes(b"\0\1\2\3" * 50)
        page.locator("#message", has_text="has errors").wait_for()
        project.write(good.replace("outdated numbers", "stale numbers"))
        _text(page, "stale numbers")
        assert page.inner_text("#message") == ""
        assert page.get_attribute("#night", "aria-pressed") == "true"
        watching.stop()
        page.locator("#message", has_text="has stopped").wait_for()
