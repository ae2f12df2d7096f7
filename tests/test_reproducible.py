"""The same source and lock give the same bytes, independent of place and time."""

from __future__ import annotations

import io
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

import exporter
from tests.projects import Project

ELSEWHERE = [
    {"SOURCE_DATE_EPOCH": "1893456000", "TZ": "Pacific/Kiritimati"},
    {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "America/St_Johns", "PYTHONHASHSEED": "4242"},
]


@pytest.mark.parametrize("environment", ELSEWHERE, ids=["another day", "another locale", "plain C"])
def test_all_exports_are_the_same_bytes(
    project: Project, tmp_path: Path, environment: dict[str, str]
) -> None:
    project.build(now=1_767_225_600)
    other = Project(tmp_path / "another folder, with a “name”")
    shutil.copytree(project.root / "input", other.root / "input")
    ran = other.run("build", environment={"PYTHONHASHSEED": "1", **environment})
    assert ran.status == 0, ran.errors
    assert len(project.exports()) == 6
    for name, data in project.exports().items():
        assert other.exports()[name] == data, name
    assert other.lock.read_bytes() == project.lock.read_bytes()


def test_files_whose_bytes_do_not_change_are_not_written_again(project: Project) -> None:
    project.build()
    paths = [project.lock, *(project.root / "dist").iterdir()]
    before = [(path.stat().st_mtime_ns, path.stat().st_ino) for path in paths]
    ran = project.build("--verbose")
    assert [(path.stat().st_mtime_ns, path.stat().st_ino) for path in paths] == before
    assert ran.output.count("(unchanged)") == 6


def _text(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in document]


def test_changed_answer_keeps_the_condensed_sheets_text(project: Project) -> None:
    project.build()
    before = project.exports()
    text = project.source.read_text("utf-8")
    project.write(text.replace("before the end of the week", "before the end of the month"))
    project.build()
    printed = project.root / "dist" / "interview-questions-cheatsheet.pdf"
    assert _text(printed.read_bytes()) == _text(before[printed.name])
    changed = {name for name, data in project.exports().items() if data != before[name]}
    assert changed == {
        "interview-questions.apkg",
        "interview-questions-cards.pdf",
        "interview-questions-answers.md",
        "interview-questions-cheatsheet.html",  # one can search for the words of answers
        "interview-questions-cheatsheet.pdf",  # which has the date of the last change
    }


@pytest.mark.parametrize("pragma", ["secure_delete = OFF", "page_size = 1024"])
def test_deck_is_the_same_with_another_sqlite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pragma: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    source = tmp_path / "q.txt"
    source.write_text("Question 1: What is a heap?\nAnswer:\nA tree in an array.\n", encoding="utf-8")

    def database(out: str) -> bytes:
        exporter.build(source, out=tmp_path / out, to=["anki"])
        (tmp_path / "exporter.lock").unlink()
        package = io.BytesIO((tmp_path / out / "q.apkg").read_bytes())
        with zipfile.ZipFile(package) as archive:
            return archive.read("collection.anki2")

    expected = database("first")
    connect = sqlite3.connect

    def connect_as_compiled_otherwise(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **named)
        connection.execute(f"PRAGMA {pragma}")
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_as_compiled_otherwise)
    assert database("second") == expected
    version = sqlite3.sqlite_version_info
    assert (version[0] * 1_000_000 + version[1] * 1000 + version[2]).to_bytes(4, "big") not in expected[:100]
