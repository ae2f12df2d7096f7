"""Tags that are markup, tags that a text mentions, and HTML that is skipped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.readers.markup.detection import find_markup, quote_text_tags
from exporter.readers.markup.skipped_html import find_skipped_lines
from exporter.readers.markup.tags import find_tags
from tests.endless import ends

MENTIONED = [
    "What is the difference between <b> and <strong>?",
    "<b> is looks, <strong> is meaning.",
    "Metadata: <title>, <meta>, <link>.",
    "List<b> and Map<K,V> are safe.",
    "std::vector<int>, <T> and if a<b and c>d",
    "Use <p>…</p> or <p>...</p> or <div></div>",
    "Put <b> before and </b> after.",
    "A `<b>bold</b>` word",
    "What does <a href> do? What does <a href='x.html'> do?",
    "<ol><li> holds an item",
    "<ul> holds <li>; close it with </ul>.",
    "An item is <li>text</li>, a cell <td>text</td>.",
    "<script>alert(1)</script> runs code, <style>p {}</style> does not.",
    "</b> closes <b>",
    "<br> vs <br/>",
    "The <br> tag and <hr>, <wbr>.",
    "<br>",
    "<img>",
    'What does <img src="cat.png"> do?',
    '<input type="text"> and <a>link</a>',
    "A reading is <rt>kan</rt>.",
    "<!-- a comment --> is <!-- one -->",
    "<p>",
]

MARKUP = [
    "<b>bold</b> and <i>slanted <u>lines</u></i>",
    "crossed <i>a <b>c</i> d</b>",
    "one<br>two<br/>three <br />four",
    "one <br> two",
    "x<sup>2</sup> and H<sub>2</sub>O",
    "<code>==</code> and <b>+</b>",
    '<a href="https://example.org">a link</a>',
    "<ul><li>a<li>b</ul>",
    "<ol>\n <li>a</li>\n <li>b <ul><li>c</li></ul> d</li>\n</ol>",
    "<table><tr><th>a<th>b<tr><td>c<td></table>",
    "<div>One</div><div><br></div><div>Two</div><p></p>",
    "<p> spaced </p>\n<div>\ntext\n</div>",
    '<pre><code><span class="k">if</span></code></pre>',
    '<img src="cat.png" alt="A cat">',
    '<font color="red">red</font>',
    "<ruby>漢<rt>kan<rp>)</rp></ruby>",
    'Click the <img src="save.png">, then <b>wait</b>.',
]


@pytest.mark.parametrize("text", MENTIONED)
def test_tag_that_a_text_mentions_is_text(text: str) -> None:
    assert find_markup(text) == set()
    assert "<" not in quote_text_tags(text, ())


@pytest.mark.parametrize("text", MARKUP)
def test_balanced_or_void_tag_is_markup(text: str) -> None:
    assert find_markup(text) == {tag.start for tag in find_tags(text)}
    assert quote_text_tags(text, find_markup(text)) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>bold</b> is not <b>", "<b>bold</b> is not &lt;b>"),
        ("<code><b>x</b></code>", "<code>&lt;b>x&lt;/b></code>"),
        ("<i>List<T></i> a<b", "<i>List&lt;T></i> a&lt;b"),
        ("<ul><li>a <td></ul> <li>", "<ul><li>a &lt;td></ul> &lt;li>"),
    ],
)
def test_markup_and_mentioned_tags_can_be_mixed(text: str, html: str) -> None:
    assert quote_text_tags(text, find_markup(text)) == html


@given(st.lists(st.sampled_from(("<b>", "</b>", "<ul>", "<li>", "</ul>", "<br>", "word", " ", "<", ">"))))
def test_text_other_than_markup_is_escaped(parts: list[str]) -> None:
    text = "".join(parts)
    markup = find_markup(text)
    html = quote_text_tags(text, markup)
    assert html.replace("&lt;", "<") == text
    assert html.count("<") == len(markup)


@pytest.mark.parametrize(
    "unit",
    ["<b>", "</b>", "<b>x</b>", "<b> ", "<ul><li>", "<", "<a href=", "`", "``a`b", "<!--", "<br>", "<a "],
)
def test_many_tags_are_read_in_one_pass(unit: str) -> None:
    with ends():
        find_markup(unit * (35_000 // len(unit)))
        find_skipped_lines(unit * (35_000 // len(unit)))


@pytest.mark.parametrize(
    "html",
    [
        "<script>run()</script>",
        "<style>p {}</style>",
        "<!-- a note -->",
        '<video src="a.mp4"></video>',
        '<iframe src="https://example.org"></iframe>',
        '<a href="https://example.org"></a>',
        "<img alt='none'>",
        "Use <strong> for this.",
        "<title>A page</title>",
    ],
)
def test_html_without_text_is_skipped(html: str) -> None:
    assert find_skipped_lines(f"one\n{html}\nthree") == [(1, 2)]


@pytest.mark.parametrize(
    "html",
    [
        "<b>bold</b><br><p>a<p>b<ul><li>c</ul>",
        '<a name="top"></a><a href="x"><img src="a.png"></a><!-- -->',
        '<a href="x">words</a>',
    ],
)
def test_html_that_is_read_is_not_skipped(html: str) -> None:
    assert find_skipped_lines(html) == []
