"""The fonts of the preview: a browser shows the letters and signs that are printed."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

from fontTools.ttLib import TTFont

from exporter.cards.svg import CardsSvg, cards_svg
from exporter.model.questions import Code, Paragraph, Text
from tests.made_fonts import write_font
from tests.pdf_decks import deck, note, options

RULE = re.compile(r'font-family:"([^"]*)";(.*);src:url\(data:font/ttf;base64,(.*)\)')


def draw(answer: str, **values: object) -> CardsSvg:
    return cards_svg(deck(note("Q?", answer)), options(**values), str)  # type: ignore[arg-type]


def read_others(cards: CardsSvg) -> list[tuple[set[int], set[int]]]:
    """Return for each rule of further characters the range it names, and the characters of its font."""
    found = []
    for family, descriptors, data in RULE.findall(cards.font_faces):
        if family == "Cue card signs":
            ranges = {int(code, 16) for code in re.findall(r"U\+([0-9A-F]+)", descriptors)}
            found.append((ranges, set(TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap())))
    return found


def test_only_what_is_lacking_is_embedded() -> None:
    assert read_others(draw("Plain text.")) == []
    assert sorted(map(sorted, (ranges for ranges, _ in read_others(draw("∀ ✅ │"))))) == [
        [0x2200, 0x2705],
        [0x2502],
    ]


def test_embedded_fonts_have_their_characters(tmp_path: Path) -> None:
    han = write_font(tmp_path / "han.ttf", "漢字")
    for ranges, chars in read_others(draw("∀ ✅ │ 漢 ⚠️ 👩‍💻", pdf_font=str(han))):
        assert ranges and ranges <= chars | {0xFE0F}


def test_sequence_is_drawn_by_its_own_glyph() -> None:
    cards = draw("👩‍💻 ⚠️")
    ((ranges, chars),) = read_others(cards)
    (private,) = (code for code in ranges if code >= 0x100000)
    assert private in chars and 0x26A0 in chars
    back = cards.cards["k00000000001"][0].back or ""
    assert chr(private) in back and "\u200d" not in back


def test_joiners_of_letters_are_kept() -> None:
    text = "क्\u200dष"
    assert text in (draw(text).cards["k00000000001"][0].back or "")


def test_code_has_its_face() -> None:
    line = (Text("Call "), Code("f(x)"), Text(" first."))
    source = deck(note("Q?", (Paragraph((line,)),)))
    rules = [family for family, _, _ in RULE.findall(cards_svg(source, options(), str).font_faces)]
    assert "Cue card code" in rules and "Cue card" in rules


def test_same_cards_have_the_same_fonts() -> None:
    first = draw("∀ ✅ │").font_faces
    draw("👩‍💻 →")
    assert draw("∀ ✅ │").font_faces == first
