"""HTML of fields: lists as Anki's editor writes them; the order of the words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.model.questions import (
    Block,
    CodeBlock,
    Emphasis,
    Link,
    Paragraph,
    Span,
    Strikethrough,
    Strong,
    Superscript,
    Text,
)
from exporter.model.text import plain_text
from exporter.readers.html import (
    KNOWN_TAGS,
    Piece,
    PieceKind,
    html_blocks,
    html_text,
    parse_html,
    tree_reader,
)
from exporter.readers.html.simple_tree import parse_simple


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
        # HTML 5 moves words that are in no cell in front of the table
        ("<table><caption>c</caption><tr>stray<td>a</td><td>b</td></tr></table>", "stray\n\nc\n\na | b"),
        ("<td>a</td><td>b</td>", "a\n\nb"),
    ],
)
def test_what_a_list_holds_stays_in_its_order(html: str, text: str) -> None:
    assert plain_text(html_blocks(html)) == text


@pytest.mark.parametrize(
    "text",
    [
        "List<T>",
        "Map<String, List<? extends T>>",
        "List<t>",
        "template <typename T> T max(T a, T b)</T>",
        "#include <vector>",
        "<!DOCTYPE html>",
        "<?php echo 1 ?>",
        "<![CDATA[x]]>",
        "a <!-- not closed",
        "a < b and c > d",
        "</ x>",
        "1 <2> 3",
    ],
)
@pytest.mark.parametrize("html", ["{}", "<p>{}</p>"])
def test_typed_angle_brackets_stay_text(html: str, text: str) -> None:
    assert html_text(html.format(text)) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('a <b href="not closed <i>b</i>', 'a <b href="not closed <i>b</i>'),
        ("a<!-- b -->c", "ac"),
        ("a<!--> b -->c", "ac"),
        ("a<!-- <T> --!> -->c", "ac"),
        ("a<script>if (a < b) {}</script>c", "ac"),
        ("a<style>p { color: red }</STYLE >c", "ac"),
        ("a<script>never closed", "a"),
        ("a<script/>b", "ab"),
        ("<title>a <b>b</b></title><iframe><p>c</p></iframe>", "a b\n\nc"),
        ("<svg>a<link>b<p>c</svg>", "ab\n\nc"),
        ("one</br>two", "one\ntwo"),
        ("a&nbsp;&nbsp;b \n c&amp;nbsp;&#160;d", "a  b c&nbsp; d"),
        ("&lt;T&gt; &#60;T> &AMP; &notit; &sect1", "<T> <T> & ¬it; §1"),
        ('<img src="a.png" alt="List<T> > b">', "List<T> > b"),
        ("<details>a<summary>b</summary>c</details>", "a\n\nb\n\nc"),
        ('<ol class="steps"><li>a<br>b</li><li>c</li></ol>', "a\nb\nc"),
        ('<ol class="steps"><li>a</li><li><ul><li>b</li></ul></li></ol>', "1. a\n2. - b"),
    ],
)
def test_html_is_read_as_html_5_has_it(html: str, text: str) -> None:
    assert html_text(html) == text


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<b>a<p>b</b>c</p>", [(Strong((Text("a"),)),), (Strong((Text("b"),)), Text("c"))]),
        ("<i><p>a</p><p>b</p></i>", [(Emphasis((Text("a"),)),), (Emphasis((Text("b"),)),)]),
        ("<b>a<i>b</b>c</i>", [(Strong((Text("a"), Emphasis((Text("b"),)))), Emphasis((Text("c"),)))]),
        ("a <b>never closed <p>b", [(Text("a never closed"),), (Text("b"),)]),
        ("a <b/> b", [(Text("a b"),)]),
        ("<s>a<p>b</p></s>c", [(Strikethrough((Text("a"),)),), (Strikethrough((Text("b"),)),), (Text("c"),)]),
        ('<a href="x">a<sup>2</a></sup>', [(Link((Text("a"), Superscript((Text("2"),))), "x"),)]),
    ],
)
def test_emphasis_ends_where_its_element_ends(html: str, blocks: list[tuple[Span, ...]]) -> None:
    assert html_blocks(html) == tuple(Paragraph((line,)) for line in blocks)


@pytest.mark.parametrize(
    ("html", "block"),
    [
        ("<pre>\n\na&nbsp;b\n</pre>", CodeBlock("\na b", "")),
        (
            '<pre><code class="language-py">\na&lt;T><br>x<sup>2</sup></code></pre>',
            CodeBlock("a<T>\nx²", "py"),
        ),
        ("<pre>List<T> <s>gone</s></pre>", CodeBlock("List<T> ~~gone~~", "")),
    ],
)
def test_code_keeps_its_spaces_and_lines(html: str, block: Block) -> None:
    assert html_blocks(html) == (block,)


def test_pieces_begin_in_the_line_of_their_words() -> None:
    html = "<!--\n-->\n<details>\n<summary\n>Q</summary>\n\na\n<h2>\nB</h2>\n<p>\nc</p></details>"
    assert parse_html(html) == [
        Piece(PieceKind.DETAILS_START, 2),
        Piece(PieceKind.SUMMARY_START, 3),
        Piece(PieceKind.BLOCKS, 4, (Paragraph(((Text("Q"),),)),)),
        Piece(PieceKind.SUMMARY_END, 4),
        Piece(PieceKind.BLOCKS, 6, (Paragraph(((Text("a"),),)),)),
        Piece(PieceKind.HEADING, 8, (Paragraph(((Text("B"),),)),), 2),
        Piece(PieceKind.BLOCKS, 10, (Paragraph(((Text("c"),),)),)),
        Piece(PieceKind.DETAILS_END, 10),
    ]


@pytest.mark.parametrize(
    "tag", ["b", "i", "span", "div", "ul", "ol><li", "table><tr><td", "blockquote", "sup"]
)
def test_deep_nesting_keeps_all_words(tag: str) -> None:
    end = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    text = html_text(f"w <{tag}>" * 1500 + f"w {end}" * 1500)
    assert len(re.findall("w", text)) == 3000


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


TAGS = sorted(KNOWN_TAGS - {"script", "style"})
NOISE = st.one_of(
    st.just(" w "),
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(("<T>", "<!-- c -->", "<!", "</", "<?", '<a href="x">', '<span class="math inline">')),
)


@given(st.lists(NOISE, max_size=30).map("".join))
def test_no_order_of_tags_loses_a_word(html: str) -> None:
    text = html_text(html)
    assert text.count("w") == len(re.findall(r"(?<= )w(?= )", html))
    assert text.count("<T>") == html.count("<T>")


def test_a_definition_list_without_terms_is_text() -> None:
    (piece,) = parse_html("<dl>no term</dl>")
    assert plain_text(piece.blocks) == "no term"


SIMPLE_PARTS = (
    *(
        "a",
        " ",
        "\n",
        "&amp;",
        "&nbsp;",
        "&lt;b>",
        "&#65;",
        "&notit;",
        "\t",
        "é",
        " b ",
        "x < y",
        "?",
        "\n\n",
    ),
    *("<b>", "</b>", "<i>", "</i>", "<br>", "<br/>", "<P>", "</p>", "<code>", "</code>", "<sup >", "</sup>"),
    *(
        "<em>",
        "</em>",
        "<b>a</b>",
        "<p>a</p>",
        "<p><b>",
        "</b></p>",
        "<strong>",
        "</strong\n>",
        "<u>",
        "</u>",
    ),
)


@given(st.lists(st.sampled_from(SIMPLE_PARTS), max_size=12).map("".join))
def test_simple_html_is_read_as_the_parser_reads_it(html: str) -> None:
    read = parse_html(html)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree_reader, "parse_simple", lambda html: None)
        assert parse_html(html) == read


@pytest.mark.parametrize(
    ("html", "is_simple"),
    [
        ("a<br>b", True),
        ("<p>a <b>b</b></p>\n<p>c</p>", True),
        ("<p>a<p>b</p></p>", False),
        ("<b>a<i>b</b></i>", False),
        ("<b>a", False),
        ("<b class='x'>a</b>", False),
        ("<ul><li>a</li></ul>", False),
        ("</br>", False),
    ],
)
def test_which_html_is_simple(html: str, is_simple: bool) -> None:
    assert (parse_simple(html) is not None) == is_simple
