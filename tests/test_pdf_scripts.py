"""Scripts that run from right to left, or whose letters join."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import fontpkg
import pytest

from exporter.cards import bidi, shaping
from exporter.cards.block_layout import lay_out_answer
from exporter.cards.card_metrics import card_metrics
from exporter.cards.font_set import Fonts
from exporter.cards.stocks import BY_NAME
from exporter.config.choices import PrintMode
from exporter.exporters.pdf import export
from exporter.model.text import paragraph
from tests.pdf_decks import body_chars, cards, deck, note, options, read

needs_libraries = pytest.mark.skipif(not shaping.is_available(), reason="needs exporter[scripts]")
ARABIC = "Noto Sans Arabic"
needs_arabic = pytest.mark.skipif(
    importlib.util.find_spec("fontpkg_noto_sans_arabic") is None, reason="needs fontpkg-noto-sans-arabic"
)


def visible(text: str) -> str:
    """Return a text without its spaces and without what glyphs beyond the letters give back."""
    return text.replace(" ", "").replace(shaping.INVISIBLE, "")


def back(data: bytes, mode: PrintMode = PrintMode.SHORT_EDGE) -> list[dict[str, object]]:
    with read(data) as pdf:
        return body_chars(pdf.pages[1], mode)


@needs_libraries
def test_devanagari_joins_and_can_be_read_back() -> None:
    exported = export(deck(note("क्या?", "क्षेत्र")), options(pdf_duplex="short-edge"), 0)
    assert exported.diagnostics == ()
    chars = back(exported.files[0].data)
    # six characters become fewer glyphs, which together are still copied as the whole text
    assert "".join(str(char["text"]) for char in chars) == "क्षेत्र"
    assert len([char for char in chars if char["text"]]) < len("क्षेत्र")


@needs_libraries
def test_a_line_is_put_in_the_order_of_the_file() -> None:
    hebrew, english = "שלום", "abc 12"
    order = bidi.reorder([(f"{hebrew} {english}", 0)], is_base_rtl=True)
    assert [(run.text.strip(), run.is_rtl) for run in order] == [(english, False), (hebrew, True)]
    order = bidi.reorder([(f"{english} {hebrew}", 0)], is_base_rtl=False)
    assert [(run.text.strip(), run.is_rtl) for run in order] == [(english, False), (hebrew, True)]
    assert bidi.is_rtl(f"{hebrew} {english}") and not bidi.is_rtl(f"{english} {hebrew}")


@needs_libraries
@pytest.mark.parametrize(
    ("text", "is_base_rtl", "expected"),
    [
        # the end of a line from right to left that has no such letters: its full stop is on the left
        ("factorial(5).", True, [".", "factorial(5)"]),
        ("factorial(5).", False, ["factorial(5)."]),
        # a pair of brackets goes with the word before it, if what is in it runs as that does
        ("א f(5) ב", True, [" ב", "f(5)", "א "]),
        ("א (f) g", True, ["g", ") ", "f", "א ("]),
        ("a (א) b", False, ["a (", "א", ") b"]),
        ("a(א [b] ב)c", False, ["a(", "א", " [b] ", "ב", ")c"]),
        # brackets that do not pair are like other marks
        ("א f(5 ב", True, [" ב", "f(5", "א "]),
    ],
)
def test_brackets_and_stops_stay_with_their_words(text: str, is_base_rtl: bool, expected: list[str]) -> None:
    assert [run.text for run in bidi.reorder([(text, 0)], is_base_rtl)] == expected


@needs_libraries
def test_styles_keep_to_their_words_when_the_order_turns() -> None:
    order = bidi.reorder([("שלום ", 0), ("עולם", 1), (" ok", 0)], is_base_rtl=True)
    assert [(run.text.strip(), run.style) for run in order] == [("ok", 0), ("", 0), ("עולם", 1), ("שלום", 0)]


@needs_libraries
@needs_arabic
def test_arabic_is_joined_and_set_from_the_right_edge() -> None:
    text = "مرحبا بالعالم"
    data = cards(deck(note("Q?", text)), pdf_duplex="short-edge", pdf_font=ARABIC)
    chars = back(data)
    read_back = "".join(str(char["text"]) for char in chars)
    assert sorted(visible(read_back)) == sorted(visible(text))
    # the first letter read is the one farthest to the right
    first = max(chars, key=lambda char: float(str(char["x1"])))
    assert str(first["text"]).startswith("م")
    with read(data) as pdf:
        assert float(str(first["x1"])) > pdf.pages[1].width * 0.8


@needs_arabic
def test_a_users_font_can_be_a_file_or_an_installed_family() -> None:
    source = deck(note("Q?", "سلام"))
    path = str(fontpkg.path(ARABIC))
    assert Path(path).is_file()
    for name in (path, ARABIC):
        assert export(source, options(pdf_font=name), 0).diagnostics == ()


@needs_arabic
def test_an_installed_family_needs_no_setting() -> None:
    assert export(deck(note("Q?", "سلام")), options(), 0).diagnostics == ()


def test_missing_shaping_libraries_give_a_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shaping, "is_available", lambda: False)
    exported = export(deck(note("Q?", "क्षेत्र")), options(), 0)
    assert [diagnostic.code for diagnostic in exported.diagnostics] == ["script-support"]
    assert (
        exported.diagnostics[0].hint
        == "Install the libraries that shape them: pip install 'exporter[scripts]'."
    )
    assert "".join(str(char["text"]) for char in back(exported.files[0].data, PrintMode.LONG_EDGE)) == (
        "क्षेत्र"
    )


@needs_libraries
def test_joined_letters_give_equal_bytes_in_any_order() -> None:
    source = deck(note("क्या?", "क्षेत्र"))
    first = cards(source)
    cards(deck(note("Q?", "हिन्दी में और शब्द")))
    assert cards(source) == first


@needs_libraries
@pytest.mark.parametrize(
    ("lines", "language", "expected"),
    [
        (("الصنف يأخذ", "C++ و Java تدعمها.", "Java only."), "ar", [True, True, False]),
        (("C++ و Java تدعمها.", "الصنف يأخذ"), "ar", [True, True]),
        (("מחלקה יורשת.", "Python תומכת."), "en", [True, True]),
        (("Python תומכת.", "מחלקה יורשת."), "en", [False, True]),
        (("One.", "Two."), "ar", [False, False]),
    ],
)
def test_steps_run_as_their_answer_does(lines: tuple[str, ...], language: str, expected: list[bool]) -> None:
    context = card_metrics(BY_NAME["a4-3x5"].card).context(Fonts(), lambda _: None, language)
    assert [line.is_rtl for line in lay_out_answer((paragraph(*lines),), context)] == expected
