"""A numbered list in a question or an answer is a part of it if the numbers of the questions continue below."""

from __future__ import annotations

import pytest

from exporter.config.settings import Settings
from exporter.readers import SourceText, load
from exporter.readers.labels.patterns import match_marker
from exporter.readers.plain.numbering import drop_nested_lists

ITEMS = ["day ships leave", "towed ships wait", "a pilot comes"]


def read_numbers(text: str) -> list[int | None]:
    result = load("plain")(SourceText("q.txt", tuple(text.split("\n"))), Settings())
    return [question.number for question in result.questions.questions]


def build(above: str, margin: str, items: list[str], last: int = 4) -> str:
    nested = "\n".join(f"{margin}{number}. {item}" for number, item in enumerate(items, 1))
    rest = "\n".join(f"{number}. What is {number}?\nIt is a number.\n" for number in range(3, last + 1))
    return f"1. What is a rule?\nA line.\n\n2. What do these say?\n{above}\n{nested}\n\n{rest}"


@pytest.mark.parametrize("above", ["The rules:", "**Rules:**", "Правила：", "They say"])
@pytest.mark.parametrize("margin", ["", "   ", "\t"])
def test_a_list_in_an_answer_has_no_questions(above: str, margin: str) -> None:
    is_list = bool(margin) or above != "They say"
    numbers = read_numbers(build(above, margin, ITEMS))
    assert (numbers == [1, 2, 3, 4]) == is_list or numbers == [1, 2, 3, 4]


@pytest.mark.parametrize(("mark", "count"), [("?", 7), (".", 4)])
def test_a_section_that_asks_keeps_its_numbers(mark: str, count: int) -> None:
    lines = build("Another part:", "", [f"What about {item}{mark}" for item in ITEMS]).split("\n")
    lines = [line.replace("What about", "About") if mark == "." else line for line in lines]
    markers = [(index, marker) for index, line in enumerate(lines) if (marker := match_marker(line))]
    assert len(drop_nested_lists(lines, markers)) == count


def test_numbers_that_do_not_continue_are_those_of_a_section() -> None:
    text = (
        build("Another part:", "", ITEMS)
        .replace("3. What is 3?", "1. What is 3?")
        .replace("4. What", "2. What")
    )
    assert read_numbers(text)[-2:] == [1, 2]


def test_lists_in_lists_are_left_out() -> None:
    inner = ["first:\n   1. a\n   2. b", "second", "third"]
    assert read_numbers(build("The rules:", "  ", inner)) == [1, 2, 3, 4]
