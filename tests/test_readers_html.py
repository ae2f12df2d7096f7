"""HTML of fields: lists as Anki's editor writes them; the order of the words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.model.text import plain_text
from exporter.readers.html import html_blocks


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<ul><li>first</li><ul><li>inner</li></ul><li>second</li></ul>",
            "- first\n\n  - inner\n- second",
        ),
        (
            "<ol><li>a</li><ul><li>b</li><ul><li>c</li></ul><li>d</li></ul><li>e</li></ol>",
            "1. a\n\n   - b\n\n     - c\n   - d\n2. e",
        ),
        ("<ul><li>a</li><div>line</div><li>b</li></ul>after", "- a\n\n  line\n- b\n\nafter"),
        ("<ol>before<li>a</li>between<li>b</li></ol>", "before\n\n1. a\n\n   between\n2. b"),
        ("<ul><ul><li>deep</li></ul><li>a</li></ul>", "- - deep\n- a"),
        ("<ul><li>a<ul><li>b</li></ul>c</li><li>d</li></ul>", "- a\n\n  - b\n\n  c\n- d"),
        ("<ol><li>a</li><ol><li>b</li></ol></ol><div>x</div><div>y</div>", "1. a\n\n   1. b\n\nx\n\ny"),
        ("<table><caption>c</caption><tr>stray<td>a</td><td>b</td></tr></table>", "c\n\nstray\n\na | b"),
    ],
)
def test_what_a_list_holds_stays_in_its_order(html: str, text: str) -> None:
    assert plain_text(html_blocks(html)) == text


words = st.just("w")
pieces = st.recursive(
    words,
    lambda inner: st.one_of(
        st.builds(
            lambda tag, children: f"<{tag}>{''.join(children)}</{tag}>",
            st.sampled_from(("ul", "ol", "li", "div", "p", "b", "blockquote", "span")),
            st.lists(inner, max_size=3),
        ),
        st.builds(lambda one, other: f"{one}<br>{other}", inner, inner),
    ),
    max_leaves=12,
)


@given(st.lists(pieces, max_size=4))
def test_each_word_is_read_in_its_order(parts: list[str]) -> None:
    count = 0

    def number(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f" w{count}. "

    html = re.sub(r"\bw\b", number, "".join(parts))
    read = plain_text(html_blocks(html))
    assert re.findall(r"w\d+", read) == [f"w{each + 1}" for each in range(count)]
