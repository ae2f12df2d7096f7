"""Content that looks like code stays inert in every field and every export."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pypdf
import pytest
from markdown_it import MarkdownIt

from exporter.anki.html import AnkiHtml
from exporter.anki.note_type import load_builtin_scripts, load_templates
from exporter.config.settings import Settings, with_values
from exporter.model.deck import Deck
from exporter.model.html import render_line
from exporter.model.questions import Link, Paragraph, Question, Text
from exporter.model.text import paragraph
from exporter.pipeline.export_runner import export
from exporter.pipeline.loader import load_source
from tests.engine.phone import Phone, visible
from tests.notes import decks_of, make_note, plan_sources
from tests.projects import Project

NOW = 1_767_225_600

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '"><img src=x onerror=alert(1)>',
    "comment": "--><script>alert(1)</script><!--",
    "end": "</style></title></textarea></code></pre><svg onload=alert(1)>",
    "quote": "' onmouseover='alert(1)' x='",
    "mustache": "{{Key}}{{#Notes}}{{/Notes}}{{{Key}}}{{cloze:Question}}",
    "jinja": "{{ 7*7 }}{% for x in y %}{# z #}{{ ''.__class__ }}",
    "PDF": ") Tj ET Q endstream endobj /JS (app.alert(1)) /Launch << \\",
    "octal": "\\051 Tj \\) (",
    "Markdown": "![x](javascript:alert(1)) [y](javascript:alert(1)) <javascript:alert(1)>",
    "entity": "&lt;script&gt;&#60;img src=x&#62;",
    "sound": "[sound:x.mp3][latex]x[/latex][$]x[/$][anki:play:q:0]",
    "TeX": "\\(\\input{/etc/passwd}\\) \\[\\href{javascript:alert(1)}{x}\\]",
    "directive": "--- title: x --- ::: {.x} <?php echo 1 ?> <%= 1 %> ${7*7} #{7*7}",
    "formula": "=HYPERLINK(1) @SUM(1) +1 -1 |cmd",
}
"""What a field may hold; one line each."""

SAFE_ELEMENTS = set(
    "a b blockquote br code del div em h1 h2 h3 h4 hr li ol p pre span strong table tbody td th thead tr ul".split()
)


def built(folder: Path, text: str) -> tuple[Deck, dict[str, bytes]]:
    """Build questions with a text in every field, and return their exports."""
    question = {
        "number": 1,
        "question": f"Q {text}",
        "answer": f"A {text}\nsecond {text}",
        "cues": [f"C {text}", text],
        "category": f"K {text}",
        "tags": [text],
        "notes": f"N {text}",
        "id": f"I {text}",
    }
    # A file's name may hold all but a slash.
    name = re.sub(r"[/\0]", "∕", text)[:60]
    source = folder / f"{name}.json"
    source.write_text(json.dumps({"schema": 1, "title": f"T {text}", "questions": [question]}), "utf-8")
    options = with_values(Settings(), {"deck": f"D {text}"})
    ready = plan_sources([source], options, NOW)
    assert not [one for one in ready.diagnostics if one.severity == "error"], ready.diagnostics
    (deck,) = decks_of(ready)
    made = export([deck], ["anki", "pdf", "markdown"], options, NOW)
    return deck, {file.name.removeprefix(deck.stem): file.data for file in made.files}


class _Elements(HTMLParser):
    """Collects the elements of a page and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def check_inert(page: str, elements: set[str]) -> None:
    """Check that a page has only harmless elements, without event handlers and scripts."""
    for tag, attributes in _Elements(page).found:
        if tag == "img" and set(attributes) == {"src", "alt"} and attributes["src"] == "x.png":
            continue  # the one picture that a source asks for
        assert tag in elements, f"<{tag}> {attributes}"
        for name, value in attributes.items():
            assert not name.startswith("on"), f"<{tag} {name}>"
            assert not re.match(r"\s*(javascript|vbscript|data):", value or "", re.IGNORECASE), value


def without_cue_script(page: str) -> str:
    """Return a card's face without the one script of our own that it has, to the letter."""
    (script,) = load_builtin_scripts()
    return page.replace(f"<script>{script}</script>", "", 1)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
def test_on_the_phone(tmp_path: Path, text: str) -> None:
    _, files = built(tmp_path, text)
    package = tmp_path / "deck.apkg"
    package.write_bytes(files[".apkg"])
    phone = Phone(tmp_path)
    try:
        assert phone.import_package(package).new == 1
        (key,) = phone.notes()
        front, back = phone.faces(key)
    finally:
        phone.close()
    # The engine's own hint is a link with a handler, and the only one.
    for page in (front, back):
        page = re.sub(r"<style>.*?</style>", "", page, count=1, flags=re.DOTALL)
        page = re.sub(
            r'<a class=hint href="#"\s+onclick="[^"<]*" draggable=false>\s*Cues</a>',
            "",
            page,
            count=1,
            flags=re.DOTALL,
        )
        page = without_cue_script(page)
        check_inert(page, SAFE_ELEMENTS)
        assert "[sound:" not in page
        assert "[latex]" not in page
        assert "\\(" not in page
    words = squeezed(visible(back))
    for letter in "QAN":
        assert squeezed(f"{letter} {text}") in words


ACTIVE = {
    "/JS",
    "/JavaScript",
    "/Launch",
    "/URI",
    "/OpenAction",
    "/AA",
    "/SubmitForm",
    "/EmbeddedFile",
    "/Annots",
}


