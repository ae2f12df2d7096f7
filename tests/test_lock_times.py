"""Times in the lock, where a clock was wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exporter.identity import lockfile
from exporter.identity.timestamps import BEFORE_ANKI_S, MAX_AHEAD_S, next_time
from exporter.model.deck import MAX_TIME_S
from tests.in_process import CommandLine

NOW, AHEAD = 1_800_000_000, 2_100_000_000
TEXT = "Question 1: Why?\nAnswer:\nThus.\n\nQuestion 2: Who?\nAnswer:\nThey.\n"


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    line = CommandLine(tmp_path / "project", monkeypatch)
    line.write("input/a.txt", TEXT)
    return line


def _build(cli: CommandLine, now: int) -> str:
    return cli.build("--to", "anki", now=now).errors


def _sent(cli: CommandLine) -> list[int]:
    from exporter.anki.apkg_reader import read_package

    return [note.modified for note in read_package(cli.root / "dist" / "a.apkg")]


@pytest.mark.parametrize(("ahead", "told"), [(MAX_AHEAD_S, False), (MAX_AHEAD_S + 1, True)])
def test_a_time_ahead_of_the_clock_is_reported(cli: CommandLine, ahead: int, told: bool) -> None:
    assert "lock-time-ahead" not in _build(cli, NOW + ahead)
    cli.write("input/a.txt", TEXT.replace("They.", "Others."))
    errors = _build(cli, NOW)
    assert ("lock-time-ahead" in errors) == told
    assert not told or "2 times" in errors
    assert sorted(_sent(cli)) == sorted([BEFORE_ANKI_S if told else NOW + ahead, NOW + ahead + 1])


def test_no_time_is_written_beyond_32_bits(cli: CommandLine) -> None:
    _build(cli, MAX_TIME_S)
    cli.write("input/a.txt", TEXT.replace("They.", "Others."))
    _build(cli, NOW)
    assert max(_sent(cli)) == MAX_TIME_S
    ran = cli.run("build", now=MAX_TIME_S + 1)
    assert ran.status == 2
    assert "SOURCE_DATE_EPOCH is not a time" in ran.errors


def test_a_change_is_later_than_the_change_before() -> None:
    assert next_time(NOW, NOW - 5) == NOW
    assert next_time(NOW, NOW) == NOW + 1
    assert next_time(NOW, AHEAD) == AHEAD + 1
    assert next_time(NOW, MAX_TIME_S) == MAX_TIME_S


@pytest.mark.parametrize("name", ["modified", "templates_modified", "rank", "created", "number"])
@pytest.mark.parametrize("value", [2**53 - 1, 2**32, -(2**53) + 1])
def test_the_largest_numbers_of_a_lock_do_no_harm(cli: CommandLine, name: str, value: int) -> None:
    if name == "created":
        value = abs(value)
    _build(cli, NOW)
    path = cli.root / "input" / "exporter.lock"
    lines = path.read_text("utf-8").splitlines()
    changed = json.loads(lines[-1] if name != "templates_modified" else lines[0])
    changed[name] = value
    lines[-1 if name != "templates_modified" else 0] = json.dumps(changed)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    for answer in ("Others.", "All."):
        cli.write(
            "input/a.txt", TEXT.replace("They.", answer) + f"\nQuestion 3: {answer}?\nAnswer:\nThree.\n"
        )
        _build(cli, NOW + 100)
    lock, _, problems = lockfile.read(path)
    assert not problems
    assert lock
    assert all(record.modified <= MAX_TIME_S for record in lock.records)
    assert len({record.created for record in lock.records}) == len(lock.records)


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".txt", "../secret.txt", "/etc/passwd", "a\0b", "..", "é" * 200]
)
def test_sources_that_no_file_can_have_are_gone(cli: CommandLine, name: str) -> None:
    (cli.root / "secret.txt").write_text("Question 1: What is secret?\nAnswer:\nThis.\n")
    _build(cli, NOW)
    path = cli.root / "input" / "exporter.lock"
    lines = path.read_text("utf-8").splitlines()
    lines[-1] = json.dumps({**json.loads(lines[-1]), "source": name})
    path.write_text("\n".join(lines) + "\n", "utf-8")
    assert "secret" not in _build(cli, NOW + 1)
    assert not lockfile.read(path)[2]
