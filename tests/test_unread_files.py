"""Files that no reader reads: a sentence says what they are, and what to do instead."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.pipeline.loader import load_source
from tests.in_process import CommandLine


def archive(*names: str, mime_type: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in (*(["mimetype"] if mime_type else []), *names):
            package.writestr(name, mime_type if name == "mimetype" else "x")
    return buffer.getvalue()


FILES = {
    "PDF": b"%PDF-1.7\n%\xe2\xe3",
    "Rich Text": b"{\\rtf1\\ansi What?}",
    "old or encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,
    "OneNote": b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1",
    ".xlsx": archive("xl/workbook.xml"),
    ".pptx": archive("ppt/presentation.xml"),
    ".odt": archive("content.xml", mime_type="application/vnd.oasis.opendocument.text"),
    ".ods": archive("content.xml", mime_type="application/vnd.oasis.opendocument.spreadsheet"),
    ".epub": archive("META-INF/container.xml", mime_type="application/epub+zip"),
    "Pages": archive("Index/Document.iwa"),
    "Anki package": archive("collection.anki21"),
    "ZIP archive": archive("notes.txt"),
    "database": b"SQLite format 3\x00",
    "binary data": b"\x00\x01\x02\x03" * 100 + b"\xff\xfe\x80",
}


@pytest.mark.parametrize(
    "name", ["notes.txt", "notes.md", "notes.csv", "notes.bin", "notes.docx", "notes.html"]
)
@pytest.mark.parametrize("kind", FILES)
def test_kind_is_known_by_content(kind: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[kind])
    (problem,) = load_source(path, Settings()).diagnostics
    assert problem.code == "binary-file"
    assert kind in problem.message
    assert problem.hint


@pytest.mark.parametrize("suffix", [".rst", ".adoc", ".tex", ".mhtml", ".ipynb", ".RST"])
def test_text_of_other_forms_is_known_by_its_suffix(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"notes{suffix}"
    path.write_text("What is it?\n===========\n\nThis.\n")
    (problem,) = load_source(path, Settings()).diagnostics
    assert (problem.code, bool(problem.hint)) == ("unknown-format", True)


def test_other_forms_are_read_with_a_named_reader(command_line: CommandLine) -> None:
    command_line.write("notes.rst", "1. What is it?\nThis.\n2. And that?\nThat.\n")
    assert command_line.run("show", "notes.rst", "--from", "plain").status == 0


@pytest.mark.parametrize("command", ["show", "check", "build"])
def test_addresses_are_refused(command: str, command_line: CommandLine) -> None:
    ran = command_line.run(command, "https://example.org/questions.html")
    assert ran.status == 2
    assert "address" in ran.output + ran.errors
    assert list(command_line.root.iterdir()) == []

    assert ran.errors.startswith("https://example.org/questions.html:1:1: ")
