"""A pull that is killed, or meets other writers, leaves each source old or new, and the next does the rest."""

from __future__ import annotations

import os
import random
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from exporter.patching import source_write
from exporter.system import atomic_write
from tests.engine.phone import Phone
from tests.faults import builder
from tests.in_process import CommandLine
from tests.projects import PIXEL

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("EXPORTER_KILLS", "20"))
"""How many pulls are killed at random; in the long run hundreds."""

THEN, NOW = 1_767_225_600, 1_767_300_000

SOURCE = "Question 1: What is an index?\nAnswer: A sorted copy.\n\nQuestion 2: When not?\nAnswer: If most rows match.\n"
OTHER = "Question 1: What is a lock?\nAnswer: A permit.\n![A plan](plan.png)\n"


@dataclass
class Edited:
    """A project whose two sources were built and imported, and whose notes were then edited in Anki."""

    command_line: CommandLine
    package: Path
    old: dict[str, bytes]
    new: dict[str, bytes]

    def put_back(self) -> None:
        for name, data in self.old.items():
            self.command_line.write(name, data)

    def pull(self, **options: int) -> None:
        """Pull in a process of its own, to its end."""
        process = self.start(**options)
        process.join(60)

    def start(self, **options: int) -> builder.BaseProcess:
        root, package = self.command_line.root, str(self.package)
        return builder.start(root, package, "--yes", now=NOW, command="pull", **options)

    def check_what_is_left(self) -> int:
        """Check that each file is old or new and whole; return how many are new."""
        found = self.read()
        for name, data in found.items():
            assert data in (self.old[name], self.new[name]), f"{name} is neither old nor new"
        return sum(found[name] != self.old[name] for name in found)

    def read(self) -> dict[str, bytes]:
        return {name: (self.command_line.root / name).read_bytes() for name in self.old}

    def check_next_pull(self) -> None:
        self.pull()
        assert {name: data for name, data in self.read().items() if name.endswith(".txt")} == {
            name: data for name, data in self.new.items() if name.endswith(".txt")
        }
        left = {path.name for path in (self.command_line.root / "input").iterdir()}
        assert left == {"a.txt", "b.txt", "plan.png", "exporter.lock"}


@pytest.fixture
def edited(command_line: CommandLine, tmp_path: Path) -> Edited:
    for name, data in (("a.txt", SOURCE), ("b.txt", OTHER), ("plan.png", PIXEL)):
        command_line.write(f"input/{name}", data)
    command_line.build("--to", "anki", now=THEN)
    folder = tmp_path / "phone"
    folder.mkdir()
    phone = Phone(folder)
    for name in ("a", "b"):
        phone.import_package(command_line.root / f"dist/{name}.apkg")
    for key, fields in phone.notes().items():
        for old, new in (
            ("sorted", "well sorted"),
            ("When not", "When is it not"),
            ("permit", "fine permit"),
        ):
            for field in ("Question", "Answer"):
                if old in fields[field]:
                    phone.edit(key, field, fields[field].replace(old, new))
    package = command_line.root / "phone.apkg"
    phone.collection.export_anki_package(out_path=str(package), options=_options(), limit=None)
    phone.close()
    names = ("input/a.txt", "input/b.txt", "input/exporter.lock")
    old = {name: (command_line.root / name).read_bytes() for name in names}
    edited = Edited(command_line, package, old, old)
    edited.pull()
    edited.new = edited.read()
    assert edited.check_what_is_left() == 3
    return edited


def _options() -> object:
    from anki.collection import ExportAnkiPackageOptions

    return ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=False)


def test_killed_at_every_step_of_its_writing(edited: Edited) -> None:
    seen = set()
    for step in range(1, 100):
        edited.put_back()
        process = edited.start(dies_at=step)
        process.join(60)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        seen.add(edited.check_what_is_left())
        if step % 3 == 0:
            edited.check_next_pull()
    assert step > 9, "each of three files has at least three steps"
    assert seen >= {0, 1, 2}


def test_killed_at_random(edited: Edited) -> None:
    moments = random.Random(9)
    edited.put_back()
    started = time.monotonic()
    edited.pull()
    lasts = time.monotonic() - started
    killed = 0
    for number in range(KILLS):
        edited.put_back()
        process = edited.start()
        process.join(moments.uniform(0, lasts * 1.1))
        process.kill()
        process.join(60)
        killed += process.exitcode == -signal.SIGKILL
        edited.check_what_is_left()
        if number % 4 == 0:
            edited.check_next_pull()
    assert killed > KILLS / 4


def test_two_pulls_at_once_write_each_edit_once(edited: Edited) -> None:
    edited.put_back()
    processes = [edited.start() for _ in range(3)]
    for process in processes:
        process.join(60)
    assert edited.read() == edited.new


def test_a_source_saved_meanwhile_is_kept(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    edited.put_back()
    write = source_write.write_changes
    saved = SOURCE.replace("If most", "If nearly all").encode()

    def save_first(changes: list[source_write.FileChange]) -> object:
        edited.command_line.write("input/a.txt", saved)
        return write(changes)

    monkeypatch.setattr("exporter.cli.pull.write_changes", save_first)
    ran = edited.command_line.run("pull", str(edited.package), "--yes")
    assert ran.status == 3
    assert "input/a.txt was changed meanwhile; nothing was written." in ran.errors
    assert edited.read() == edited.old | {"input/a.txt": saved}


def test_a_full_disk_leaves_all_files_as_they_were(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    edited.put_back()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic_write, "write_folders", refuse)
    ran = edited.command_line.run("pull", str(edited.package), "--yes")
    assert ran.status == 3
    assert "No space left on device" in ran.errors
    assert edited.read() == edited.old
