"""Titles lose words that only name the format of the file; decks that exist keep their names."""

from __future__ import annotations

import json

import pytest

from exporter.pipeline.format_words import remove_format_words
from tests.in_process import CommandLine
from tests.test_deck_moves import moves_in

ONE_QUESTION = "Question 1: What is a heap?\nAnswer:\nA tree in an array.\n"


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Challenges (Plain Text)", "Challenges"),
        ("Challenges (Markdown)", "Challenges"),
        ("Challenges (.txt)", "Challenges"),
        ("Challenges [plain-text version]", "Challenges"),
        ("Challenges (Plain Text / Markdown)", "Challenges"),
        ("Challenges (TXT format)", "Challenges"),
        ("Challenges (as PDF)", "Challenges"),
        ("Challenges – Plain Text", "Challenges"),
        ("Challenges (Plain Text) – part 2", "Challenges – part 2"),
        ("Web pages (HTML version)", "Web pages"),
        ("Fragen (nur Text)", "Fragen"),
        ("Preguntas (texto plano)", "Preguntas"),
        ("Questions （Markdown）", "Questions"),
        ("questions.txt", "questions"),
    ],
)
def test_words_of_format_are_left_out(title: str, short: str) -> None:
    assert remove_format_words(title) == short


@pytest.mark.parametrize(
    "title",
    [
        "Interview questions (Python)",
        "Interview questions (HTML)",
        "Office questions (Excel)",
        "Questions (text mining)",
        "Working with Markdown",
        "Technical writing – Markdown",
        "Parsing: text",
        "ASP.NET",
        "(Plain Text)",
        "Plain Text",
        "Challenges (2024)",
    ],
)
def test_words_of_the_subject_stay(title: str) -> None:
    assert remove_format_words(title) == title


def deck_names(command_line: CommandLine, lock: str = "exporter.lock") -> dict[str, str]:
    header = (command_line.root / lock).read_text("utf-8").splitlines()[0]
    names: dict[str, str] = json.loads(header)["decks"]
    return names


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("q.txt", f"Heaps (Plain Text)\n\n{ONE_QUESTION}"),
        ("q.md", "# Heaps (Markdown)\n\n## What is a heap?\n\nA tree in an array.\n"),
        ("q.json", '{"title": "Heaps (.json)", "questions": [{"question": "What?", "answer": "A tree."}]}'),
        ("q.csv", "title,question,answer\nHeaps (CSV file),What is a heap?,A tree.\n"),
    ],
)
def test_a_new_deck_and_every_sheet_lose_them(command_line: CommandLine, name: str, source: str) -> None:
    command_line.write(name, source)
    command_line.build(name)
    assert deck_names(command_line) == {name: "Heaps"}
    for path in ("q-answers.md", "q-cheatsheet.md", "q-cheatsheet.html"):
        text = (command_line.root / "dist" / path).read_text("utf-8")
        assert "Heaps" in text
        assert "Heaps (" not in text


def test_a_name_that_is_set_keeps_them(command_line: CommandLine) -> None:
    command_line.write("q.txt", f"Heaps (Plain Text)\n\n{ONE_QUESTION}")
    command_line.build("q.txt", "--set", "deck=My heaps (Markdown)", "--set", "title=Trees (Markdown)")
    assert deck_names(command_line) == {"q.txt": "My heaps (Markdown)"}
    assert "Trees (Markdown)" in (command_line.root / "dist" / "q-answers.md").read_text("utf-8")


def test_a_deck_that_exists_keeps_its_name(command_line: CommandLine) -> None:
    command_line.write("q.txt", f"Heaps (Plain Text)\n\n{ONE_QUESTION}")
    command_line.build("q.txt", "--set", "deck=Heaps (Plain Text)")
    assert moves_in(command_line, "q.txt") == []
    assert "deck-renamed" not in command_line.build("q.txt").errors
    assert deck_names(command_line) == {"q.txt": "Heaps (Plain Text)"}
    assert "# Heaps\n" in (command_line.root / "dist" / "q-answers.md").read_text("utf-8")


def test_a_deck_keeps_its_name_when_the_file_gets_another(command_line: CommandLine) -> None:
    command_line.write("input/q.txt", f"Heaps (Plain Text)\n\n{ONE_QUESTION}")
    command_line.build("--set", "deck=Heaps (Plain Text)")
    (command_line.root / "input" / "q.txt").rename(command_line.root / "input" / "heaps.txt")
    command_line.build()
    assert deck_names(command_line, "input/exporter.lock")["heaps.txt"] == "Heaps (Plain Text)"


def test_a_lock_without_decks_had_them_called_by_whole_titles(command_line: CommandLine) -> None:
    command_line.write("q.txt", f"Heaps (Plain Text)\n\n{ONE_QUESTION}")
    command_line.build("q.txt")
    path = command_line.root / "exporter.lock"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    header = {key: value for key, value in json.loads(lines[0]).items() if key != "decks"}
    path.write_text("".join([json.dumps(header) + "\n", *lines[1:]]), "utf-8")
    command_line.build("q.txt")
    assert deck_names(command_line) == {"q.txt": "Heaps (Plain Text)"}


@pytest.mark.parametrize("name", ["Heaps", "Heaps (Plain Text)"])
def test_a_lost_lock_takes_the_name_from_the_package(command_line: CommandLine, name: str) -> None:
    command_line.write("q.txt", f"Heaps (Plain Text)\n\n{ONE_QUESTION}")
    command_line.build("q.txt", "--set", f"deck={name}")
    (command_line.root / "exporter.lock").unlink()
    assert "lock-missing" in command_line.build("q.txt").errors
    assert deck_names(command_line) == {"q.txt": name}
