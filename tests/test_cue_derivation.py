"""A new derivation of cues is reported once, with what brings it to the phone; no note is sent by it alone."""

from __future__ import annotations

import json

import pytest

from exporter.cues import DERIVATION
from exporter.identity import lockfile
from exporter.identity.records import Lock
from tests.in_process import CommandLine

NOW = 1_800_000_000
DERIVED = "Question 1: What is a heap?\nAnswer:\nA tree in an array keeps the largest value on top.\n"
GIVEN = "Question 2: What is a trie?\nAnswer:\nA tree of letters.\nCues: tree of letters\n"
UNANSWERED = "Question 3: What is a graph?\n"


def _forget(command_line: CommandLine, derivation: int | None = None) -> None:
    """Make the lock one of an exporter with another derivation, or of one that kept no number."""
    path = command_line.root / "exporter.lock"
    header, rest = path.read_text("utf-8").split("\n", 1)
    values = json.loads(header)
    assert values.pop("derivation") == DERIVATION
    values |= {} if derivation is None else {"derivation": derivation}
    path.write_text(json.dumps(values) + "\n" + rest, "utf-8")


def _lock(command_line: CommandLine) -> Lock:
    lock, _, problems = lockfile.read(command_line.root / "exporter.lock")
    assert lock is not None
    assert not problems
    return lock


@pytest.mark.parametrize("derivation", [None, 2, DERIVATION + 1])
def test_a_new_derivation_is_reported_once_and_moves_no_note(
    command_line: CommandLine, derivation: int | None
) -> None:
    command_line.write("q.txt", f"{DERIVED}\n{GIVEN}")
    assert "cue-derivation" not in command_line.build("q.txt", "--to", "anki", now=NOW).errors
    before = _lock(command_line)
    _forget(command_line, derivation)
    assert _lock(command_line).derivation == (derivation or 1)
    ran = command_line.build("q.txt", "--to", "anki", now=NOW + 60)
    assert ran.errors.count("[cue-derivation]") == 1
    assert "The cues of 1 note are derived in a new way" in ran.errors
    assert "exporter build --resend all" in ran.errors
    assert "overwrites what you edited" in ran.errors
    assert _lock(command_line) == before
    for changed in (False, True):
        if changed:
            command_line.edit("q.txt", "largest", "smallest")
        assert "cue-derivation" not in command_line.build("q.txt", "--to", "anki", now=NOW + 120).errors


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (GIVEN, 0),
        (f"{GIVEN}\n{UNANSWERED}", 0),
        (f"{DERIVED}\n{DERIVED.replace('heap', 'binary heap').replace('array', 'list')}", 2),
    ],
)
def test_only_notes_with_derived_cues_count(command_line: CommandLine, text: str, count: int) -> None:
    command_line.write("q.txt", text)
    command_line.build("q.txt", "--to", "anki", now=NOW)
    _forget(command_line)
    errors = command_line.build("q.txt", "--to", "anki", now=NOW).errors
    assert ("cue-derivation" in errors) == bool(count)
    assert not count or f"The cues of {count} notes" in errors


def test_notes_that_were_never_sent_do_not_count(command_line: CommandLine) -> None:
    command_line.write("q.txt", f"{UNANSWERED}\n{GIVEN}")
    command_line.build("q.txt", "--to", "anki", now=NOW)
    _forget(command_line)
    command_line.write("q.txt", f"{UNANSWERED}Answer:\nNodes and edges.\n\n{GIVEN}\n{DERIVED}")
    assert "cue-derivation" not in command_line.build("q.txt", "--to", "anki", now=NOW + 60).errors


def test_sources_that_are_not_built_now_count_too(command_line: CommandLine) -> None:
    command_line.write("q.txt", DERIVED)
    command_line.write("r.txt", GIVEN)
    command_line.build("q.txt", "r.txt", "--to", "anki", now=NOW)
    _forget(command_line)
    assert "The cues of 1 note" in command_line.build("r.txt", "--to", "anki", now=NOW).errors


def test_nothing_is_said_where_all_notes_are_sent_again(command_line: CommandLine) -> None:
    command_line.write("q.txt", DERIVED)
    command_line.build("q.txt", "--to", "anki", now=NOW)
    _forget(command_line)
    ran = command_line.build("q.txt", "--to", "anki", "--resend", "all", now=NOW + 60)
    assert "cue-derivation" not in ran.errors
    assert _lock(command_line).derivation == DERIVATION
    (record,) = _lock(command_line).records
    assert record.modified > NOW


def test_the_number_alone_is_a_change_that_locked_allows(command_line: CommandLine) -> None:
    command_line.write("q.txt", DERIVED)
    command_line.build("q.txt", "--to", "anki", now=NOW)
    _forget(command_line)
    assert command_line.run("build", "q.txt", "--to", "anki", "--locked", now=NOW).status == 0
    assert _lock(command_line).derivation == 1
    command_line.edit("q.txt", "largest", "smallest")
    ran = command_line.run("build", "q.txt", "--to", "anki", "--locked", now=NOW)
    assert ran.status == 1
    assert "lock-would-change" in ran.errors


@pytest.mark.parametrize("value", ['"3"', "null", "true", "[3]", "1e3"])
def test_a_number_that_is_none_is_damage(command_line: CommandLine, value: str) -> None:
    command_line.write("q.txt", DERIVED)
    command_line.build("q.txt", "--to", "anki", now=NOW)
    path = command_line.root / "exporter.lock"
    path.write_text(path.read_text("utf-8").replace(f'"derivation": {DERIVATION}', f'"derivation": {value}'))
    assert "lock-damaged" in command_line.run("build", "q.txt").errors
