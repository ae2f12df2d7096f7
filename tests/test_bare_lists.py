"""Lists of questions and topics without marks; pairs for the numbers are in `tests/reading_pairs/lists.py`."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.readers import ReadResult, SourceText, load


def read(*lines: str) -> ReadResult:
    text = "\n".join(lines)
    return load("plain")(SourceText("list.txt", tuple(text.split("\n"))), Settings())


def count_questions(*lines: str) -> int:
    return len(read(*lines).questions.questions)


def ask(count: int) -> list[str]:
    return [f"What is the part {letter * 3}?" for letter in "abcdefghijklmnopqrstuvwxyz"[:count]]


def name_topics(count: int) -> list[str]:
    return [f"Part {letter * 3} of an engine" for letter in "abcdefghijklmnopqrstuvwxyz"[:count]]


def wrap(topics: list[str], *, end: str) -> list[str]:
    return [topic + end for topic in topics]


WEEKS = ("Week 1: Engines", *name_topics(6), "", "Week 2: Brakes", *wrap(name_topics(6), end=" and car"))


def test_a_first_line_that_asks_may_have_its_answer_below() -> None:
    assert count_questions(*ask(1), *name_topics(10), *ask(2)[1:]) == 2


def test_cards_of_several_lines_are_not_a_list() -> None:
    cards = [line for text in ask(6) for line in (text, "Oil", "Car", "")]
    assert count_questions(*cards, *ask(12)[6:]) == 12


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (WEEKS, 12),
        ([line.replace("Week", "День") for line in WEEKS], 12),
        ([line.replace("Week ", "Day") for line in WEEKS], 12),
        (
            [
                line.replace(": ", " (").replace("Engines", "Engines)").replace("Brakes", "b)")
                for line in WEEKS
            ],
            12,
        ),
        ([line + ("\n" if "Week" in line else "") for line in WEEKS], 12),
        # headings of one form need numbers that rise
        ([line.replace("Week 2", "Week 1") for line in WEEKS], 0),
    ],
)
def test_topics_below_headings_of_one_form(lines: tuple[str, ...], count: int) -> None:
    assert count_questions(*lines) == count


def test_numbers_without_sequence_are_part_of_the_topic() -> None:
    result = read("Week 1: Engines", *name_topics(5), "2 pistons", "4 pistons", "", *WEEKS[8:])
    assert [question.number for question in result.questions.questions] == [None] * 13


def test_text_below_the_list_is_reported() -> None:
    result = read(*WEEKS, "", "Good luck!")
    assert [diagnostic.code for diagnostic in result.diagnostics] == ["stray-text"]


INDENTED = "Rigging:\n\n    What is a jib?\n    Name a mast.\n    Why a keel?\n\nHulls:\n\n    Which is fast?\n    Is it?\n"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (INDENTED, 5),
        (INDENTED.replace("    ", "\t"), 5),
        (INDENTED.replace("    ", "  ").replace("Hulls:", "Корпус："), 5),
        (INDENTED.replace("    Is it?\n", ""), 3),  # MIN_ITEMS
        (INDENTED.replace("    Is it?", "     Is it?"), 4),
        (INDENTED.replace("Hulls:", "Then some hulls were built."), 4),
        (INDENTED.replace("Name a mast.", "A mast.").replace("Is it?", "It is."), 3),  # MIN_ASKING_SHARE
    ],
)
def test_indented_lists_below_titles_are_questions(text: str, count: int) -> None:
    questions = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings()).questions.questions
    assert (len(questions) == 5) == (count == 5)
