"""The questions that are failed most, from the reviews in the real Anki engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from anki.collection import ExportAnkiPackageOptions

from tests.engine.phone import Phone
from tests.in_process import CommandLine
from tests.projects import SEED

AGAIN, GOOD = 1, 3


@pytest.fixture
def deck(command_line: CommandLine, phone: Phone) -> CommandLine:
    """Return a project whose deck was imported, and of which three cards were failed."""
    command_line.write("q.txt", SEED.read_bytes())
    command_line.build("q.txt")
    phone.import_package(command_line.root / "dist/q.apkg")
    collection = phone.collection
    for card_id in collection.find_cards(""):
        number = int(collection.get_card(card_id).note()["Number"])
        for ease in [AGAIN] * {4: 3, 9: 1, 20: 2}.get(number, 0) + [GOOD]:
            card = collection.get_card(card_id)
            card.start_timer()
            collection.sched.answerCard(card, ease)
    return command_line


def export(deck: CommandLine, phone: Phone, *, with_scheduling: bool = True, legacy: bool = False) -> Path:
    path = deck.root / "phone.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=with_scheduling, legacy=legacy, with_media=True)
    phone.collection.export_anki_package(out_path=str(path), options=options, limit=None)
    return path


@pytest.mark.parametrize("legacy", [False, True])
def test_failed_questions_are_listed_as_the_review_log_counts(
    deck: CommandLine, phone: Phone, legacy: bool
) -> None:
    ran = deck.run("weak", str(export(deck, phone, legacy=legacy)), "q.txt", "--format", "json")
    questions = json.loads(ran.output)["questions"]
    assert [(question["number"], question["again"]) for question in questions] == [(4, 3), (20, 2), (9, 1)]
    rows = phone.collection.db.all(
        "select n.guid, sum(r.ease = 1), count(r.id) from notes n join cards c on c.nid = n.id "
        "join revlog r on r.cid = c.id where r.ease > 0 group by n.id having sum(r.ease = 1)"
    )
    assert {(question["key"], question["again"], question["reviews"]) for question in questions} == {
        tuple(row) for row in rows
    }
    assert [question["line"] for question in questions] == [29, 152, 69]


def test_table_names_the_line_of_each_question(deck: CommandLine, phone: Phone) -> None:
    collection = phone.collection
    (flagged,) = collection.find_cards("Number:20")
    collection.set_user_flag_for_cards(2, [flagged])
    collection.sched.suspend_cards([flagged])
    package = str(export(deck, phone))
    output = deck.run("weak", package, "q.txt", "-n", "2").output
    assert "q.txt:29" in output
    assert "q.txt:152  (flag 2, suspended)" in output
    assert "q.txt:69" not in output
    assert "q.txt:152" in deck.run("weak", package, "q.txt", "--flag").output
    assert "No question of these sources" in deck.run("weak", package, "q.txt", "--lapses", "9").output


def test_a_package_without_scheduling_says_so(deck: CommandLine, phone: Phone) -> None:
    package = export(deck, phone, with_scheduling=False)
    assert "There are no reviews." in deck.run("weak", str(package), "q.txt").output


def test_weak_questions_are_written_and_nothing_else(deck: CommandLine, phone: Phone) -> None:
    package = str(export(deck, phone))
    before = {
        path: path.read_bytes() for path in deck.root.rglob("*") if path.is_file() and "dist" in path.parts
    }
    lock = (deck.root / "exporter.lock").read_bytes()
    ran = deck.run("weak", package, "q.txt", "-n", "1", "--to", "markdown", "--to", "pdf")
    assert ran.status == 0, ran.errors
    new = {path.name for path in (deck.root / "dist").iterdir()} - {path.name for path in before}
    assert new == {"q-weak.md", "q-weak-cards.pdf"}
    assert (deck.root / "dist/q-weak.md").read_text("utf-8").count("\n## ") == 1
    assert {path: path.read_bytes() for path in before} == before
    assert (deck.root / "exporter.lock").read_bytes() == lock
    ran = deck.run("weak", package, "q.txt", "-n", "1", "--to", "markdown", "--format", "json")
    (file,) = json.loads(ran.output)["files"]
    assert file == {"path": "dist/q-weak.md", "bytes": (deck.root / "dist/q-weak.md").stat().st_size}
    deck.build("q.txt")
    assert {path: path.read_bytes() for path in before} == before


def test_a_file_that_is_no_package_is_reported(deck: CommandLine) -> None:
    deck.write("no.apkg", b"PK\3\4 nothing")
    ran = deck.run("weak", "no.apkg", "q.txt")
    assert (ran.status, "[not-a-package]" in ran.errors) == (1, True)
    assert deck.run("weak", "q.txt").status == 2