def _names(reader: pypdf.PdfReader) -> Iterator[str]:
    """Return all names of all dictionaries of a PDF."""
    stack: list[object] = [reader.trailer]
    seen: set[int] = set()
    while stack:
        each = stack.pop()
        if isinstance(each, pypdf.generic.IndirectObject):
            if each.idnum not in seen:
                seen.add(each.idnum)
                stack.append(each.get_object())
        elif isinstance(each, dict):
            yield from each
            stack.extend(
                each.values()
                if not isinstance(each, pypdf.generic.DictionaryObject)
                else [each.raw_get(name) for name in each]
            )
        elif isinstance(each, list):
            stack.extend(each)
        elif isinstance(each, str) and each.startswith("/"):
            yield each


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
def test_on_paper(tmp_path: Path, text: str) -> None:
    _, files = built(tmp_path, text)
    reader = pypdf.PdfReader(io.BytesIO(files["-cards.pdf"]), strict=True)
    assert not ACTIVE & set(_names(reader))
    words = squeezed("".join(page.extract_text() for page in reader.pages)).replace("-", "")
    for letter in "QA":
        assert squeezed(f"{letter} {text}").replace("-", "") in words
    assert reader.metadata is not None
    assert reader.metadata.title == f"T {text}"
    assert [entry.get("/Title") for entry in _flat(reader.outline)] == [f"K {text}", f"1. Q {text}"]


def _flat(outline: list[object]) -> Iterator[dict[str, object]]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        elif isinstance(entry, dict):
            yield entry


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
def test_on_the_sheets(tmp_path: Path, text: str) -> None:
    _, files = built(tmp_path, text)
    for name, letters in (("-answers.md", "TQAN"), ("-cheatsheet.md", "TQC")):
        page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(files[name].decode())
        check_inert(page, SAFE_ELEMENTS - {"del"})
        words = squeezed(visible(page))
        for letter in letters:
            assert squeezed(f"{letter} {text}") in words, f"{letter} in {name}"


RICH = """## 1. What [is](javascript:alert(1)) <b onclick="alert(1)">this</b>?

![<script>alert(1)</script>](x.png "onerror=alert(1)")

[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](&#106;avascript:alert(1)) [d](data:text/html,<script>alert(1)</script>)
[e](vbscript:x) [f]( javascript:alert(1)) [g](https://example.com/"onclick="alert(1)) <javascript:alert(1)>

<script>alert(1)</script> <iframe src="javascript:alert(1)"></iframe> <svg onload="alert(1)"><a href="java&#9;script:alert(1)">x</a>

```"><script>alert(1)</script>
</code></pre><script>alert(1)</script>
```

| a | <img src=x onerror=alert(1)> |
|---|---|
| </td><script>alert(1)</script> | `</code><script>` |

$\\href{javascript:alert(1)}{x}$ \\(</span><script>alert(1)</script>\\)
"""


def test_markdown_that_wants_to_act(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(RICH)
    ready = plan_sources([tmp_path / "a.md"], Settings(), NOW)
    made = export(decks_of(ready), ["anki", "pdf", "markdown"], Settings(), NOW)
    files = {file.name: file.data for file in made.files}
    for name in ("a-answers.md", "a-cheatsheet.md"):
        check_inert(MarkdownIt("commonmark").enable("table").render(files[name].decode()), SAFE_ELEMENTS)
    assert not ACTIVE & set(_names(pypdf.PdfReader(io.BytesIO(files["a-cards.pdf"]))))
    (tmp_path / "a.apkg").write_bytes(files["a.apkg"])
    phone = Phone(tmp_path)
    try:
        phone.import_package(tmp_path / "a.apkg")
        fields = next(iter(phone.notes().values()))
    finally:
        phone.close()
    for value in fields.values():
        check_inert(value, SAFE_ELEMENTS)


def test_our_own_templates_have_no_script_but_that_of_the_cues() -> None:
    front, back, style = load_templates(Settings())
    assert (front + back).count("<script") == 1
    check_inert(without_cue_script(front + back), SAFE_ELEMENTS)
    assert "<" not in style
    assert not re.search(r"url\(|@import|expression", style)


def test_a_source_is_not_a_template(project: Project) -> None:
    text = "Title {{ 7*7 }}\n\nQuestion 1: {% include 'x' %}{{ self }}?\nAnswer:\n{{ ''.__class__ }}\n"
    project.write(text)
    loaded = load_source(project.source, Settings())
    assert loaded.questions.title == "Title {{ 7*7 }}"
    project.build()
    assert b"49" not in project.exports()["interview-questions-cheatsheet.md"]


ADDRESSES = (
    "javascript:x",
    " JavaScript:x",
    "java\tscript:x",
    "&#106;avascript:x",
    "data:text/html,x",
    "vbscript:x",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_that_would_act_is_its_words(address: str) -> None:
    note = make_note(
        "k3f40n7cp6h3",
        Question((Paragraph(((Link((Text("words"),), address),),)),), (paragraph("x"),)),
        0,
        0,
        1,
    )
    deck = Deck("D", "T", "a", "a.txt", "en", (note,))
    files = export([deck], ["anki", "markdown"], Settings(), NOW).files
    for file in files[1:]:
        assert b"script:" not in file.data
        assert b"data:" not in file.data
        assert b"words" in file.data
    assert "href" not in render_line((Link((Text("words"),), address),), AnkiHtml())
