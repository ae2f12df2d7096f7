"""A note that Anki changed between a build and its import is not updated until it is sent again."""

from __future__ import annotations

import time

import pytest

from tests.engine.phone import Imported, Phone
from tests.in_process import CommandLine

SOURCE = "Question 1: What is a heap?\nAnswer:\nA tree in an array.\n\nQuestion 2: What is a trie?\nAnswer:\nA tree of letters.\n"


@pytest.fixture
def refused(command_line: CommandLine, phone: Phone) -> str:
    """Return the key of a note whose new answer Anki rejected, since it was tagged as a leech before."""
    now = int(time.time())
    package = command_line.root / "dist/q.apkg"
    command_line.write("q.txt", SOURCE)
    command_line.build("q.txt", "--to", "anki", now=now - 864_000)
    phone.import_package(package)
    phone.review_all()
    (note,) = phone.collection.find_notes('"What is a heap"')
    phone.collection.tags.bulk_add([note], "leech")
    command_line.edit("q.txt", "A tree in an array", "A tree that lies in an array")
    command_line.edit("q.txt", "A tree of letters", "A tree whose edges are letters")
    command_line.build("q.txt", "--to", "anki", now=now - 432_000)
    assert phone.import_package(package) == Imported(new=0, updated=1, duplicate=1, conflicting=0)
    command_line.build("q.txt", "--to", "anki")
    assert phone.import_package(package) == Imported(new=0, updated=0, duplicate=2, conflicting=0)
    return phone.collection.get_note(note).guid


@pytest.mark.parametrize("form", ["{}", " {},", "spelt {}", "all"])
def test_a_note_that_is_sent_again_arrives(
    command_line: CommandLine, phone: Phone, refused: str, form: str
) -> None:
    key = f"{refused[:4]}-{refused[4:8]} {refused[8:].upper()}" if "spelt" in form else refused
    ran = command_line.build("q.txt", "--to", "anki", "--resend", form.removeprefix("spelt ").format(key))
    assert f"{2 if form == 'all' else 1} sent again" in ran.output
    updated = phone.import_package(command_line.root / "dist/q.apkg").updated
    assert updated == (2 if form == "all" else 1)
    assert "A tree that lies in an array." in phone.notes()[refused]["Answer"]
    assert phone.reviews()[refused] == 1
    assert "sent again" not in command_line.build("q.txt", "--to", "anki").output


def test_keys_that_cannot_be_sent_again_are_reported(command_line: CommandLine) -> None:
    command_line.write("q.txt", SOURCE)
    command_line.build("q.txt", "--to", "anki")
    lock = (command_line.root / "exporter.lock").read_bytes()
    unknown = command_line.run("build", "q.txt", "--resend", "000000000000")
    assert (unknown.status, "No question has the key 000000000000. [unknown-key]" in unknown.errors) == (
        1,
        True,
    )
    assert command_line.run("build", "q.txt", "--resend", " , ").status == 2
    assert (command_line.root / "exporter.lock").read_bytes() == lock
    command_line.write("q.txt", SOURCE.partition("\n\n")[0] + "\n")
    key = _key_of(lock.decode(), "trie")
    command_line.build("q.txt", "--to", "anki")
    retired = command_line.run("build", "q.txt", "--resend", key)
    assert (retired.status, "is retired" in retired.errors) == (1, True)


def _key_of(lock: str, word: str) -> str:
    (line,) = [line for line in lock.splitlines() if word in line]
    return line.split('"')[3]


def test_resending_is_refused_with_locked(command_line: CommandLine) -> None:
    command_line.write("q.txt", SOURCE)
    command_line.build("q.txt", "--to", "anki")
    ran = command_line.run("build", "q.txt", "--resend", "all", "--locked")
    assert (ran.status, "[lock-would-change]" in ran.errors) == (1, True)


def test_note_edited_right_after_the_build_is_updated(
    command_line: CommandLine, phone: Phone, refused: str
) -> None:
    """As a phone whose clock is ahead by a minute, or a leech between the build and the import."""
    command_line.build("q.txt", "--to", "anki", "--resend", refused)
    note_id = phone.note_id(refused)
    phone.collection.db.execute("update notes set mod = ? where id = ?", int(time.time()) + 60, note_id)
    assert phone.import_package(command_line.root / "dist/q.apkg").updated == 1
