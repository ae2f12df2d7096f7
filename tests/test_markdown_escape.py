"""CommonMark renders exactly the words, and the sheets read well as plain text too."""

from __future__ import annotations

import html
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.model.markdown_escape import escape
from tests.answers_form import parser
from tests.strategies import TRICKY, words

_SPACES = st.sampled_from(" \t\n\r")
_ANY_TEXT = st.one_of(
    words(), st.text(st.one_of(_SPACES, st.sampled_from("a*_"), st.characters(codec="utf-8")))
)


def _rendered(markdown: str) -> str:
    """Return the words that CommonMark, with tables and strikethrough, shows for one paragraph."""
    shown = parser(math=False).render(markdown)
    assert shown.count("<p>") == shown.count("<") / 2 or not shown, shown
    return html.unescape(shown.removeprefix("<p>").removesuffix("</p>\n"))


@pytest.mark.parametrize("text", TRICKY)
def test_tricky_words_come_out_as_they_are(text: str) -> None:
    assert _rendered(escape(text)) == text


@given(_ANY_TEXT)
def test_any_words_come_out_as_they_are(text: str) -> None:
    # NUL has no place in Markdown; the parser takes some control characters for space around a text.
    text = text.strip("\x0b\x0c\x1c\x1d\x1e\x1f\x85")
    assert _rendered(escape(text)) == text.replace("\0", "\ufffd")


@pytest.mark.parametrize(
    "text",
    [
        "I implemented the API, wrote basic tests, and then quickly updated the template.",
        "It was slow (about 3.5 s) – why? Because of `N+1` queries!".replace("`", "'"),
        "2 * 3 = 6, a < b, R&D, C#, C++, 50 %, #1, ~5 ms, $5 and $6, a | b",
        "snake_case and user@example.com at https://example.com/a_b?c=1&d=2",
        "array[0] [optional] (see below): yes/no; {x} \"quoted\" 'single' – dash… C:\\dir",
        "-5 degrees", "--flag", "1.5 times", "2024 was fine.", "#hashtag", "+1", "...",
    ],
)  # fmt: skip
def test_ordinary_words_have_no_backslash(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. First", "1\\. First"),
        ("1) First", "1\\) First"),
        ("- item", "\\- item"),
        ("# heading", "\\# heading"),
        ("> quotation", "\\> quotation"),
        ("===", "\\==="),
        ("---", "\\---"),
        ("|---|:-:|", "\\|---|:-:|"),
        ("List<String>", "List\\<String>"),
        ("&amp;", "\\&amp;"),
        ("[x](y)", "[x\\](y)"),
        ("[x]: y", "[x\\]: y"),
        ("[x] done", "\\[x] done"),
        ("**bold**", "\\*\\*bold\\*\\*"),
        ("__init__", "\\_\\_init\\_\\_"),
        ("ends\\", "ends\\\\"),
        ("\\(x\\)", "\\\\(x\\\\)"),
        ("$$x$$", "$\\$x\\$\\$"),
        ("    code", "&#32;   code"),
        ("\tcode ", "&#9;code&#32;"),
        ("a\nb", "a&#10;b"),
        ("https://example.com/*a*", "https\\://example.com/\\*a\\*"),
    ],
)
def test_what_is_escaped(text: str, expected: str) -> None:
    assert escape(text) == expected


@pytest.mark.parametrize(
    "char", ["\\", "*", "_", "`", "&", "]", "#", "~", " ", "www.", "http://", "_a", "&#"]
)
def test_long_text_takes_linear_time(char: str) -> None:
    start = time.perf_counter()
    escape("a" + char * 200_000 + "a")
    assert time.perf_counter() - start < 2
