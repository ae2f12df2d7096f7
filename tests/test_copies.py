"""Copies next to a source: not built where the original has all their questions, and always reported."""

from __future__ import annotations

import json

import pytest

from exporter.pipeline.source_copies import find_original_name
from tests.in_process import CommandLine

HEAP = "Question 1: What is a heap?\nAnswer:\nA tree in an array.\n"
TRIE = "Question 2: What is a trie?\nAnswer:\nA tree of letters.\n"
SOURCE = f"Interview questions – part 1\n\n{HEAP}\n{TRIE}"

COPIES = [
    "questions (Jane's conflicted copy 2026-03-01).txt",
    "questions (conflicted copy 2026-03-01 101010).txt",
    "questions (Konfliktkopie von Jane 2026-03-01).txt",
    "questions (Copie en conflit de Jane 2026-03-01).txt",
    "questions (Case Conflict).txt",
    "questions (Case Conflict 1).txt",
    "questions.sync-conflict-20260301-101010-ABCDEFG.txt",
    "questions_conflict-20260301-101010.txt",
    "questions - Copy.txt",
    "questions - Copy (2).txt",
    "questions - Kopie.txt",
    "questions - Copie.txt",
    "questions copy.txt",
    "questions copy 2.txt",
    "questions Kopie.txt",
    "questions (copy).txt",
    "questions (3rd copy).txt",
    "Copy of questions.txt",
    "Kopie von questions.txt",
    "Copie de questions.txt",
    "questions (1).txt",
    "questions(12).txt",
    "questions 2.txt",
    "questions~.txt",
    "questions.bak.txt",
    "questions.orig.txt",
    "#questions#.txt",
]

OTHER_NAMES = ["questions.txt", "part-2.txt", "conflicts at work.txt", "copyright.txt", "(1).txt", "2026.txt"]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known_by_its_name(name: str) -> None:
    assert find_original_name(name) == "questions.txt"


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_other_names_are_those_of_sources(name: str) -> None:
    assert find_original_name(name) is None


def keys_of(command_line: CommandLine) -> dict[str, str]:
    """The source and key of each question of the lock."""
    lines = (command_line.root / "input/exporter.lock").read_text("utf-8").splitlines()
    records = [record for record in map(json.loads, lines) if "key" in record]
    return {record["key"]: record["source"] for record in records if not record.get("retired")}


@pytest.mark.parametrize("name", COPIES[::4])
def test_a_copy_of_all_questions_is_not_built_and_reported(command_line: CommandLine, name: str) -> None:
    command_line.write("input/questions.txt", SOURCE)
    command_line.write(f"input/{name}", SOURCE)
    ran = command_line.run("build", "--to", "anki")
    assert [path.name for path in (command_line.root / "dist").iterdir()] == ["questions.apkg"]
    assert f"{name} is not built: its questions are all in questions.txt. [copy-skipped]" in ran.errors
    assert ran.output.startswith("questions: 2 questions; deck; 2 added\n1 warning\n")
    checked = command_line.run("check")
    assert "[copy-skipped]" in checked.errors
    assert "2 questions, 0 errors, 1 warning" in checked.output


def test_copies_in_other_formats_are_known(command_line: CommandLine) -> None:
    csv = "question,answer\nWhat is a heap?,A tree in an array.\n"
    command_line.write("input/q.csv", csv)
    command_line.write("input/q - Copy.csv", csv)
    command_line.write("input/n.md", "## What is a trie?\n\nA tree of letters.\n")
    command_line.write("input/n (1).md", "## What is a trie?\n\nA tree of letters.\n")
    ran = command_line.run("build", "--to", "anki")
    assert {path.name for path in (command_line.root / "dist").iterdir()} == {"q.apkg", "n.apkg"}
    assert ran.errors.count("[copy-skipped]") == 2


def test_of_two_copies_without_their_original_one_is_built(command_line: CommandLine) -> None:
    command_line.write("input/questions (1).txt", SOURCE)
    command_line.write("input/questions (2).txt", SOURCE)
    ran = command_line.run("build", "--to", "anki")
    assert [path.name for path in (command_line.root / "dist").iterdir()] == ["questions (1).apkg"]
    assert "questions (2).txt is not built: its questions are all in questions (1).txt." in ran.errors


def test_a_source_with_such_a_name_is_built(command_line: CommandLine) -> None:
    command_line.write("input/questions.txt", f"{HEAP}")
    command_line.write("input/questions (1).txt", f"{TRIE}")
    ran = command_line.run("build", "--to", "anki", "--strict")
    assert ran.status == 0, ran.errors
    assert len(list((command_line.root / "dist").iterdir())) == 2


def test_a_copy_that_is_named_alone_is_built(command_line: CommandLine) -> None:
    command_line.write("input/questions.txt", SOURCE)
    command_line.write("input/questions (1).txt", SOURCE)
    assert command_line.run("build", "input/questions (1).txt", "--to", "anki", "--strict").status == 0


