"""A file that is Markdown by its name only is read as plain text, if its lines ask."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.model.text import plain_text
from exporter.readers import SourceText, load

SECTIONS = "1 Basics\n1.1 What is a class?\n1.2 What is an object?\n1.3 Who has it?\n2 More\n2.1 What is a loop?\n2.2 And a list?"
CARDS = (
    "1.1 What is a class?\nA type.\n\n1.2 What is an object?\nAn instance.\n\n2.1 And a loop?\nIt repeats."
)
QUIZ = "Part 1\n\n" + "\n".join(f"Number {n} is\n[ ] even\n[x] odd\n[ ] both\n" for n in range(1, 8, 2))


def read(text: str) -> list[tuple[str, str]]:
    questions = load("markdown")(SourceText("q.md", tuple(text.split("\n"))), Settings()).questions.questions
    return [(plain_text(question.question), plain_text(question.answer)) for question in questions]


@pytest.mark.parametrize(
    ("text", "count"), [(SECTIONS, 5), (CARDS, 3), (QUIZ, 0), ("Only words.\n\nAnd more.", 0)]
)
def test_text_that_asks_is_read_as_plain_text(text: str, count: int) -> None:
    assert len(read(text)) == count


def test_answers_of_such_text_are_below_their_questions() -> None:
    assert [answer for _, answer in read(CARDS)] == ["A type.", "An instance.", "It repeats."]
