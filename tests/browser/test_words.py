"""The pages in German, as a person uses them: no English word is seen or read aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.config.words import ENGLISH, find_words
from exporter.sheets.html import render_page
from exporter.sheets.sheet_setup import make_setup
from exporter.web.preview_page import render_preview
from tests.pdf_decks import deck, note
from tests.test_words import COMMANDS, SAME_IN_GERMAN, words_of

pytestmark = pytest.mark.slow

TEXTS = ("Was ist das?", "Es ist ein Test.", "ein Test", "Wie geht es?", "Gut.")
ENGLISH_WORDS = (
    words_of(" ".join(asdict(ENGLISH).values()))
    - words_of(" ".join((*asdict(find_words("de")).values(), *TEXTS)))
    - SAME_IN_GERMAN
    - COMMANDS
)
SEEN = """() => {
  const labels = [...document.querySelectorAll("[aria-label], [title], [placeholder]")].flatMap(
    (part) => [part.ariaLabel, part.title, part.placeholder]);
  return [document.title, document.body.innerText, ...labels].filter(Boolean).join("\\n");
}"""


def check(page) -> None:
    page.wait_for_timeout(50)
    seen = page.evaluate(SEEN)
    for frame in page.frames[1:] if page.locator("#screen").is_visible() else ():
        seen += frame.evaluate("() => document.body.innerText")
    assert not words_of(seen) & ENGLISH_WORDS, seen


def test_german_pages_have_no_english_word(tmp_path: Path, new_page: Callable[..., object]) -> None:
    first = note(TEXTS[0], TEXTS[1], cues=(TEXTS[2], "Test"), category="Eins")
    second = note(TEXTS[3], TEXTS[4], number=2)
    source = replace(deck(first, second, title="Fragen"), language="de", card_language="de")
    path = tmp_path / "preview.html"
    path.write_text(render_preview([source], Settings()).html, "utf-8")
    page = new_page(1280, 900, False)
    page.goto(path.as_uri())
    page.frame_locator("#screen iframe").locator("a.hint", has_text="Stichworte").wait_for(timeout=5000)
    check(page)
    page.keyboard.press("c")
    page.frame_locator("#screen iframe").locator("button.next", has_text="(2 von 2)").wait_for(timeout=5000)
    page.keyboard.press("Space")
    page.fill("#search", "Test")
    assert page.inner_text("#found") == "1 von 2 Fragen"
    check(page)
    page.click("#to-rehearsal")
    check(page)
    page.click("#begin")
    page.click("#cue")
    check(page)
    page.click("#answer")
    page.click("#missed")
    page.click("#pause")
    assert "„Nicht gewusst“ zurücknehmen" in page.inner_text("#take-back")
    check(page)
    page.click("#go-on")
    page.click("#answer")
    page.click("#said")
    assert "Noch einmal, 1 übrig" in page.inner_text("#position")
    page.click("#answer")
    page.click("#said")
    assert "1 von 2 auf Anhieb gewusst" in page.inner_text("#summary-title")
    assert "einmal nicht gewusst" in page.inner_text("#again-list")
    check(page)
    path.write_text(render_page(source, make_setup(Settings()), Settings()), "utf-8")
    page.goto(path.as_uri())
    page.fill("#search", "xyz")
    assert page.inner_text("#matches") == "0 Fragen"
    check(page)
