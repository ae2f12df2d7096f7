"""A renamed deck: cards that an import leaves in the old deck are reported, with what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from exporter.anki.decks import build_deck_query
from exporter.identity import lockfile
from tests.in_process import CommandLine

TWO_QUESTIONS = """\
Interview questions – part 1

Question 1: What is a heap?
Answer:
A tree in an array.

Question 2: What is a trie?
Answer:
A tree of letters.
"""

BY_CATEGORY = """\
T

== Databases ==

Question 1: What is an index?
Answer:
A sorted copy.

Question 2: What is a join?
Answer:
Rows side by side.

== Networks ==

Question 3: What is a socket?
Answer:
One end of a connection.
"""

SUBDECKS = ("--to", "anki", "--set", "anki.subdecks=true")


def moves_in(command_line: CommandLine, *arguments: str) -> list[tuple[str, str, int]]:
    """Which decks `diff` reports as other than before: old name, new name, number of cards."""
    value = json.loads(command_line.run("diff", *arguments, "--format", "json").output)
    return [(move["old"], move["new"], len(move["keys"])) for move in value["deck_moves"]]


def test_renamed_title_is_reported_with_both_ways_out(
    command_line: CommandLine,
) -> None:
    command_line.write("q.txt", TWO_QUESTIONS)
    command_line.build("q.txt", "--to", "anki")
    command_line.edit("q.txt", "Interview questions – part 1", "My interview questions")
    assert moves_in(command_line, "q.txt") == [("Interview questions – part 1", "My interview questions", 2)]
    shown = command_line.run("diff", "q.txt").output
    command_line.write(
        "q.txt", (command_line.root / "q.txt").read_text("utf-8") + "\nQuestion 3: New?\nAnswer:\nYes.\n"
    )
    built = command_line.run("build", "q.txt", "--to", "anki")
    for text in (shown, built.errors):
        assert "The deck of q.txt is now called “My interview questions”." in text
        assert "An import leaves 2 cards in “Interview questions – part 1”." in text
        assert '`deck = "Interview questions – part 1"` in exporter.toml' in text
        assert "`exporter push`" in text
        assert 'deck:"Interview questions – part 1" Key:_*' in text
    assert moves_in(command_line, "q.txt") == []
    assert "deck-renamed" not in command_line.build("q.txt", "--to", "anki").errors


def test_a_renamed_title_changes_the_exit_status_of_diff(command_line: CommandLine) -> None:
    command_line.write("q.txt", TWO_QUESTIONS)
    command_line.build("q.txt", "--to", "anki")
    assert command_line.run("diff", "q.txt", "--to", "anki", "--exit-code").status == 0
    command_line.edit("q.txt", "part 1", "part one")
    assert command_line.run("diff", "q.txt", "--to", "anki", "--exit-code").status == 1


def test_the_advice_to_keep_the_name_keeps_it(command_line: CommandLine) -> None:
    command_line.write("q.txt", TWO_QUESTIONS)
    command_line.build("q.txt", "--to", "anki")
    command_line.edit("q.txt", "Interview questions – part 1", "Other")
    setting = re.search(r"`(deck = .*?)`", command_line.run("diff", "q.txt").output)
    assert setting
    command_line.write("exporter.toml", setting[1] + "\n")
    assert moves_in(command_line, "q.txt") == []


@pytest.mark.parametrize(
    ("name", "keep"), [("b.txt", "Deck: {}\nTitle: B\n\n"), ("b.md", "---\ndeck: {}\n---\n\n# B\n\n")]
)
def test_one_of_several_sources_keeps_its_deck_name(command_line: CommandLine, name: str, keep: str) -> None:
    question = "## Why?\n\nSo.\n" if name.endswith(".md") else "Question 1: Why?\nAnswer:\nSo.\n"
    title = "# {}\n\n" if name.endswith(".md") else "{}\n\n"
    command_line.write("input/a.txt", TWO_QUESTIONS)
    command_line.write(f"input/{name}", title.format("A: B") + question)
    command_line.build("--to", "anki")
    command_line.write(f"input/{name}", title.format("B") + question)
    line = re.search(r"`[Dd]eck: (.*?)`", command_line.run("diff").output)
    assert line
    command_line.write(f"input/{name}", keep.format(line[1]) + question)
    assert moves_in(command_line) == []


def test_a_build_that_fails_does_not_take_the_warning_away(command_line: CommandLine) -> None:
    command_line.write("q.txt", TWO_QUESTIONS)
    command_line.build("q.txt", "--to", "anki")
    command_line.edit("q.txt", "part 1", "part one")
    assert command_line.run("build", "q.txt", "--to", "anki", "--strict").status == 1
    assert "[deck-renamed]" in command_line.run("build", "q.txt", "--to", "anki").errors


def test_a_renamed_file_renames_the_deck_that_is_called_after_it(command_line: CommandLine) -> None:
    untitled = TWO_QUESTIONS.partition("\n\n")[2]
    command_line.write("input/first_try.txt", untitled)
    command_line.build("--to", "anki")
    (command_line.root / "input/first_try.txt").rename(command_line.root / "input/algorithms.txt")
    assert moves_in(command_line) == [("first try", "algorithms", 2)]
    assert "The deck of algorithms.txt is now called “algorithms”." in command_line.run("diff").output


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("q.md", "# Heaps\n\n## What is a heap?\n\nA tree.\n", "# Trees\n\n## What is a heap?\n\nA tree.\n"),
        (
            "q.md",
            "---\ntitle: Heaps\n---\n\n## What is a heap?\n\nA tree.\n",
            "---\ntitle: Trees\n---\n\n## What is a heap?\n\nA tree.\n",
        ),
        (
            "q.csv",
            "question,answer,deck\nWhat is a heap?,A tree.,Heaps\n",
            "question,answer,deck\nWhat is a heap?,A tree.,Trees\n",
        ),
        (
            "q.tsv",
            "#separator:tab\n#deck:Heaps\nWhat is a heap?\tA tree.\n",
            "#separator:tab\n#deck:Trees\nWhat is a heap?\tA tree.\n",
        ),
        (
            "q.txt",
            "Deck: Heaps\n\nQuestion 1: What is a heap?\nAnswer:\nA tree.\n",
            "Deck: Trees\n\nQuestion 1: What is a heap?\nAnswer:\nA tree.\n",
        ),
    ],
)
def test_every_format_has_its_name_of_a_deck(
    command_line: CommandLine, name: str, before: str, after: str
) -> None:
    command_line.write(name, before)
    command_line.build(name, "--to", "anki")
    command_line.write(name, after)
    assert moves_in(command_line, name) == [("Heaps", "Trees", 1)]


def test_a_name_that_anki_takes_for_the_same_is_no_move(command_line: CommandLine) -> None:
    command_line.write("q.txt", TWO_QUESTIONS)
    command_line.build("q.txt", "--to", "anki")
    command_line.edit("q.txt", "Interview questions", "INTERVIEW questions")
    assert moves_in(command_line, "q.txt") == []


def test_renamed_category_is_reported_if_categories_are_decks(command_line: CommandLine) -> None:
    command_line.write("q.txt", BY_CATEGORY)
    command_line.build("q.txt", *SUBDECKS)
    command_line.edit("q.txt", "== Databases ==", "== Database systems ==")
    assert moves_in(command_line, "q.txt", *SUBDECKS[2:]) == [("T::Databases", "T::Database systems", 2)]
    errors = command_line.run("build", "q.txt", *SUBDECKS).errors
    assert "An import leaves 2 cards in “T::Databases”." in errors
    assert 'deck:"T::Databases" Key:_*' in errors
    assert "restoring the old category" in errors


def test_a_question_in_another_category_leaves_its_card_alone(command_line: CommandLine) -> None:
    command_line.write("q.txt", BY_CATEGORY)
    command_line.build("q.txt", *SUBDECKS)
    question = "Question 2: What is a join?\nAnswer:\nRows side by side.\n\n"
    command_line.edit("q.txt", question, "")
    command_line.edit("q.txt", "Question 3", question + "Question 3")
    shown = command_line.run("diff", "q.txt", *SUBDECKS[2:]).output
    assert moves_in(command_line, "q.txt", *SUBDECKS[2:]) == [("T::Databases", "T::Networks", 1)]
    assert re.search(r"search Anki's browser for Key:\w{12} ", shown), "the other card stays in that deck"


def test_a_renamed_title_with_subdecks_is_one_move(command_line: CommandLine) -> None:
    command_line.write("q.txt", BY_CATEGORY)
    command_line.build("q.txt", *SUBDECKS)
    command_line.edit("q.txt", "T\n\n==", "U\n\n==")
    assert moves_in(command_line, "q.txt", *SUBDECKS[2:]) == [("T", "U", 3)]


def test_subdecks_that_are_switched_on_or_off_are_reported(command_line: CommandLine) -> None:
    command_line.write("q.txt", BY_CATEGORY)
    command_line.build("q.txt", "--to", "anki")
    assert moves_in(command_line, "q.txt", *SUBDECKS[2:]) == [
        ("T", "T::Databases", 2),
        ("T", "T::Networks", 1),
    ]
    assert "`anki.subdecks = false`" in command_line.run("build", "q.txt", *SUBDECKS).errors
    assert "`anki.subdecks = true`" in command_line.run("diff", "q.txt").output


def test_question_moved_to_another_file_is_reported(command_line: CommandLine) -> None:
    why, gil = (
        "Question 1: Why us?\nAnswer:\nYour product is used by people I know.\n",
        "Question 2: What is the GIL?\nAnswer:\nA lock around the interpreter.\n",
    )
    command_line.write("input/questions.txt", f"Backend interviews\n\n{why}\n{gil}")
    command_line.build("--to", "anki")
    command_line.write("input/questions.txt", f"Backend interviews\n\n{why}")
    command_line.write("input/technical.txt", f"Technical questions\n\n{gil}")
    (move,) = json.loads(command_line.run("diff", "--format", "json").output)["deck_moves"]
    shown, built = command_line.run("diff").output, command_line.run("build", "--to", "anki").errors
    for text in (shown, built):
        assert "1 question moved here from questions.txt, and the deck here is “Technical questions”." in text
        assert "An import leaves 1 card in “Backend interviews”." in text
        assert f"Key:{move['keys'][0]}" in text
        assert "Change Deck" in text
        assert "`exporter push`" in text
    assert "[cards-stay]" in built


def test_two_files_that_become_one_leave_the_cards_of_one(command_line: CommandLine) -> None:
    heap, trie = TWO_QUESTIONS.partition("\n\n")[2].split("\n\n")
    command_line.write("input/a.txt", f"A\n\n{heap}\n")
    command_line.write("input/b.txt", f"B\n\n{trie}")
    command_line.build("--to", "anki")
    (command_line.root / "input/a.txt").unlink()
    command_line.write("input/b.txt", f"B\n\n{heap}\n\n{trie}")
    assert moves_in(command_line) == [("A", "B", 1)]
    assert "1 question moved here from a.txt" in command_line.run("diff").output


def test_question_moved_inside_one_deck_is_not_reported(command_line: CommandLine) -> None:
    heap, trie = TWO_QUESTIONS.partition("\n\n")[2].split("\n\n")
    command_line.write("exporter.toml", 'deck = "All"\n')
    command_line.write("input/a.txt", f"A\n\n{heap}\n\n{trie}")
    command_line.build("--to", "anki")
    command_line.write("input/a.txt", f"A\n\n{heap}\n")
    command_line.write("input/b.txt", f"B\n\n{trie}")
    assert moves_in(command_line) == []


def test_lock_without_deck_names_gets_only_them(command_line: CommandLine) -> None:
    command_line.write("q.txt", TWO_QUESTIONS)
    command_line.build("q.txt", "--to", "anki", now=1_700_000_000)
    path = command_line.root / "exporter.lock"
    whole = path.read_text("utf-8")
    older = re.sub(r', "decks": \{.*\}\}', "}", whole)
    assert older != whole
    path.write_text(older, "utf-8")
    locked = command_line.run("build", "q.txt", "--to", "anki", "--locked", now=1_800_000_000)
    assert locked.status == 0, locked.errors
    assert path.read_text("utf-8") == older
    assert moves_in(command_line, "q.txt") == []
    command_line.build("q.txt", "--to", "anki", now=1_800_000_000)
    assert path.read_text("utf-8") == whole


def test_lock_version_rises_only_for_unreadable_content(
    command_line: CommandLine,
) -> None:
    path = command_line.root / "exporter.lock"
    command_line.write("q.txt", BY_CATEGORY)
    command_line.build("q.txt", "--to", "anki")
    assert path.read_text("utf-8").startswith('{"exporter-lock": 2, "needs": ["shipped"], "templates": ')
    command_line.run("build", "q.txt", *SUBDECKS)
    text = path.read_text("utf-8")
    assert text.startswith('{"exporter-lock": 2, "needs": ["record-deck", "shipped"], ')
    _, found = lockfile.parse(text.replace('"shipped"],', '"shipped", "more"],'), "exporter.lock")
    assert [one.code for one in found] == ["lock-newer"]
    _, found = lockfile.parse(text.replace('"decks": {', '"decks": {"a": 1, '), "exporter.lock")
    assert [one.code for one in found] == ["lock-damaged"]


NAMES = ["T", "T::A", "Questions – part 1", 'a "b" *c* d_e \\ f', "current", "filtered", "x: y", "(and) -or"]


@pytest.mark.parametrize("name", NAMES)
def test_the_search_for_a_deck_finds_its_cards_alone(tmp_path: Path, name: str) -> None:
    from anki.collection import Collection

    collection = Collection(str(tmp_path / "collection.anki2"))
    note_type = collection.models.by_name("Basic")
    others = [f"{name}x", f"x{name}", re.sub(r"[*_\\]", "q", name) + "z"]
    for deck in [*others, name, f"{name}::below"]:
        note = collection.new_note(note_type)
        note["Front"] = deck
        collection.add_note(note, collection.decks.id(deck))

    def search(query: str) -> set[str]:
        return {collection.get_note(note_id)["Front"] for note_id in collection.find_notes(query)}

    assert search(build_deck_query(name)) == {name, f"{name}::below"}
    assert search(f"{build_deck_query(name)} -{build_deck_query(name + '::', '*')}") == {name}
    collection.close()
