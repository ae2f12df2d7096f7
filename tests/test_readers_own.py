"""Our own sheet of answers reads back as the questions it was made from."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.config.settings import Settings
from exporter.cues import Cue, emphasize_cues
from exporter.model.emphasis import iter_lines
from exporter.model.questions import (
    Block,
    Code,
    CueStrong,
    Emphasis,
    Line,
    Link,
    Paragraph,
    Question,
    Span,
    Strong,
    Text,
)
from exporter.model.text import line_text, paragraph
from exporter.readers import load
from exporter.readers.decoding.decode import decode
from exporter.sheets.markdown.sheet import make_entry, render_sheet
from tests.answers_form import read_answers
from tests.markdown_parsers import PARSERS
from tests.strategies import questions

SEED = Path(__file__).parent.parent / "input" / "interview-questions.txt"


def _read(path: str, data: bytes, reader: str) -> tuple[str | None, tuple[Question, ...]]:
    source, _ = decode(path, data)
    assert source is not None
    questions = load(reader)(source, Settings()).questions
    return questions.title, tuple(replace(question, span=None) for question in questions.questions)


def _bold(text: str) -> Strong:
    return Strong((Text(text),))


def _cue(text: str) -> CueStrong:
    return CueStrong((Text(text),))


def test_the_sheet_of_the_real_questions_reads_back() -> None:
    golden = Path(__file__).parent / "golden" / "interview-questions-answers.md"
    assert _read("a.md", golden.read_bytes(), "markdown") == _read("a.txt", SEED.read_bytes(), "plain")


def test_numbered_items_are_lines_only_where_we_wrote_them() -> None:
    render_sheet = b'<!-- exporter: answers, form 1 -->\n\n## A? <a id="q-1"></a>\n\n1. x\n2. y\n'
    _, (own,) = _read("a.md", render_sheet, "markdown")
    _, (other,) = _read("a.md", b"## A?\n\n1. x\n2. y\n", "markdown")
    assert "Paragraph" in str(own.answer)
    assert "ListBlock" in str(other.answer)


@st.composite
def marked_questions(draw: st.DrawFn) -> tuple[Question, tuple[Block, ...]]:
    """A question, and its answer with any of its words in bold as those of cues."""
    question = draw(questions())
    cues = []
    for index, line in enumerate(iter_lines(question.answer)):
        start, stop = sorted(draw(st.tuples(st.integers(0, 12), st.integers(0, 40))))
        cues.append(Cue("", index, start, min(stop, len(line_text(line)))))
    return question, emphasize_cues(replace(question, cues=()), cues)


def _sheet(question: Question, emphasized: tuple[Block, ...] | None) -> str:
    return render_sheet("answers", "Title", [make_entry(question, "1", (), emphasized)], Settings())


@given(marked_questions())
def test_bold_of_cues_is_no_part_of_the_question(marked: tuple[Question, tuple[Block, ...]]) -> None:
    question, emphasized = marked
    with_bold = _sheet(question, emphasized)
    without = _sheet(question, None).replace("answers, form 2", "answers, form 1", 1)
    assert _read("a.md", with_bold.encode(), "markdown") == _read("a.md", without.encode(), "markdown")
    assert read_answers(with_bold) == ("Title", (question,))


_BOLD_LINES: list[tuple[str, Line]] = [
    ("**load the data once** at the start", (_cue("load the data once"), Text(" at the start"))),
    ("we __never__ **retry it**.", (Text("we "), _bold("never"), Text(" "), _cue("retry it"), Text("."))),
    ("set <strong>\\_\\_init\\_\\_</strong> once", (Text("set "), _bold("__init__"), Text(" once"))),
    ("call __init__ **first**", (Text("call "), _bold("init"), Text(" "), _cue("first"))),
    ("(__Redis__), then", (Text("("), _bold("Redis"), Text("), then"))),
    ("a<strong>b</strong>c", (Text("a"), _bold("b"), Text("c"))),
    ("a<b>(b)</b>c", (Text("a"), _cue("(b)"), Text("c"))),
    ("__cache *every* read__", (Strong((Text("cache "), Emphasis((Text("every"),)), Text(" read"))),)),
    ("*use __one__ key*", (Emphasis((Text("use "), _bold("one"), Text(" key"))),)),
    ("*use <b>one</b> key*", (Emphasis((Text("use "), _cue("one"), Text(" key"))),)),
    ("[the **short** way](x)", (Link((Text("the "), _cue("short"), Text(" way")), "x"),)),
    ("**run `a * b` twice**", (CueStrong((Text("run "), Code("a * b"), Text(" twice"))),)),
    ("<strong>never</strong>**twice**", (_bold("never"), _cue("twice"))),
    ("**once**<strong>never</strong>", (_cue("once"), _bold("never"))),
    ("<strong>“never”</strong>", (_bold("“never”"),)),
    ("**“never”**", (_cue("“never”"),)),
]
"""Lines of answers as form 2 has them."""


@pytest.mark.parametrize(("markdown", "line"), _BOLD_LINES)
def test_bold_of_cues_and_of_the_source_differ(markdown: str, line: Line) -> None:
    question = Question((paragraph("Why?"),), (Paragraph((_without_cues(line),)),))
    text = _sheet(question, (Paragraph((line,)),))
    assert text.splitlines()[-1] == markdown
    assert _read("a.md", text.encode(), "markdown") == ("Title", (question,))


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize(("markdown", "line"), _BOLD_LINES)
def test_every_parser_shows_both_kinds_of_bold(
    markdown: str, line: Line, parse: Callable[[str], str]
) -> None:
    shown = re.sub(r"<(/?)b>", r"<\1strong>", parse(markdown))
    shown = re.sub(r"</?(?:p|em|code|a)\b[^>]*>|\n", "", shown)
    assert html.unescape(shown) == "".join(_shown(span) for span in line)


def _shown(span: Span) -> str:
    words = line_text((span,))
    if isinstance(span, Strong):
        return f"<strong>{words}</strong>"
    return "".join(map(_shown, span.spans)) if isinstance(span, Emphasis | Link) else words


def _without_cues(line: Line) -> Line:
    spans: list[Span] = []
    for span in line:
        if isinstance(span, Emphasis | Link):
            span = replace(span, spans=_without_cues(span.spans))
        for part in span.spans if isinstance(span, CueStrong) else (span,):
            if spans and isinstance(part, Text) and isinstance(last := spans[-1], Text):
                spans[-1] = Text(last.text + part.text)
            else:
                spans.append(part)
    return tuple(spans)


def test_sheet_of_the_first_form_keeps_its_bold() -> None:
    sheet_text = '<!-- exporter: answers, form 1 -->\n\n## A? <a id="q-1"></a>\n\n**Redis** and __x y__\n'
    _, (question,) = _read("a.md", sheet_text.encode(), "markdown")
    assert question.answer == (Paragraph(((_bold("Redis"), Text(" and "), _bold("x y")),)),)


def test_template_of_the_first_form_is_still_read_back(tmp_path: Path) -> None:
    own = tmp_path / "markdown" / "answers.md.j2"
    own.parent.mkdir()
    own.write_text(
        "<!-- exporter: answers, form 1 -->\n\n# T\n{% for entry in sections[0].entries %}\n"
        '## {{ entry.heading }} <a id="{{ entry.anchor }}"></a>\n\n{{ entry.answer }}\n{% endfor %}'
    )
    question = Question((paragraph("Why?"),), (Paragraph(((_bold("Redis"), Text(" is a fast cache.")),)),))
    text = render_sheet(
        "answers",
        "T",
        [make_entry(question, "1", (), emphasize_cues(question))],
        Settings(templates=str(tmp_path)),
    )
    assert _read("a.md", text.encode(), "markdown") == ("T", (question,))
