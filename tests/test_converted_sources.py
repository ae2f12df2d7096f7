"""Sources of the other programs' forms: converted, built beside their exports, and changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.converters import SUFFIXES
from exporter.converters import load as load_converter
from exporter.model.text import plain_text
from exporter.pipeline.loader import load_source
from tests.projects import Project

CORPUS = Path(__file__).parent / "corpus"
FORMS = sorted(path.name for path in CORPUS.iterdir() if path.suffix in (".html", ".htm", ".org", ".docx"))
PAGE = "<html><body><h2>What is one?</h2><p>a</p><h2>What is two?</h2><p>b</p></body></html>"


@pytest.mark.parametrize("form", ["markdown", "text"])
@pytest.mark.parametrize("name", FORMS)
def test_converted_sources_read_back_the_same(name: str, form: str, tmp_path: Path) -> None:
    questions = load_source(CORPUS / name, Settings()).questions
    path = tmp_path / f"x{SUFFIXES[form]}"
    path.write_text(load_converter(form)(questions), encoding="utf-8")
    back = load_source(path, Settings()).questions
    if form == "markdown":
        assert [(one.question, one.answer, one.tags, one.category) for one in back.questions] == [
            (one.question, one.answer, one.tags, one.category) for one in questions.questions
        ]
    assert [_words(one.question) + _words(one.answer) for one in back.questions] == [
        _words(one.question) + _words(one.answer) for one in questions.questions
    ]


def _words(blocks: tuple) -> list[str]:  # type: ignore[type-arg]
    return plain_text(blocks).split()


def test_pictures_in_a_document_are_written_beside_the_new_file(tmp_path: Path) -> None:
    project = Project(tmp_path)
    shutil.copy(CORPUS / "word-table-with-picture.docx", tmp_path / "notes.docx")
    ran = project.run("convert", "notes.docx", "--to", "markdown", "--output", "notes.md")
    assert ran.status == 0, ran.errors
    (picture,) = tmp_path.glob("picture-*.png")
    assert f"({picture.name})" in (tmp_path / "notes.md").read_text("utf-8")
    assert "picture" in project.run("convert", "notes.docx", "--to", "markdown").errors


def test_a_page_is_not_overwritten_by_its_cheat_sheet(tmp_path: Path) -> None:
    project = Project(tmp_path)
    (tmp_path / "notes.html").write_text(PAGE)
    (tmp_path / "notes-cheatsheet.html").write_text(PAGE)
    ran = project.run("build", "notes.html", "--out", ".")
    assert "output-collision" in ran.errors
    assert (tmp_path / "notes-cheatsheet.html").read_text() == PAGE
    assert project.run("convert", "notes.html", "--to", "markdown", "-o", "notes.html").status
    assert (tmp_path / "notes.html").read_text() == PAGE
