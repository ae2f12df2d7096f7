"""If a rename fails, all files are as before, or the message says which are not."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import exporter
from exporter.cli import errors
from exporter.system import atomic_write
from exporter.system.file_replacement import PartlyReplacedError

TEXT = "Question 1: What is a heap?\nAnswer:\nA tree in an array.\n"
SHEETS = ("q-cheatsheet.md", "q-cheatsheet.html", "q-cheatsheet.pdf")
NAMES = ("exporter.lock", "q.apkg", "q-cards.pdf", "q-answers.md", *SHEETS)
"""The files of a build, in the order in which they are replaced."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a source that was built and then edited."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    source = tmp_path / "q.txt"
    source.write_text(TEXT, encoding="utf-8")
    exporter.build(source, out="dist")
    source.write_text(TEXT.replace("A tree", "A binary tree"), encoding="utf-8")
    return tmp_path


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _refuse(monkeypatch: pytest.MonkeyPatch, refused: Callable[[int, Path, Path], bool]) -> None:
    """Refuse renames in the project, as Windows does for a file that is open; they are numbered from 1."""
    real = os.replace
    count = 0

    def replace(old: Any, new: Any) -> None:
        nonlocal count
        if Path(new).name in NAMES:
            count += 1
            if refused(count, Path(old), Path(new)):
                raise PermissionError(errno.EACCES, "Permission denied", str(old), None, str(new))
        real(old, new)

    monkeypatch.setattr(os, "replace", replace)


@pytest.mark.parametrize("position", range(1, len(NAMES) + 1))
def test_nothing_changes_when_a_rename_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], position: int
) -> None:
    before = _files(folder)
    with monkeypatch.context() as patch:
        _refuse(patch, lambda count, _old, _new: count == position)
        with pytest.raises(PermissionError) as refusal:
            exporter.build(folder / "q.txt", out="dist")
    assert _files(folder) == before
    assert errors.report_exception(refusal.value) == errors.EXIT_FAILURE
    message = capsys.readouterr().err
    assert NAMES[position - 1] in message
    assert "earlier exports are unchanged" in message
    assert "close what has it open" in message
    exporter.build(folder / "q.txt", out="dist")
    after = _files(folder)
    assert before.keys() == after.keys()
    assert all(before[name] != after[name] for name in NAMES if name not in SHEETS)


def test_first_build_leaves_nothing_when_a_rename_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        next(folder.rglob(name)).unlink()
    before = _files(folder)
    with monkeypatch.context() as patch:
        _refuse(patch, lambda count, _old, _new: count == len(NAMES))
        with pytest.raises(PermissionError):
            exporter.build(folder / "q.txt", out="dist")
    assert _files(folder) == before


@pytest.mark.parametrize("kind", [OSError, NotImplementedError])
def test_old_files_are_copied_where_there_are_no_hard_links(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def link(*_arguments: Any, **_named: Any) -> None:
        raise kind(errno.EPERM, "Operation not permitted")

    before = _files(folder)
    with monkeypatch.context() as patch:
        patch.setattr(os, "link", link)
        _refuse(patch, lambda count, _old, _new: count == len(NAMES))
        with pytest.raises(PermissionError):
            exporter.build(folder / "q.txt", out="dist")
        assert _files(folder) == before
    exporter.build(folder / "q.txt", out="dist")
    assert _files(folder).keys() == before.keys()


def test_message_names_new_and_old_files_when_putting_back_fails(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _files(folder)
    with monkeypatch.context() as patch:
        # the last rename is refused, and then that which puts the deck back
        _refuse(
            patch,
            lambda count, old, new: count == len(NAMES) or (new.name == "q.apkg" and ".old" in old.name),
        )
        with pytest.raises(PartlyReplacedError) as refusal:
            exporter.build(folder / "q.txt", out="dist")
    assert errors.report_exception(refusal.value) == errors.EXIT_FAILURE
    message = capsys.readouterr().err
    assert "q-cheatsheet.pdf may not be read or written" in message
    assert f"New: {Path('dist', 'q.apkg')}. Unchanged: " in message
    assert "are unchanged" not in message
    changed = {name for name, data in _files(folder).items() if data != before[name]}
    assert changed == {"q.apkg"}
    told = message.partition("Unchanged: ")[2]
    assert all(name in told for name in NAMES if name != "q.apkg")
    exporter.build(folder / "q.txt", out="dist")
    assert _files(folder).keys() == before.keys()


def test_ctrl_c_between_two_renames_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(count: int, _old: Path, _new: Path) -> bool:
        if count == 3:
            raise KeyboardInterrupt
        return False

    before = _files(folder)
    with monkeypatch.context() as patch:
        _refuse(patch, interrupt)
        with pytest.raises(KeyboardInterrupt):
            exporter.build(folder / "q.txt", out="dist")
    assert _files(folder) == before


def test_folders_are_replaced_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [tmp_path / name for name in ("a", "b")]
    atomic_write.write_folders([(folder, [("q.apkg", b"old")]) for folder in folders])
    with monkeypatch.context() as patch:
        _refuse(patch, lambda count, _old, _new: count == 2)
        with pytest.raises(PermissionError):
            atomic_write.write_folders([(folder, [("q.apkg", b"new")]) for folder in folders])
    assert [_files(folder) for folder in folders] == [{"q.apkg": b"old"}] * 2
