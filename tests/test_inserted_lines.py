"""A line that is put anywhere in a source is in an export, or a diagnostic names its line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.config.settings import Settings
from exporter.model.diagnostics import has_errors
from exporter.pipeline.loader import load_source
from tests.exported_words import exported_text, reported_lines, unexported_names
from tests.test_readers_corpus import CASES

WORD = "Zyxqor"
"""A word that no source has; `%` stands for it below."""

# fmt: off
LINES = (
    "%", "% is worth a note.", "What is %?", "The % sails out of the harbour, whatever the weather is, and nobody knows why.",
    "- % is worth a note", "* %", "+ %", "• %", "  - %", "3. % is worth a note", "1) %", "a) %", "(4) %", "12 %",
    "# %", "## %", "### % and more", "== % ==", "%:", "% WORTH A NOTE", "**%**", "**What is %?**", "*%*", "__%__",
    "    % is worth a note", "\t%", "> % is worth a note", ">> %", "| % | worth |", "%,worth", "% ; worth", "%\tworth",
    "Note: % is worth a note", "%: worth a note", "Source: %", "Tags: %", "Category: %", "Notes: %", "Cues: %", "Id: %",
    "Title: %", "Deck: %", "Language: %", "Answer: %", "A: %", "Q: %", "Question 99: %", "Q7. What is %?", "Ans. %",
    "% :: worth a note", "% - worth a note", "% -> worth", "%:: value", "#% #other", "@%", "// %", "% %", "<!-- % -->",
    "(% is worth a note)", "[%]", "[ ] %", "TODO %", "... % ...", "*** % ***", "---- % ----", "~~%~~", "==%==", "$$%$$",
    "`%`", "x = %(1)", "<%>", "<div>%</div>", "<br>%", "<b>%</b>", "<p>%</p>", "https://example.org/%",
    "[%](https://example.org)", "![%](x.png)", "[%]: https://example.org/note", "- [%](#%)", "[[%]]", "[back to %](#contents)",
    "[^1]: %", "%[^1]", "🔥 %", "Step 1: %", "Page 3 %", "2024-01-01 %", "%?", "and %", ": %", "; %", "\\% %", "\"%\"", "«%»",
)
"""Shapes of a line."""

PAGE_LINES = (
    "%", "<p>% is worth a note.</p>", "<h1>%</h1>", "<h2>%</h2>", "<h4>What is %?</h4>", "<li>%</li>", "<ul><li>%</li></ul>",
    "<div>%</div>", "<div class='note'>%</div>", "<span>%</span>", "<b>%</b>", "<p><b>What is %?</b></p>", "<hr><p>%</p>",
    "<details><summary>%</summary>x</details>", "<!-- % -->", "<pre>%</pre>", "<code>%</code>", "<aside>%</aside>",
    "<footer>%</footer>", "<nav>%</nav>", "<header>%</header>", "<blockquote>%</blockquote>", "<tr><td>%</td><td>x</td></tr>",
    "<table><tr><td>%</td></tr></table>", "<dt>%</dt>", "<dd>%</dd>", "<figure><figcaption>%</figcaption></figure>",
    "<button>%</button>", "<a href='#x'>%</a>", "<small>%</small>", "<label>%</label>", "<sup>%</sup>", "<p hidden>%</p>",
    "<math><mi>%</mi></math>", "<svg><text>%</text></svg>", "<textarea>%</textarea>", "<caption>%</caption>",
    "<select><option>%</option></select>", "<iframe>%</iframe>", "<video>%</video>", "<p style='display:none'>%</p>",
)
"""Shapes of a line of a page."""
# fmt: on

AROUND = (
    "%",
    "\n%",
    "%\n",
    "\n%\n",
    "-----\n%",
    "%\n-----",
    "\n-----\n\n%\n",
    "%\n=====",
    "\n%\nMore of it.",
    "```\n%\n```",
)
"""What else is put there: blank lines, rulers, another line, a code fence."""

NOT_TEXT = {
    "notion-toggles.html": "the lines 2 to 4 are a style sheet",
    "pandoc-page.html": "the lines 8 to 11 are code, in which a picture is no code",
    "page-cards-by-class.html": "the lines 4 and 5 are code",
}
"""Sources with lines that are no text of a person."""


@cache
def read_sources(*suffixes: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the names and lines of the sources of the corpus with these suffixes that are UTF-8."""
    sources = []
    for path in CASES:
        if path.suffix in suffixes and path.name not in NOT_TEXT:
            try:
                sources.append((path.name, tuple(path.read_text("utf-8").split("\n"))))
            except UnicodeDecodeError:
                continue
    return tuple(sources)


def find_loss(folder: Path, name: str, lines: tuple[str, ...], row: int, inserted: str) -> str:
    """Return what is wrong after lines were put above a row (from 0), or nothing."""
    new = [*lines[:row], *inserted.split("\n"), *lines[row:]]
    line = next(number for number, text in enumerate(new, 1) if WORD in text)
    path = folder / name
    path.write_text("\n".join(new), "utf-8")
    source = load_source(path, Settings())
    if has_errors(source.diagnostics) and not source.questions.questions:
        return ""  # the file is refused as a whole
    if source.read_as and source.read_as.header == line:
        return ""  # the names of columns
    kept = f"{exported_text(source)}\n{unexported_names(source)}".casefold()
    if WORD.casefold() in kept or line in reported_lines(source):
        return ""
    codes = [(item.code, item.line_ranges) for item in source.diagnostics]
    return f"line {line} of {name} is lost: {new[line - 1]!r}, {codes}"


FORMS = {
    "text": ((".txt",), LINES, AROUND),
    "markdown": ((".md",), LINES, AROUND),
    "org": ((".org",), LINES, AROUND),
    "table": ((".csv", ".tsv"), LINES, AROUND[:1]),
    # the lines of a paragraph of a page are one line, which has the number of the first
    "page": ((".html", ".htm"), PAGE_LINES, AROUND[:1]),
}


def check_form(form: str, data: st.DataObject, folder: Path) -> None:
    suffixes, shapes, around = FORMS[form]
    name, lines = data.draw(st.sampled_from(read_sources(*suffixes)))
    inserted = data.draw(st.sampled_from(shapes)).replace("%", WORD)
    inserted = data.draw(st.sampled_from(around)).replace("%", inserted)
    row = data.draw(st.integers(0, len(lines)))
    assert not find_loss(folder, name, lines, row, inserted)


SOME = settings(max_examples=80, suppress_health_check=list(HealthCheck))


@SOME
@given(data=st.data())
@pytest.mark.parametrize("form", list(FORMS))
def test_an_inserted_line_is_kept_or_reported(
    form: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_form(form, data, tmp_path_factory.getbasetemp())


@pytest.mark.slow
@settings(SOME, max_examples=1000)
@given(data=st.data())
@pytest.mark.parametrize("form", list(FORMS))
def test_many_inserted_lines_are_kept_or_reported(
    form: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check_form(form, data, tmp_path_factory.getbasetemp())
