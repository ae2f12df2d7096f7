"""What commands print into a pipe or a file: UTF-8 with LF, whatever the system's code page."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import exporter
from exporter.cli import streams
from exporter.converters import SUFFIXES
from tests.projects import REPOSITORY, Project

TEXT = """Question 1: Что такое 中 → 😀?
Answer:
Да “ok”…
Второе — naïve.
"""

CODE_PAGES = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "cp932"},
    {"PYTHONIOENCODING": "utf-16"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a source in it."""
    (tmp_path / "q.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("environment", CODE_PAGES, ids=["cp1252", "cp932", "utf-16", "C"])
def test_a_process_converts_into_a_pipe_as_utf8(folder: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "exporter", "convert", "q.txt", "--to", "markdown"]
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY), **environment}
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    _check_reads_back(folder, "again.md", done.stdout)


@pytest.mark.parametrize(("form", "suffix"), SUFFIXES.items())
def test_converted_into_a_pipe_reads_back_the_same(folder: Path, form: str, suffix: str) -> None:
    ran = Project(folder).run("convert", "q.txt", "--to", form, charset="cp1252")
    assert ran.status == 0, ran.errors
    _check_reads_back(folder, f"again{suffix}", ran.output.encode("utf-8"))


def _check_reads_back(folder: Path, name: str, data: bytes) -> None:
    assert b"\r" not in data
    (folder / name).write_bytes(data)
    first, second = (exporter.load(path).questions.questions for path in (folder / "q.txt", folder / name))
    assert [(one.question, one.answer) for one in first] == [(one.question, one.answer) for one in second]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "q.txt"], "Что такое 中 → 😀?"),
        (["show", "q.txt", "--format", "json"], "Что такое 中 → 😀?"),
        (["diff", "q.txt", "--format", "json"], "Что такое 中 → 😀?"),
        (["build", "q.txt", "--to", "anki", "--format", "json"], "Что такое 中 → 😀?"),
        (["check", "q.txt", "--format", "json", "--set", "title=中 😀"], ""),
        (["config", "--format", "json", "--set", "title=中 😀"], "中 😀"),
        (["config", "--set", "title=中 😀"], "中 😀"),
    ],
)
def test_results_in_a_pipe_are_utf8(folder: Path, arguments: list[str], words: str) -> None:
    ran = Project(folder).run(*arguments, charset="cp1252")
    assert ran.status == 0, ran.errors
    assert words in ran.output
    assert "json" not in arguments or json.loads(ran.output) is not None


def test_messages_in_a_pipe_are_utf8(folder: Path) -> None:
    (folder / "q.txt").write_text(TEXT + "\nQuestion 2: Где 中 😀?\n", encoding="utf-8")
    ran = Project(folder).run("check", "q.txt", charset="cp1252")
    assert "Где 中 😀?" in ran.errors


def test_lines_in_a_pipe_end_in_lf() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n")
    streams.configure(stream)
    stream.write("中\nb\n\udce9")
    stream.flush()
    assert raw.getvalue() == "中\nb\n\\udce9".encode()


def test_terminal_keeps_its_encoding() -> None:
    leader, follower = pty.openpty()
    try:
        with os.fdopen(follower, "w", encoding="cp1252") as terminal:
            streams.configure(terminal)
            terminal.write("“中”")
            terminal.flush()
            assert os.read(leader, 100) == b"\x93\\u4e2d\x94"
    finally:
        os.close(leader)
