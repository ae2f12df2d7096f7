"""Formulas in fields of Anki's exports, and their way back to a field."""

from __future__ import annotations

import pytest

from exporter.anki.html import AnkiHtml
from exporter.config.settings import Settings
from exporter.converters import load as load_converter
from exporter.model.html import render_blocks
from exporter.model.questions import Math, Question, QuestionSet
from exporter.model.text import paragraph
from exporter.readers import ReadResult, SourceText, load
from exporter.readers.table.anki_formulas import find_formulas, mark_formulas
from tests.endless import ends


def read(*lines: str) -> ReadResult:
    return load("delimited")(SourceText("x.txt", lines), Settings())


def field(*lines: str) -> str:
    """Return the field with the answer of the only question."""
    (question,) = read(*lines).questions.questions
    return render_blocks(question.answer, AnkiHtml()).removeprefix("<p>").removesuffix("</p>")


SAME = [
    r"It is \(n^2(n+1)^2/4\), or \[\sum_i i^3\]",
    r"\(a &lt; b &amp;&amp; c &gt; d\)",
    r"<strong>bold</strong> \(x\) and \[\begin{aligned}a &amp;= b \\ c &amp;= d\end{aligned}\]",
    r"\[\text{if } x_{i,j} \in \{1, 2\}\]",
]


@pytest.mark.parametrize("html", SAME)
def test_formula_returns_to_the_field_unchanged(html: str) -> None:
    assert field("#separator:tab", "#html:true", f"What?\t{html}") == html


@pytest.mark.parametrize(
    ("html", "back"),
    [
        ("[$]a^2[/$] [$$]b[/$$]", r"\(a^2\) \[b\]"),
        ("[latex]$x$[/latex] [latex]$$y$$[/latex]", r"\(x\) \[y\]"),
        (r"[latex]\begin{displaymath}x\end{displaymath}[/latex]", r"\[x\]"),
        (r"[latex]\begin{align}x&amp;=1\end{align}[/latex]", r"\[\begin{align}x&amp;=1\end{align}\]"),
        ("<anki-mathjax>a</anki-mathjax>", r"\(a\)"),
        ('<anki-mathjax block="true">a<br>b</anki-mathjax>', r"\[a b\]"),
        (r"\(a&nbsp;<b>b</b>\)", r"\(a b\)"),
        (r"\[a<div>b</div>\]", r"\[a b \]"),
    ],
)
def test_formulas_marked_otherwise_become_mathjax(html: str, back: str) -> None:
    assert field("#separator:tab", "#html:true", f"What?\t{html}") == back


@pytest.mark.parametrize(
    "html",
    [r"<code>\(x\)</code>", r"<pre>\[x\]</pre>", r"\(not closed", r"\( \)", "[$]", r"<span>\</span>(x\)"],
)
def test_text_that_mathjax_does_not_typeset_stays_text(html: str) -> None:
    (question,) = read("#separator:tab", "#html:true", f"What?\t{html}").questions.questions
    assert "Math(" not in repr(question.answer)


def test_fields_without_html_have_formulas_too() -> None:
    assert field("#separator:tab", "#html:false", r"What?	\[a<b\] <b>") == r"\[a&lt;b\] &lt;b&gt;"
    listed = field("#separator:tab", "#html:false", 'What?\t"- \\[a', "+ b\\]", '- two\n"')
    assert listed == r"<ul><li>\[a + b\]</li><li>two</li></ul>"


def test_table_not_from_anki_has_no_formulas() -> None:
    (question,) = read("question,answer", r"What?,\(x\)").questions.questions
    assert question.answer == (paragraph(r"\(x\)"),)


def test_text_that_looks_like_a_formula_is_converted_as_text() -> None:
    text = paragraph(r"\(x\) \[y\] [$]z[/$] [latex]a[/latex]")
    questions = QuestionSet((Question((paragraph("What?"),), (text, text)),))
    lines = load_converter("csv")(questions).splitlines()
    assert read(*lines).questions == questions


def test_latex_with_text_is_reported() -> None:
    reading = read("#separator:tab", "#html:true", "Why?\tSo.", "What?\t[latex]Text with $x$ in it[/latex]")
    assert [(d.code, d.span and d.span.line) for d in reading.diagnostics] == [("latex-kept", 4)]


@pytest.mark.parametrize(
    "unit", ["\\(", "\\[", "[$]", "[latex]", "<anki-mathjax>", "<pre>", "<!--", "\\(x\\)"]
)
def test_many_delimiters_are_read_in_one_pass(unit: str) -> None:
    with ends():
        mark_formulas(unit * (250_000 // len(unit)))
    assert next(find_formulas(r"\(x\)")).math == Math("x")


@pytest.mark.parametrize(
    "html",
    [
        r'<img src="a.png" alt="\(x\)">',
        r"<img alt='[$]x[/$]' src='a.png'>",
        r'<a href="https://example.com/\(x\)">link</a>',
        r'<img alt="a > b \(x\)" src="a.png"> and \(y\)',
    ],
)
def test_formula_in_an_attribute_is_text(html: str) -> None:
    marked = mark_formulas(html)
    assert marked.startswith(html.partition(" and")[0])
    assert marked.count("<span") == html.count(r"\(y\)")
