"""How Markdown was read, and `source.questions` for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.config.settings import Settings, with_values
from exporter.model.text import plain_text
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.loader import load_source
from tests import markdown_styles
from tests.projects import REPOSITORY

CORPUS = sorted((REPOSITORY / "tests" / "corpus").glob("*.md"))

NOTES = """# Notes

===> What is a **heap**
A tree in an array.

More.

===> Next `thing`
Text.

### Deep one

Some.

### Another

- a
- b


Frage 7 - Wie
So.
"""


def load(path: Path, *values: str) -> LoadedSource:
    return load_source(path, with_values(Settings(), {"source.questions": values}))


@pytest.mark.parametrize(
    ("value", "questions"),
    [
        ("===>", ["What is a heap", "Next thing"]),
        ("###", ["Deep one", "Another"]),
        ("headings", ["Deep one", "Another"]),
        ("/Frage [0-9]+ - /", ["Wie"]),
        ("/Frage .*/", ["Frage 7 - Wie"]),
        ("blank2", ["Notes", "Frage 7 - Wie"]),
    ],
)
def test_a_value_marks_the_questions(tmp_path: Path, value: str, questions: list[str]) -> None:
    path = tmp_path / "q.md"
    path.write_text(NOTES)
    found = [plain_text(question.question) for question in load(path, value).questions.questions]
    assert found == questions


def test_several_values_are_read_together(tmp_path: Path) -> None:
    path = tmp_path / "q.md"
    path.write_text(NOTES)
    assert len(load(path, "===>", "###").questions.questions) == 4


def test_a_value_that_finds_nothing_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "q.md"
    path.write_text(NOTES)
    (found,) = [item for item in load(path, "details").diagnostics if item.severity == "error"]
    assert found.code == "questions-unmatched"
    assert "`###` (2)" in (found.hint or "")


def check_suggestions(path: Path) -> None:
    reading = load(path).read_as
    for suggested in reading.others if reading else ():
        forced = load(path, suggested.value)
        assert forced.read_as is not None
        (part,) = forced.read_as.parts
        assert (part.value, part.count) == (suggested.value, suggested.count)


@pytest.mark.parametrize("style", markdown_styles.STYLES)
@pytest.mark.parametrize("other", ["headings", "bullets", "labels"])
def test_each_suggestion_for_a_style_gives_that_reading(tmp_path: Path, style: str, other: str) -> None:
    path = tmp_path / "q.md"
    other = other if other in markdown_styles.STYLES else next(iter(markdown_styles.STYLES))
    path.write_text(markdown_styles.join(style, other, (4, 3)).text)
    assert load(path).read_as is not None
    check_suggestions(path)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_each_suggestion_for_the_corpus_gives_that_reading(path: Path) -> None:
    check_suggestions(path)


def test_a_page_names_the_lines_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "q.html"
    path.write_text(
        "<html><body>\n\n\n<h2>What?</h2>\n<p>That.</p>\n<h2>Why?</h2>\n<p>So.</p></body></html>\n"
    )
    reading = load(path).read_as
    assert reading is not None
    (part,) = reading.parts
    assert (part.value, part.line, part.count) == ("##", 4, 2)
    assert len(load(path, "##").questions.questions) == 2
