"""`exporter push` and what a person did in Anki: tags, leeches and edits survive, and new answers arrive."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from exporter.anki.tags import plan_tag_changes
from tests.anki_server import Servers, serving
from tests.engine.phone import Phone
from tests.in_process import CommandLine
from tests.projects import Ran
from tests.test_push import opened, servers

pytestmark = pytest.mark.slow

__all__ = ["servers"]

SOURCE = """\
Question 1: What is a heap?
Tags: trees
Answer:
A tree in an array.

Question 2: What is a trie?
Answer:
A tree of letters.
"""


class Desktop:
    """A project, and the Anki on the same computer."""

    def __init__(self, command_line: CommandLine, servers: Servers) -> None:
        self.command_line, self.servers = command_line, servers
        self.folder = command_line.root.parent / "anki"

    def push(self, *arguments: str, answers: str = "") -> Ran:
        with serving(self.servers, self.folder) as url:
            ran = self.command_line.run("push", "q.txt", "--url", url, *arguments, answers=answers)
        assert ran.status == 0, ran.errors
        return ran

    @contextmanager
    def anki(self) -> Iterator[Phone]:
        with opened(self.folder) as phone:
            yield phone

    def note(self, words: str) -> tuple[str, list[str]]:
        """The answer of the note whose question has these words, and its tags."""
        with self.anki() as phone:
            (note_id,) = phone.collection.find_notes(f'Question:"*{words}*"')
            note = phone.collection.get_note(note_id)
            return note["Answer"], sorted(note.tags)

    def touch(self, words: str, tag: str) -> None:
        with self.anki() as phone:
            phone.collection.tags.bulk_add(phone.collection.find_notes(f'Question:"*{words}*"'), tag)

    def edit(self, words: str, answer: str) -> None:
        with self.anki() as phone:
            (note_id,) = phone.collection.find_notes(f'Question:"*{words}*"')
            note = phone.collection.get_note(note_id)
            note["Answer"] = answer
            phone.collection.update_note(note)


@pytest.fixture
def desktop(command_line: CommandLine, servers: Servers) -> Desktop:
    """A project whose deck was built some days ago, and imported."""
    command_line.write("q.txt", SOURCE)
    command_line.build("q.txt", "--to", "anki", now=int(time.time()) - 864_000)
    made = Desktop(command_line, servers)
    with made.anki() as phone:
        phone.import_package(command_line.root / "dist/q.apkg")
        phone.review_all()
    return made


def import_by_hand(desktop: Desktop) -> None:
    with desktop.anki() as phone:
        phone.import_package(desktop.command_line.root / "dist/q.apkg")


def test_rejected_answer_is_sent_again_and_tags_are_kept(desktop: Desktop) -> None:
    """The build was imported by hand first, and refused: the lock knows the new text alone."""
    desktop.touch("heap", "leech mine")
    desktop.command_line.edit("q.txt", "A tree in an array", "A tree that lies in an array")
    desktop.command_line.build("q.txt", "--to", "anki", now=int(time.time()) - 432_000)
    import_by_hand(desktop)
    assert "A tree in an array." in desktop.note("heap")[0]
    ran = desktop.push()
    assert "Sent again 1 note that Anki had changed." in ran.output
    answer, tags = desktop.note("heap")
    assert "A tree that lies in an array." in answer
    assert tags == ["leech", "mine", "trees"]
    assert "Sent again" not in desktop.push().output
    with desktop.anki() as phone:
        assert set(phone.reviews().values()) == {1}


def test_user_tags_stay_and_dropped_source_tags_go(desktop: Desktop) -> None:
    desktop.touch("heap", "mine")
    desktop.command_line.edit("q.txt", "Tags: trees", "Tags: arrays")
    ran = desktop.push()
    assert "Kept the tags of 1 note" in ran.output
    assert desktop.note("heap")[1] == ["arrays", "mine"]
    assert "Kept the tags" not in desktop.push().output


def test_category_tag_without_import_is_not_a_user_tag(desktop: Desktop) -> None:
    heap, trie = SOURCE.split("\n\n", 1)
    for first, second, run in (
        ("ARRAYS", "TREES", desktop.push),
        ("TREES", "ARRAYS", lambda: desktop.command_line.build("q.txt", "--to", "anki")),
        ("GRAPHS", "ARRAYS", desktop.push),
    ):
        desktop.command_line.write("q.txt", f"Title\n\n{first}\n{heap}\n\n{second}\n{trie}")
        run()
    assert desktop.note("heap")[1] == ["category::graphs", "trees"]
    assert desktop.note("trie")[1] == ["category::arrays"]


def test_an_answer_edited_in_anki_alone_stays_and_is_reported(desktop: Desktop) -> None:
    desktop.edit("trie", "My own words.")
    desktop.command_line.edit("q.txt", "A tree in an array", "A tree that lies in an array")
    ran = desktop.push("--yes")
    assert desktop.note("trie")[0] == "My own words."
    assert "1 note has another text in Anki than in the source, and keeps it:" in ran.output
    assert "What is a trie?" in ran.output
    key = ran.output.split("--resend ")[1][:12]
    desktop.command_line.build("q.txt", "--to", "anki", "--resend", key)
    shown = desktop.push("--yes").output
    assert "My own words." in shown, "the only copy is printed before it is replaced"
    assert "A tree of letters." in desktop.note("trie")[0]


@pytest.mark.parametrize(("answers", "wins"), [("", "Anki"), ("n\n", "Anki"), ("y\n", "the source")])
def test_an_answer_edited_on_both_sides_is_asked_about(desktop: Desktop, answers: str, wins: str) -> None:
    desktop.edit("heap", "My own words.")
    desktop.command_line.edit("q.txt", "A tree in an array", "A tree that lies in an array")
    dry = desktop.push("--dry-run")
    assert "Would ask whether to replace the text of 1 note" in dry.output
    ran = desktop.push(answers=answers)
    assert "My own words." in ran.output
    assert "Replace the text of 1 note, which changed both in Anki and in the source" in ran.output
    expected = "My own words." if wins == "Anki" else "A tree that lies in an array."
    assert expected in desktop.note("heap")[0]


@pytest.mark.parametrize(
    ("before", "after", "ours", "former", "expected"),
    [
        (["a", "mine"], ["a"], ["a"], ["a"], (["mine"], [])),
        (["a", "mine"], ["b"], ["b"], ["a"], (["mine"], [])),
        (["a", "mine"], ["a", "mine"], ["b"], ["a"], (["b"], ["a"])),
        (["A", "leech"], ["a"], ["a"], ["A"], (["leech"], [])),
        (["a"], ["a"], ["a"], [], ([], [])),
        (["old"], [], [], [], (["old"], [])),
        (["category::a", "mine"], ["category::b"], ["category::b"], ["category::a"], (["mine"], [])),
        (
            ["category::a"],
            ["category::a"],
            ["category::b"],
            ["category::a"],
            (["category::b"], ["category::a"]),
        ),
        (["mine"], ["mine"], ["category::a"], [], ([], [])),
        (["category::mine"], ["category::a"], ["category::a"], ["category::a"], (["category::mine"], [])),
    ],
)
def test_which_tags_are_the_users(
    before: list[str],
    after: list[str],
    ours: list[str],
    former: list[str],
    expected: tuple[list[str], list[str]],
) -> None:
    assert plan_tag_changes(before, after, current=ours, former=former) == expected
