"""Nothing that a person types is lost, or becomes active, on the way into Anki's fields."""

from __future__ import annotations

import html.parser
import json
import sqlite3
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.anki.escape import escape_text
from exporter.anki.fields import render_answer
from exporter.anki.highlight import highlight_code
from exporter.anki.html import AnkiHtml
from exporter.model.html import render_line
from exporter.model.questions import (
    Code,
    Emphasis,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from exporter.model.text import paragraph, plain_text
from exporter.readers.html import html_blocks, html_text
from tests.projects import Project

TYPED = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\xa0\u2028\u2029"), max_size=60
)
ACTIVE = st.sampled_from(
    "<script> </b> {{c1:: }} [sound:x.mp3] \\( \\) \\[ [latex] [/latex] [$] [$$] [anki:play:q:0] "
    "<!-- --> &lt; &#x41; <img/src=x/onerror=alert(1)> { \\ [".split()
)


class _Reader(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: set[str] = set()
        self.runs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.runs.append("")

    def handle_endtag(self, tag: str) -> None:
        self.runs.append("")

    def handle_data(self, data: str) -> None:
        self.words += data
        self.runs = [*self.runs[:-1], (self.runs[-1] if self.runs else "") + data]

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def _read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


@given(st.lists(st.one_of(TYPED, ACTIVE)).map("".join))
def test_text_shows_as_typed_and_does_nothing(text: str) -> None:
    page = escape_text(text)
    reader = _read(page)
    assert reader.words == text
    assert reader.tags <= {"span"}
    for active in ("{{", "[sound:", "[anki:", "[latex]", "[/latex]", "[$]", "[$$]"):
        assert active not in page.lower()
    for run in reader.runs:
        assert "\\(" not in run
        assert "\\[" not in run


@given(st.lists(TYPED.filter(str.strip), min_size=2, max_size=6))
def test_each_line_of_an_answer_is_a_step_of_its_own(lines: list[str]) -> None:
    page = render_answer((paragraph(*lines),), {})
    assert page.count("<li>") == len(lines)
    assert html_text(page) == "\n".join(lines)


def test_rich_text_keeps_its_form() -> None:
    line = (
        Text("a < b "),
        Strong((Text("bold"), Emphasis((Text("both"),)))),
        Code("List<String>"),
        Link((Text("here"),), "https://example.org/?a=1&b=2"),
        Link((Text("there"),), "javascript:alert(1)"),
        Math("x^2 < y"),
    )
    assert render_line(line, AnkiHtml()) == (
        "a &lt; b <strong>bold<em>both</em></strong><code>List&lt;String&gt;</code>"
        '<a href="https://example.org/?a=1&amp;b=2">here</a>there\\(x^2 &lt; y\\)'
    )


def test_raised_struck_and_quoted_text_round_trips_by_html() -> None:
    spans = (
        Text("2"),
        Superscript((Text("31"),)),
        Subscript((Text("a+1"),)),
        Strikethrough((Strong((Text("x"),)), Text("y"))),
    )
    table = Table(((Text("h"),), (Text("k"),)), (((Text("a"), LineBreak(), Text("b")), (Text("c"),)),))
    tasks = ListBlock(((paragraph("☐ a"),), (paragraph("☑ b"),)))
    quote = Quote((paragraph("q", "r"), ListBlock(((paragraph("z"),),)), Quote((paragraph("n"),))))
    page = render_answer((Paragraph((spans,)), table, tasks, quote), {})
    assert page == (
        "<p>2<sup>31</sup><sub>a+1</sub><s><strong>x</strong>y</s></p>"
        '<div class="table"><table><thead><tr><th>h</th><th>k</th></tr></thead>'
        "<tbody><tr><td>a<br>b</td><td>c</td></tr></tbody></table></div>"
        '<ul class="tasks"><li>☐ a</li><li>☑ b</li></ul>'
        "<blockquote><p>q<br>r</p><ul><li>z</li></ul><blockquote><p>n</p></blockquote></blockquote>"
    )
    assert html_text(page) == plain_text((Paragraph((spans,)), table, tasks, quote))
    assert html_blocks(page) == (Paragraph((spans,)), table, tasks, quote)


CODE = st.text(st.sampled_from("abc (){}[]\\<>&'\"\n\t#;=:0 "), max_size=80)


@given(CODE, st.sampled_from(["python", "js", "sql", "html", "bash", "", "no such language"]))
def test_highlighted_code_keeps_every_character(code: str, language: str) -> None:
    assert _read(highlight_code(code, language)).words == code


def test_code_is_highlighted_in_classes() -> None:
    page = highlight_code('x = "a" if y else None  # why', "python")
    assert '<span class="k">if</span>' in page
    assert '<span class="c1"># why</span>' in page
    assert "style=" not in page


def test_one_line_is_no_step() -> None:
    assert render_answer((Paragraph(((Text("Only this."),),)),), {}) == "<p>Only this.</p>"


@pytest.fixture(scope="module")
def package_text() -> Callable[[bytes], str]:
    def read(data: bytes) -> str:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(data)
        lines = []
        for name, model in connection.execute("select 'models', models from col"):
            for one in json.loads(model).values():
                fields = ", ".join(field["name"] for field in one["flds"])
                lines.append(f"{name}: {one['id']} {one['name']}: {fields}; {one['tmpls'][0]['name']}")
        rows = connection.execute(
            "select n.guid, n.mod, n.tags, c.due, n.flds from notes n join cards c on c.nid = n.id "
            "order by c.due"
        )
        for guid, modified, tags, due, fields in rows:
            lines += ["", f"{due} {guid} {modified}{tags}".rstrip()]
            lines += [f"  {field}" for field in fields.split("\x1f")]
        connection.close()
        return "\n".join(lines) + "\n"

    return read


def test_the_package_of_the_real_questions(
    project: Project, golden: Callable[[str, str], None], package_text: Callable[[bytes], str]
) -> None:
    project.build("--to", "anki", now=1_767_225_600)
    data = zipfile.ZipFile(project.package).read("collection.anki2")
    golden("interview-questions.anki.txt", package_text(data))
