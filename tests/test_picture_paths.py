"""Pictures are found by the names that people see, and written where a renderer finds them."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest

from tests.in_process import CommandLine
from tests.projects import PIXEL

DECOMPOSED = unicodedata.normalize("NFD", "Café.png")


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    return CommandLine(tmp_path / "project", monkeypatch)


def build(command: CommandLine, picture: str, target: str) -> tuple[str, str]:
    """Build one question with a picture, and return what the sheet has of it, and the messages."""
    command.write(picture, PIXEL)
    command.write("q.md", f"## What is on it?\n\n{target}\n")
    ran = command.build("q.md", "--to", "markdown", "--to", "anki")
    with ZipFile(command.root / "dist" / "q.apkg") as package:
        assert ("0" in package.namelist()) == ("[missing-image]" not in ran.errors)
    sheet = (command.root / "dist" / "q-answers.md").read_text("utf-8")
    found = re.search(r"!\[[^\]]*\]\(<?(.*?)>?\)$", sheet, re.MULTILINE)
    return (found[1] if found else sheet), ran.errors


@pytest.mark.parametrize(
    ("picture", "target", "written"),
    [
        ("att/heap.png", "![w](att\\heap.png)", "att/heap.png"),
        ("att/heap.png", "![w](att\\\\heap.png)", "att/heap.png"),
        ("my att/a heap.png", "![w](<my att\\a heap.png>)", "my att/a heap.png"),
        ("att/100%.png", "![w](att\\100%25.png)", "att/100%25.png"),
        ("att/heap.png", '<img src="att\\heap.png" alt="w">', "att/heap.png"),
        ("att/heap.png", "![w](./att/heap.png)", "./att/heap.png"),
        ("a heap.png", "![w](a%20heap.png)", "a%20heap.png"),
        ("att/heap.png", "![w](file:att/heap.png)", "att/heap.png"),
        (DECOMPOSED, "![c](Café.png)", "Café.png"),
        ("Café.png", f"![c]({DECOMPOSED})", "Café.png"),
        (f"{DECOMPOSED}.d/{DECOMPOSED}", "![c](Café.png.d/Café.png)", "Café.png.d/Café.png"),
        ("Café.png", "![c](Caf%65%CC%81.png)", "Caf%65%CC%81.png"),
        ("att/deep/heap.png", "![w](heap.png)", "heap.png"),
    ],
)
def test_a_picture_is_found_and_its_path_leads_to_it(
    command: CommandLine, picture: str, target: str, written: str
) -> None:
    found, errors = build(command, picture, target)
    assert found == written
    assert "image" not in errors
    path = unicodedata.normalize("NFC", unquote(found))
    assert (command.root / "dist" / path).read_bytes() == PIXEL


def test_a_file_url_in_the_folder_is_found(command: CommandLine) -> None:
    folder = command.root.as_posix()
    found, errors = build(command, "att/heap.png", f"![w](file://{folder}/att/heap.png)")
    assert "image" not in errors
    assert (command.root / "dist" / found).read_bytes() == PIXEL
    _, errors = build(command, "../other.png", f"![w](file://{command.root.parent.as_posix()}/other.png)")
    assert "[missing-image]" in errors


def test_other_capitals_on_disk_are_found_and_reported(command: CommandLine) -> None:
    found, errors = build(command, "Att/Heap.PNG", "![w](att/heap.png)")
    assert "“att/heap.png” is called “Att/Heap.PNG”" in errors
    assert "q.md:1:" in errors
    assert (command.root / "dist" / found).read_bytes() == PIXEL


def test_a_name_that_two_files_have_is_missing(command: CommandLine) -> None:
    command.write("one/heap.png", PIXEL)
    assert "[missing-image]" in build(command, "two/heap.png", "![w](heap.png)")[1]
    command.write("three/HEAP.png", PIXEL)
    assert "[missing-image]" in build(command, "three/Heap.png", "![w](three/heap.png)")[1]


def test_a_drive_is_no_network(command: CommandLine) -> None:
    _, errors = build(command, "heap.png", "![w](C:\\pictures\\heap.png)")
    assert "is outside the source's folder" in errors


def test_a_picture_that_comes_later_is_seen(command: CommandLine) -> None:
    _, errors = build(command, "other.png", "![w](Café.png)")
    assert "[missing-image]" in errors
    (command.root / "other.png").rename(command.root / DECOMPOSED)
    assert "image" not in command.build("q.md", "--to", "markdown").errors
