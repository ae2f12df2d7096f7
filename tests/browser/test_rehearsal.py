"""The rehearsal as a person uses it: on a phone, with the keys alone, and with a screen reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.model.deck import Deck
from exporter.web.preview_page import render_preview
from tests.browser.hard_decks import hard, hostile
from tests.browser.looks import check, measured
from tests.pdf_decks import deck, note, seed

pytestmark = pytest.mark.slow


def three() -> Deck:
    """Return three questions with cues, in two categories."""
    return deck(
        note("What is an index?", "A sorted copy.\nFaster reads.", 1, cues=("sorted copy", "faster reads")),
        note("What is a lock?", "One writer at a time.", 2, cues=("one writer",), category="Threads"),
        note("What is a queue?", "It absorbs peaks.", 3, cues=("absorbs peaks",), category="Threads"),
        title="Three questions",
    )


@pytest.fixture
def rehearsed(tmp_path: Path, new_page: Callable[..., object]):
    """Return a function that opens the rehearsal of a deck on a phone, with a fake clock."""

    def opened(source: Deck, night: bool = False, address: str = "#rehearse"):
        path = tmp_path / "preview.html"
        path.write_text(render_preview([source], Settings()).html, encoding="utf-8")
        page = new_page(360, 640, night)
        page.clock.install(time=0)
        page.goto(path.as_uri() + address)
        page.clock.pause_at(60_000)
        return page

    return opened


def _stage(page) -> str:
    return page.eval_on_selector("[data-stage]:not([hidden])", "element => element.dataset.stage")


def _focus(page) -> str:
    """Return the id or, in the card, the class of the focused element."""
    return page.evaluate(
        "(() => { const at = document.activeElement; return at.shadowRoot?.activeElement?.className || at.id; })()"
    )


def _question(page) -> str:
    return page.inner_text("#spot .question")


def _spoken(page) -> str:
    return page.text_content("#rehearsal-spoken")


def test_keys_alone_go_through_a_round(rehearsed) -> None:
    page = rehearsed(three())
    assert _stage(page) == "start"
    assert _focus(page) == "rehearsal-title"
    page.keyboard.press("Enter")
    assert (_question(page), _focus(page)) == ("What is an index?", "question")
    assert _spoken(page) == "Question 1 of 3"
    page.keyboard.press(" ")
    assert page.locator("#spot .cues li").all_inner_texts() == ["sorted copy"]
    assert _spoken(page) == "Cue 1 of 2: sorted copy"
    page.keyboard.press("ArrowRight")
    assert page.locator("#spot .answer").count() == 0, "an answer that was not seen cannot be judged"
    page.keyboard.press(" ")
    assert page.locator("#spot .cues li").all_inner_texts() == ["sorted copy", "faster reads"]
    page.keyboard.press(" ")
    assert page.locator("#spot .answer li").count() == 2
    assert (_focus(page), _spoken(page)) == ("answer", "Answer")
    page.keyboard.press("ArrowLeft")
    assert _question(page) == "What is a lock?"
    page.keyboard.press("Enter")
    assert "One writer" in page.inner_text("#spot .answer")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Backspace")
    assert "One writer" in page.inner_text("#spot .answer")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    # Both come again after all others, the second time only one of them.
    assert (_question(page), page.inner_text("#position")) == ("What is an index?", "Once more, 2 left")
    for key in ("Enter", "ArrowLeft", "Enter", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    assert _question(page) == "What is an index?"
    page.keyboard.press("ArrowRight")
    assert (_stage(page), _focus(page)) == ("summary", "summary-title")
    assert page.inner_text("#summary-title") == "1 of 3 said at once"
    assert page.locator("#again-list a").all_inner_texts() == ["What is an index?", "What is a lock?"]
    assert page.locator("#again-list .why").all_inner_texts() == ["missed twice", "missed once"]
    assert "sorted copy\xa0· faster reads" in page.inner_text("#again-list")


def test_touches_show_each_cue_and_the_answer(rehearsed) -> None:
    page = rehearsed(three())
    page.click("#begin")
    page.click("#spot .question")
    assert page.inner_text("#cue") == "Cue 2 of 2"
    page.click("#cue")
    assert not page.is_visible("#cue")
    assert _focus(page) == "answer"
    page.click("#spot .cues")
    assert "Faster reads" in page.inner_text("#spot .answer")
    page.click("#spot .answer")
    assert page.is_visible("#said"), "a tap on the answer judges nothing"
    for button in ("said", "answer", "said", "answer", "said"):
        page.click(f"#{button}")
    assert page.inner_text("#summary-title") == "All 3 said at once"
    assert not page.is_visible("#again")
    page.click("#new-round")
    assert _stage(page) == "start"


def test_the_answer_to_a_long_question_comes_into_sight(rehearsed) -> None:
    page = rehearsed(deck(note("Why is this so long? " * 60, "It just is.", 1), title="Long"))
    page.keyboard.press("Enter")
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("Enter")
    box = page.locator("#spot .answer").bounding_box()
    assert box["y"] >= 0 and box["y"] + box["height"] <= page.locator("#said").bounding_box()["y"]


def test_buttons_are_large_enough_for_a_thumb(rehearsed) -> None:
    page = rehearsed(three())
    for act in ("#begin", "#answer", "#pause", "#end"):
        for box in (
            found.bounding_box()
            for found in page.query_selector_all("#rehearsal :is(button, select, .pair label, .button)")
        ):
            assert not box or min(box["width"], box["height"]) >= 48, box
        page.click(act)


def test_a_seed_gives_the_same_shuffle(rehearsed) -> None:
    orders = []
    for address in ("#rehearse=7", "#rehearse=7", "#rehearse=8"):
        page = rehearsed(seed(), address=address)
        page.keyboard.press("Enter")
        order = []
        for _ in range(28):
            order.append(_question(page))
            page.keyboard.press("Enter")
            page.keyboard.press("ArrowRight")
        orders.append(order)
    assert orders[0] == orders[1] != orders[2]
    assert {tuple(sorted(order)) for order in orders} == {tuple(sorted(orders[0]))}
    assert len(set(orders[0])) == 28


def test_order_and_time_are_remembered(rehearsed) -> None:
    page = rehearsed(three())
    page.check("[value=shuffled]")
    for _ in range(3):
        page.click("#shorter")
    assert page.inner_text("#limit") == "0:30"
    page.reload()
    assert page.is_checked("[value=shuffled]")
    assert page.inner_text("#limit") == "0:30"
    page.click("#shorter")
    assert page.inner_text("#limit") == "no clock"
    assert page.is_disabled("#shorter")
    page.click("#begin")
    assert page.inner_text("#pause") == "Pause"


def test_clock_runs_pauses_and_tells_when_the_time_is_over(rehearsed) -> None:
    page = rehearsed(three())
    page.keyboard.press("Enter")
    page.clock.run_for(65_500)  # half a second: the page looks four times a second
    assert page.inner_text("#clock") == "0:55"
    page.keyboard.press("Escape")
    assert (_stage(page), _focus(page)) == ("paused", "paused-title")
    page.clock.run_for(60_000)
    page.keyboard.press("Escape")
    assert page.inner_text("#clock") == "0:55"
    page.clock.run_for(25_000)
    assert _spoken(page) == "30 seconds left"
    page.clock.run_for(30_000)
    assert _spoken(page) == "The time is over."
    page.clock.run_for(5_000)
    assert page.inner_text("#clock") == "+0:05"
    page.keyboard.press("Enter")
    page.clock.run_for(60_000)
    assert page.inner_text("#clock") == "+0:05", "the clock stops at the answer"
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#clock") == "2:00"
    page.keyboard.press("Escape")
    page.click("#end")
    assert page.inner_text("#again-list .why") == "said, but it took 2:05"
    assert page.inner_text("#summary-words") == "2:05 in all · 2 not asked"


def test_clock_rests_while_the_page_is_not_seen(rehearsed) -> None:
    page = rehearsed(three())
    page.keyboard.press("Enter")
    page.clock.run_for(10_500)
    for state in ("hidden", "visible"):
        page.evaluate(
            f"Object.defineProperty(document, 'visibilityState', {{value: '{state}', configurable: true}});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
        if state == "hidden":
            page.clock.run_for(90_000)
    page.clock.run_for(1_000)
    assert page.inner_text("#clock") == "1:49"


def test_a_reload_continues_where_the_round_was(rehearsed) -> None:
    page = rehearsed(three())
    for key in ("Enter", "Enter", "ArrowLeft", " "):
        page.keyboard.press(key)
    page.clock.run_for(20_000)
    page.reload()
    assert _question(page) == "What is a lock?"
    assert page.locator("#spot .cues li").all_inner_texts() == ["one writer"]
    assert page.inner_text("#position") == "2 of 3 · Threads"
    page.keyboard.press("Escape")
    page.click("#end")
    page.reload()
    assert page.inner_text("#summary-title") == "0 of 3 said at once"
    assert page.inner_text("#again-list .why") == "missed once, not said yet"


def test_a_category_or_what_was_missed_can_be_chosen(rehearsed) -> None:
    page = rehearsed(three())
    options = page.locator("#which option")
    assert options.all_inner_texts() == ["All (3)", "Other questions (1)", "Threads (2)"]
    page.select_option("#which", label="Threads (2)")
    page.click("#begin")
    for button in ("answer", "missed", "answer", "said", "answer", "said"):
        page.click(f"#{button}")
    assert page.inner_text("#only-these") == "Rehearse this one"
    page.click("#new-round")
    assert options.all_inner_texts()[1] == "Missed last time (1)"
    page.select_option("#which", index=1)
    page.click("#begin")
    assert _question(page) == "What is a lock?"
    page.click("#answer")
    page.click("#said")
    page.click("#new-round")
    assert len(options.all_inner_texts()) == 3


def test_a_page_that_may_store_nothing_still_rehearses(rehearsed, new_page) -> None:
    page = rehearsed(three())
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page.reload()
    page.click("#begin")
    page.click("#answer")
    page.click("#missed")
    assert _question(page) == "What is a lock?"


@pytest.mark.parametrize("kept", ["[1, 2", '"text"', '{"order": "x", "limit": "long"}', "null"])
def test_what_another_page_stored_does_no_harm(rehearsed, kept: str) -> None:
    page = rehearsed(three())
    page.evaluate(
        "kept => { for (const name of ['settings', 'missed', 'round']) for (const where of [localStorage, sessionStorage])"
        " where.setItem(`exporter.rehearsal.${name}`, kept); }",
        kept,
    )
    page.reload()
    assert page.inner_text("#limit") == "2:00"
    page.click("#begin")
    assert _question(page) == "What is an index?"


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_every_view_can_be_read(rehearsed, night: bool) -> None:
    page = rehearsed(hard(), night)
    check(measured(page))
    page.keyboard.press("Enter")
    for _ in hard().notes:
        check(measured(page))
        while page.locator("#spot .answer").count() == 0:
            page.keyboard.press(" ")
            check(measured(page))
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    check(measured(page))
    page.click("#end")
    check(measured(page))
    assert page.evaluate("document.documentElement.classList.contains('night')") is night


def test_night_can_be_switched_in_a_rehearsal(rehearsed) -> None:
    page = rehearsed(three())
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    page.wait_for_selector("#spot .card.nightMode")
    page.keyboard.press("n")
    page.wait_for_selector("#spot .card:not(.nightMode)")


def test_it_is_ready_for_a_screen_reader(rehearsed) -> None:
    page = rehearsed(three())
    tree = page.locator("body").aria_snapshot()
    for part in (
        'main "Three questions"',
        'heading "Three questions" [level=1]',
        'combobox "Questions"',
        'group "Order"',
        'radio "In order" [checked]',
        'group "Time for each"',
        'button "30 seconds less"',
        'link "All cards"',
    ):
        assert part in tree, tree
    assert "banner" not in tree
    page.keyboard.press("Enter")
    page.keyboard.press(" ")
    tree = page.locator("body").aria_snapshot()
    for part in (
        'heading "What is an index?" [level=1]',
        "listitem: sorted copy",
        'progressbar "Said"',
        'button "Pause, 2:00"',
        'button "Cue 2 of 2"',
        "status: ",
    ):
        assert part in tree, tree
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    reached = _focus(page)
    page.keyboard.press("Enter")
    assert (reached, _focus(page)) == ("answer", "answer")
    assert page.locator("#spot .answer").count() == 1


def test_rehearsal_opens_and_closes_by_address_and_button(rehearsed) -> None:
    page = rehearsed(three(), address="")
    assert not page.is_visible("#rehearsal")
    page.click("#to-rehearsal")
    assert _stage(page) == "start"
    assert not page.is_visible("#card")
    assert page.title() == "Rehearsal – Three questions"
    page.keyboard.press("ArrowRight")
    page.click("[data-stage=start] .leave")
    # the address changes first, and the page follows
    page.locator("#rehearsal").wait_for(state="hidden", timeout=5000)
    assert page.get_attribute("[data-key][aria-current]", "data-key") == three().notes[0].key
    assert _focus(page) == "to-rehearsal"
    page.go_back()
    assert _stage(page) == "start"


def test_nothing_hostile_runs_or_changes_the_page(rehearsed) -> None:
    page = rehearsed(hostile())
    page.keyboard.press("Enter")
    for source in hostile().notes:
        question = source.question.question[0].lines[0][0].text.strip()
        assert question in page.inner_text("#spot .question")
        page.keyboard.press(" ")
        assert question in page.inner_text("#spot .cues")
        page.keyboard.press(" ")
        assert question in page.inner_text("#spot .answer")
        active = "#spot :is(script, img, svg, iframe, link, meta, a), #again script"
        assert page.locator(active).count() == 0
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    page.click("#end")
    assert page.locator("#again-list li").count() == len(hostile().notes)
    assert page.evaluate("window.hacked") is None
    assert page.url.startswith("file:")


def test_a_decks_own_style_stays_in_the_card(tmp_path: Path, new_page: Callable[..., object]) -> None:
    own = tmp_path / "templates" / "anki"
    own.mkdir(parents=True)
    (own / "style.css").write_text(
        ".card { color: rgb(1, 2, 3) } button, .actions { display: none } .question { position: fixed; inset: 0 }",
        encoding="utf-8",
    )
    path = tmp_path / "preview.html"
    path.write_text(
        render_preview([three()], Settings(templates=str(tmp_path / "templates"))).html, encoding="utf-8"
    )
    page = new_page(360, 640)
    page.goto(path.as_uri() + "#rehearse")
    page.click("#begin")
    assert page.evaluate(
        "getComputedStyle(document.querySelector('#spot').shadowRoot.querySelector('.question')).color"
    ) == ("rgb(1, 2, 3)")
    page.click("#answer", timeout=5000)
    page.click("#said", timeout=5000)


def test_an_empty_deck_says_so(rehearsed) -> None:
    page = rehearsed(deck(title="Nothing yet"))
    assert page.is_visible("#none-to-rehearse")
    assert page.is_disabled("#begin")
    page.keyboard.press("Enter")
    assert _stage(page) == "start"


def test_a_question_that_a_new_build_lacks_leaves_the_round(rehearsed, tmp_path: Path) -> None:
    page = rehearsed(three())
    page.keyboard.press("Enter")
    fewer = deck(*three().notes[1:], title="Three questions")
    (tmp_path / "preview.html").write_text(render_preview([fewer], Settings()).html, encoding="utf-8")
    page.reload()
    assert _question(page) == "What is a lock?"
    assert page.inner_text("#position") == "1 of 2 · Threads"
    kept = json.loads(page.evaluate("sessionStorage.getItem('exporter.rehearsal.round')"))
    assert kept["round"]["queue"] == [one.key for one in fewer.notes]
