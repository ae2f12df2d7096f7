"""Building one source of a folder reads the others only where a question may have moved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from exporter.config.settings import Settings
from exporter.identity import lockfile
from exporter.identity.records import Lock
from exporter.identity.relink import Correction, relink
from exporter.pipeline import source_folder
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.builder import build
from exporter.pipeline.loaded_source import LoadedSource

ONE = "Question 1: What is a lock?\nAnswer:\nA record of keys.\n\nQuestion 2: Why sort?\nAnswer:\nTo merge.\n"
OTHER = "Question 1: What is a heap?\nAnswer:\nA tree in an array.\n"


@pytest.fixture
def one(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text(ONE)
    (tmp_path / "other.txt").write_text(OTHER)
    _build(tmp_path, path, tmp_path / "other.txt")
    return path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of other sources that were read."""
    names: list[str] = []
    load: Callable[[Path, Settings], LoadedSource] = source_folder.load_source

    def record(path: Path, settings: Settings) -> LoadedSource:
        names.append(path.name)
        return load(path, settings)

    monkeypatch.setattr(source_folder, "load_source", record)
    return names


def _build(folder: Path, *paths: Path) -> list[str]:
    report = build(BuildRequest(paths, Settings(), folder / "dist", ("markdown",)), 1_767_225_600)
    assert report.ok, report.diagnostics
    return [str(change.kind) for change in report.changes]


def test_changed_answer_reads_no_other_source(one: Path, read: list[str]) -> None:
    one.write_text(ONE.replace("To merge.", "To search."))
    assert _build(one.parent, one) == ["answer changed"]
    assert read == []


@pytest.mark.parametrize(
    "text",
    [
        ONE + "\nQuestion 3: What is new?\nAnswer:\nThis.\n",
        ONE.replace("Why sort?", "Why should one sort?"),
        ONE.partition("Question 2")[0],
    ],
    ids=["new", "reworded", "gone"],
)
def test_changed_question_reads_the_others(one: Path, read: list[str], text: str) -> None:
    one.write_text(text)
    report = build(BuildRequest((one,), Settings(), one.parent / "dist", ("markdown",)), 1_767_225_600)
    assert report.changes
    assert read == ["other.txt"]


def test_moved_question_keeps_its_key(one: Path, read: list[str]) -> None:
    one.write_text(ONE + "\n" + OTHER.replace("Question 1", "Question 3"))
    (one.parent / "other.txt").write_text("Question 1: What is left?\nAnswer:\nThis.\n")
    kinds = _build(one.parent, one)
    assert "moved" in kinds and "added" not in kinds
    assert read == ["other.txt"]


def _lock(folder: Path) -> Lock:
    lock, _, faults = lockfile.read(folder / lockfile.LOCK_NAME)
    assert lock and not faults
    return lock


def test_exchange_with_another_source_reads_it(one: Path, read: list[str]) -> None:
    folder = one.parent
    key_of = {record.question: record.key for record in _lock(folder).records}
    lock_key, heap_key = key_of["What is a lock?"], key_of["What is a heap?"]
    correction = relink(_lock(folder), lock_key, new=heap_key)
    assert isinstance(correction, Correction) and correction.exchange
    (folder / lockfile.LOCK_NAME).write_text(lockfile.render(correction.lock), "utf-8")
    _build(folder, one)
    assert read == ["other.txt"]
    records = {record.key: record for record in _lock(folder).records}
    assert records[heap_key].question == "What is a lock?"
    assert not records[lock_key].retired, "its key waits for the build of the other source"


def test_changed_id_reads_the_others(one: Path, read: list[str]) -> None:
    one.write_text(ONE.replace("A record of keys.", "A record of keys.\nID: lock-1"))
    _build(one.parent, one)
    assert read == ["other.txt"]


def test_lone_source_needs_no_comparison(tmp_path: Path, read: list[str]) -> None:
    path = tmp_path / "one.txt"
    path.write_text(ONE)
    _build(tmp_path, path)
    path.write_text(ONE + "\nQuestion 3: What is new?\nAnswer:\nThis.\n")
    assert _build(tmp_path, path) == ["added"]
    assert read == []
