"""`exporter pull --anki` and `exporter weak --anki`: against the real engine behind AnkiConnect's interface."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.anki import anki_notes
from exporter.cli import pull_notes
from tests.anki_server import Servers, serving
from tests.in_process import CommandLine
from tests.projects import Ran
from tests.test_push import opened, servers

pytestmark = pytest.mark.slow

__all__ = ["servers"]

DAY_S = 86_400

SOURCE = (
    "1. What is bread?\nA staple.\nMade of flour.\nBaked long.\nSold in loaves.\n\n"
    "2. What is rye?\nA grain.\nIt is dark.\n"
)


class Desktop:
    """A project that was built and imported yesterday, and the Anki on the same computer."""

    def __init__(self, command_line: CommandLine, servers: Servers) -> None:
        self.command_line, self.servers = command_line, servers
        self.folder = command_line.root.parent / "anki"
        self.source = command_line.write("q.txt", SOURCE)
        self.build(-10)
        with opened(self.folder) as phone:
            phone.import_package(command_line.root / "dist/q.apkg")

    def build(self, days: int) -> None:
        self.command_line.build("q.txt", "--to", "anki", now=int(time.time()) + days * DAY_S)

    def edit(self, words: str, old: str, new: str) -> str:
        """Replace HTML in the answer of a note, and return its key."""
        with opened(self.folder) as phone:
            (note_id,) = phone.collection.find_notes(f'"{words}"')
            note = phone.collection.get_note(note_id)
            assert old in note["Answer"]
            note["Answer"] = note["Answer"].replace(old, new)
            phone.collection.update_note(note)
            return str(note.guid)

    def run(self, *arguments: str, status: int = 0) -> Ran:
        with serving(self.servers, self.folder) as url:
            ran = self.command_line.run(*arguments, "--anki", "--url", url)
        assert ran.status == status, ran.output + ran.errors
        return ran


@pytest.fixture
def desktop(command_line: CommandLine, servers: Servers) -> Desktop:
    return Desktop(command_line, servers)


@pytest.fixture(params=[True, False], ids=["with times", "without times"])
def has_times(request: pytest.FixtureRequest, desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Have AnkiConnect report the times of notes, as newer ones do, or not."""

    def read_notes(*arguments: object) -> dict[str, anki_notes.AnkiNote]:
        notes = anki_notes.read_notes(*arguments)  # type: ignore[arg-type]
        return {
            key: replace(note, modified=times[key] if request.param else None) for key, note in notes.items()
        }

    monkeypatch.setattr(pull_notes, "read_notes", read_notes)
    times: dict[str, int] = {}

    def read_times(folder: Path) -> None:
        with opened(folder) as phone:
            times.update(phone.collection.db.all("select guid, mod from notes"))

    original = desktop.run

    def run(*arguments: str, status: int = 0) -> Ran:
        read_times(desktop.folder)
        return original(*arguments, status=status)

    desktop.run = run  # type: ignore[method-assign]
    return bool(request.param)


def test_an_edit_on_the_desktop_is_pulled(desktop: Desktop, has_times: bool) -> None:
    assert "Nothing to write." in desktop.run("pull", "q.txt", "--exit-code").output
    desktop.edit("rye", "A grain", "A fine grain")
    assert "1 note as exported." in desktop.run("pull", "q.txt", "--yes").output
    assert desktop.source.read_text("utf-8") == SOURCE.replace("A grain", "A fine grain")
    assert "2 notes as exported." in desktop.run("pull", "q.txt", "--exit-code").output


def test_edits_of_both_sides_are_merged(desktop: Desktop, has_times: bool) -> None:
    desktop.edit("bread", "in loaves", "in long loaves")
    desktop.command_line.edit("q.txt", "A staple", "A dear staple")
    desktop.build(-5)
    desktop.run("pull", "q.txt", "--yes")
    expected = SOURCE.replace("A staple", "A dear staple").replace("in loaves", "in long loaves")
    assert desktop.source.read_text("utf-8") == expected


def test_a_conflict_is_taken_or_kept(desktop: Desktop, has_times: bool) -> None:
    key = desktop.edit("rye", "A grain", "A fine grain")
    desktop.command_line.edit("q.txt", "A grain", "A good grain")
    before = desktop.source.read_text("utf-8")
    assert "conflict in the answer" in desktop.run("pull", "q.txt", "--yes").output
    desktop.run("pull", "q.txt", "--yes", "--keep", key)
    assert desktop.source.read_text("utf-8") == before
    desktop.run("pull", "q.txt", "--yes", "--take", key)
    assert desktop.source.read_text("utf-8") == SOURCE.replace("A grain", "A fine grain")


def test_a_build_that_anki_does_not_have_is_not_taken_back(desktop: Desktop, has_times: bool) -> None:
    desktop.command_line.edit("q.txt", "A grain", "A good grain")
    desktop.build(-5)
    before = desktop.source.read_text("utf-8")
    desktop.run("pull", "q.txt", "--yes")
    assert desktop.source.read_text("utf-8") == before


def test_weak_questions_are_those_failed_in_anki(desktop: Desktop) -> None:
    with opened(desktop.folder) as phone:
        collection = phone.collection
        (card_id,) = collection.find_cards('"rye"')
        for ease in (1, 1, 3):
            card = collection.get_card(card_id)
            card.start_timer()
            collection.sched.answerCard(card, ease)
    questions = json.loads(desktop.run("weak", "q.txt", "--format", "json").output)["questions"]
    assert [(question["line"], question["again"], question["reviews"]) for question in questions] == [
        (7, 2, 3)
    ]
