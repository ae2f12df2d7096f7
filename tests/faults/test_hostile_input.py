"""Hostile input: bounded time and memory, and nothing outside the project is touched."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.pipeline.loader import load_source
from exporter.system import atomic_write
from tests.faults import builder
from tests.projects import PIXEL, Project

MEGABYTES = int(os.environ.get("EXPORTER_MEGABYTES", "8"))
"""The size of the largest sources; set it to 200 for a long run."""

MAX_MEMORY_MIB = 700.0


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    """Return a project without any source."""
    (tmp_path / "project" / "input").mkdir(parents=True)
    return Project(tmp_path / "project")


def _words(count: int) -> bytes:
    return b"some words " * (count // 11)


_LARGE = MEGABYTES << 20
_TEXT, _MARKDOWN, _TABLE = b"Question 1: What?\nAnswer:\n", b"## What?\n\n", b'question,answer\nWhat?,"'

BOMBS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "one word": ("a.txt", lambda: _TEXT + b"x" * _LARGE, "too-l"),
    "one line": ("a.md", lambda: _MARKDOWN + _words(_LARGE), "too-l"),
    "one question": ("a.txt", lambda: b"Question 1: " + _words(900_000) + b"?\nAnswer:\nx\n", "too-long"),
    "no question": ("a.txt", lambda: _words(_LARGE), "too-l"),
    "one title": ("a.txt", lambda: b"Title: " + _words(900_000) + b"\n\n" + _TEXT + b"x\n", "too-long"),
    "one introduction": (
        "a.txt",
        lambda: _words(900_000) + b"\n\n" + _TEXT + b"x\n",
        "text-before-questions",
    ),
    "one field": ("a.csv", lambda: _TABLE + b"line\n" * (_LARGE // 5) + b'"\n', "too-l"),
    "an open quote": ("a.csv", lambda: _TABLE + b"\nWhy?,so" * (_LARGE // 8 + 1), "too-large"),
    "quotes": ("a.csv", lambda: _TABLE + b'"' * 900_001 + b"\n", "too-long"),
    "columns": ("a.csv", lambda: b"question,answer\nWhat?" + b"," * 900_000, ""),
    "empty lines": (
        "a.txt",
        lambda: _TEXT + b"x\n" + b"\n" * 300_000 + b"Question 2: And?\nAnswer:\ny\n",
        "",
    ),
    "empty Markdown": ("a.md", lambda: _MARKDOWN + b"x\n" + b"\n" * 300_000 + b"## And?\n\ny\n", ""),
    "quoted 10,000 deep": ("a.md", lambda: _MARKDOWN + b">" * 10_000 + b" deep\n\nx\n", "nested-too-deep"),
    "lists 10,000 deep": ("a.md", lambda: _MARKDOWN + b"- " * 10_000 + b"deep\n", "nested-too-deep"),
    "links 10,000 deep": ("a.md", lambda: _MARKDOWN + b"[" * 10_000 + b"x" + b"](y)" * 10_000, ""),
    "emphasis 5,000 deep": ("a.md", lambda: _MARKDOWN + b"*a **b " * 5000 + b"c" + b"** *" * 5000, ""),
    "elements 10,000 deep": ("a.md", lambda: _MARKDOWN + b"<div><ul><li>" * 10_000 + b"deep\n", "too-long"),
    "JSON": ("a.json", lambda: b"[" * 1_000_000, "bad-json"),
    "a long number": ("a.txt", lambda: b"Question " + b"9" * 6000 + b": What?\nAnswer:\nx\n", ""),
    "the same question": ("a.txt", lambda: b"Question 1: a?\nAnswer:\nb\n" * 1000, "duplicate-question"),
    "too many lines": ("a.txt", lambda: _TEXT + b"x\n" * 1_100_000, "too-large"),
}


@pytest.mark.parametrize(("name", "make", "code"), list(BOMBS.values()), ids=list(BOMBS))
def test_a_bomb_costs_little(empty: Project, name: str, make: Callable[[], bytes], code: str) -> None:
    (empty.root / "input" / name).write_bytes(make())
    ran, memory = builder.measure(empty, "build")
    assert ran.status == (1 if code.startswith("too") or code == "bad-json" else 0), ran.errors[:2000]
    assert code in ran.errors
    assert "Traceback" not in ran.errors
    assert len(max(ran.errors.splitlines(), key=len, default="")) < 1000
    assert memory < MAX_MEMORY_MIB


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _folder(path: Path) -> None:
    path.mkdir()


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 << 30)  # a hole: it takes no room


@pytest.mark.parametrize("made", [_fifo, _zeros, _folder, _huge])
@pytest.mark.parametrize("name", ["input/interview-questions.txt", "input/exporter.lock", "other.toml"])
def test_what_is_no_file_is_not_read(project: Project, name: str, made: Callable[[Path], None]) -> None:
    path = project.root / name
    path.unlink(missing_ok=True)
    made(path)
    arguments = ["--config", name] if name.endswith(".toml") else []
    ran, memory = builder.measure(project, "build", "input/interview-questions.txt", *arguments)
    assert ran.status in (1, 2), ran.errors
    assert path.name in ran.errors
    assert "Traceback" not in ran.errors
    assert memory < 200
    assert not (project.root / "dist").exists()


def test_a_source_that_is_a_link_is_read(empty: Project, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Question 1: What?\nAnswer:\nThis.\n")
    (empty.root / "input" / "linked.txt").symlink_to(tmp_path / "mine.txt")
    empty.build()
    assert "linked.apkg" in empty.exports()


SECRET = b"root:x:0:0:secret\n"


@pytest.mark.parametrize(
    "target",
    [
        "../secret.png",
        "..%2Fsecret.png",
        "..\\secret.png",
        "pictures/../../secret.png",
        "{absolute}",
        "file://{absolute}",
        "//{absolute}",
        "link.png",
        "folder/secret.png",
        "pipe.png",
        "zero.png",
        "circle.png",
        "a\\0.png",
        "x" * 5000 + ".png",
        "http://localhost:1/x.png",
    ],
)
def test_no_picture_is_taken_from_outside(empty: Project, target: str) -> None:
    home = empty.root / "input"
    secret = empty.root / "secret.png"
    secret.write_bytes(SECRET)
    (home / "link.png").symlink_to(secret)
    (home / "folder").symlink_to(empty.root)
    (home / "zero.png").symlink_to("/dev/zero")
    (home / "circle.png").symlink_to("circle.png")
    os.mkfifo(home / "pipe.png")
    source = home / "a.md"
    name = target.replace("{absolute}", str(secret)).replace("\\0", "\0")
    source.write_text(f"## What?\n\nThis.\n\n![the alt]({name})\n")
    loaded = load_source(source, Settings())
    assert not loaded.media
    assert SECRET not in json.dumps([str(found) for found in loaded.diagnostics]).encode()


def test_what_a_link_leads_to_is_in_no_export(empty: Project) -> None:
    home = empty.root / "input"
    (empty.root / "secret.png").write_bytes(PIXEL + SECRET)
    (home / "link.png").symlink_to("../secret.png")
    (home / "a.md").write_text("## What?\n\nThis.\n\n![the alt](link.png)\n")
    ran = empty.build()
    assert "is outside the source's folder" in ran.errors
    sheets = {"a-answers.md", "a-cheatsheet.md", "a-cheatsheet.html", "a-cheatsheet.pdf"}
    assert set(empty.exports()) == {"a.apkg", "a-cards.pdf", *sheets}
    with zipfile.ZipFile(empty.root / "dist" / "a.apkg") as package:
        assert set(package.namelist()) == {"collection.anki2", "media"}


@pytest.mark.parametrize(
    "name", ["../out.md", "/tmp/out.md", "a/../../out.md", "link/out.md", "", ".", "a\0"]
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(atomic_write.PathLeavesFolderError):
        atomic_write.write_files(folder, [("good.md", b"x"), (name, b"x")])
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("name", ["collection.anki21b", "collection.anki21", "collection.anki2"])
def test_a_bomb_given_to_recover(project: Project, name: str) -> None:
    import zstandard

    bomb = bytes(300 << 20)
    with zipfile.ZipFile(project.root / "bomb.apkg", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr(name, zstandard.compress(bomb) if name.endswith("b") else bomb)
    del bomb
    ran, memory = builder.measure(project, "recover", "bomb.apkg", "--yes")
    assert ran.status == 1
    assert "too large" in ran.errors
    assert memory < 300
    assert not project.lock.exists()


def test_a_view_without_end_given_to_recover(project: Project) -> None:
    import sqlite3

    connection = sqlite3.connect(project.root / "endless.db")
    connection.executescript(
        "create table cards (nid, due);"
        "create view notes as with recursive c(n) as (select 1 union all select n + 1 from c)"
        " select n as id, 'k' as guid, '' as flds, 1 as mod, 1764000307 as mid from c;"
    )
    connection.close()
    with zipfile.ZipFile(project.root / "endless.apkg", "w") as package:
        package.write(project.root / "endless.db", "collection.anki2")
    ran, _ = builder.measure(project, "recover", "endless.apkg", "--yes")
    assert ran.status == 1