def test_another_answer_in_a_copy_is_reported_with_its_line(command_line: CommandLine) -> None:
    command_line.write("input/questions.txt", SOURCE)
    command_line.write("input/questions - Copy.txt", SOURCE.replace("tree of letters", "tree of words"))
    errors = command_line.run("build", "--to", "anki").errors
    assert "questions - Copy.txt:7:1: warning:" in errors
    assert "1 answer of it differs: line 7 “What is a trie?”." in errors


def test_of_a_copy_with_more_questions_those_are_built(command_line: CommandLine) -> None:
    command_line.write("input/questions.txt", SOURCE)
    extra = "Question 3: What is a rope?\nAnswer:\nA tree of strings.\n"
    command_line.write("input/questions (conflicted copy).txt", f"{SOURCE}\n{extra}")
    ran = command_line.run("build", "--to", "anki")
    assert "is a copy of questions.txt with 1 more question: line 11 “What is a rope?”." in ran.errors
    assert "[copy-differs]" in ran.errors
    assert sorted(keys_of(command_line).values()) == [
        "questions (conflicted copy).txt",
        "questions.txt",
        "questions.txt",
    ]
    (command_line.root / "input/questions (conflicted copy).txt").unlink()
    before = set(keys_of(command_line))
    command_line.write("input/questions.txt", f"{SOURCE}\n{extra}")
    assert "1 moved" in command_line.build("--to", "anki").output
    assert set(keys_of(command_line)) == before


def test_a_copy_with_former_words_takes_no_key_of_its_original(command_line: CommandLine) -> None:
    command_line.write("input/questions.txt", SOURCE)
    command_line.build("--to", "anki")
    before = set(keys_of(command_line))
    command_line.write("input/questions (1).txt", SOURCE)
    command_line.edit("input/questions.txt", "What is a trie?", "What is a trie, and what is it for?")
    ran = command_line.run("build", "--to", "anki")
    assert "[copy-differs]" in ran.errors
    keys = keys_of(command_line)
    assert {key for key, source in keys.items() if source == "questions.txt"} == before


def test_copy_built_before_is_not_retired_while_present(command_line: CommandLine) -> None:
    command_line.write("input/questions.txt", SOURCE)
    command_line.build("--to", "anki")
    keys = keys_of(command_line)
    command_line.write("input/questions (1).txt", SOURCE)
    command_line.build("input/questions (1).txt", "--to", "anki")
    ran = command_line.build("--to", "anki")
    assert "retired" not in ran.output
    assert {key for key, source in keys_of(command_line).items() if source == "questions.txt"} == set(keys)


def test_original_takes_the_keys_of_a_copy_built_alone(command_line: CommandLine) -> None:
    command_line.write("input/questions (1).txt", SOURCE)
    command_line.build("--to", "anki")
    keys = set(keys_of(command_line))
    command_line.write("input/questions.txt", SOURCE)
    ran = command_line.build("--to", "anki")
    assert "[copy-skipped]" in ran.errors
    assert keys_of(command_line) == dict.fromkeys(keys, "questions.txt")


def test_a_copy_that_changes_after_it_was_skipped_is_seen(command_line: CommandLine) -> None:
    command_line.write("input/questions.txt", SOURCE)
    copy = command_line.write("input/questions (1).txt", SOURCE)
    command_line.build()
    assert "[copy-skipped]" in command_line.build().errors
    copy.write_text(SOURCE.replace("trie", "rope"), "utf-8")
    assert "[copy-differs]" in command_line.build().errors


def test_the_owner_file_of_an_office_program_stops_no_build(command_line: CommandLine) -> None:
    command_line.write("input/questions.txt", SOURCE)
    command_line.write("input/~$questions.txt", b"\x04Jane\x00\x00\x00\x00J\x00a\x00n\x00e\x00")
    ran = command_line.build("--to", "anki")
    assert "~$questions.txt was left by a program that has questions.txt open" in ran.errors


def test_sources_with_equal_questions_are_reported(command_line: CommandLine) -> None:
    command_line.write("input/algorithms.txt", SOURCE)
    command_line.write("input/structures.txt", SOURCE)
    ran = command_line.run("build", "--to", "anki")
    assert "All questions of structures.txt are also in algorithms.txt" in ran.errors
    assert ran.errors.count("[same-questions]") == 1
    command_line.edit("input/structures.txt", "A tree of letters", "Something else")
    assert "[same-questions]" not in command_line.run("build", "--to", "anki").errors


def test_a_copy_that_was_built_before_can_be_deleted(command_line: CommandLine) -> None:
    command_line.write("input/questions.txt", SOURCE)
    command_line.build("--to", "anki")
    copy = command_line.write("input/questions (1).txt", SOURCE)
    command_line.build("input/questions (1).txt", "--to", "anki")
    copy.unlink()
    ran = command_line.build("--to", "anki")
    assert "2 retired" in ran.output, "their notes are in Anki twice, and the search finds the second ones"
