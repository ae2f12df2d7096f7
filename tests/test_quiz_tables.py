"""Quizzes as tables, and tables of which the first column is called “Name”."""

from __future__ import annotations

import pytest

from exporter.readers.table.header_names import ColumnRole, map_columns
from exporter.readers.table.quiz_options import choose_options

HEADER = ["question", "option a", "option b", "option c", "correct"]


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        ("b", "y"), ("B", "y"), ("B.", "y"), ("(c)", "z"), ("2", "y"), ("a, c", "x\nz"), ("a and b", "x\ny"),
        ("option c", "option c"), ("d", "d"), ("", ""), ("z", "z"), ("yes", "yes"),
    ],
)  # fmt: skip
def test_references_to_options(value: str, answer: str) -> None:
    rows = [(1, ["q", "x", "y", "z", value]), (2, ["q", "x", "y", "z", "a"]), (3, ["q", "x", "y", "z", "b"])]
    chosen = choose_options(HEADER, rows)
    assert chosen is not None
    assert chosen[1][0][1][4] == answer


def test_numbers_that_are_options_are_answers() -> None:
    rows = [(1, ["q", "4", "3", "2", "2"]), (2, ["q", "1", "2", "3", "1"])]
    assert choose_options(HEADER, rows) is None


@pytest.mark.parametrize("header", [["question", "answer", "tags"], ["q", "a", "answer"], ["a", "b", "c"]])
def test_other_tables_are_no_quizzes(header: list[str]) -> None:
    assert choose_options(header, [(1, ["a", "b", "a"])]) is None


def test_most_answers_must_refer_to_options() -> None:
    rows = [
        (index, ["q", "x", "y", "z", value])
        for index, value in enumerate(("a", "long text", "b", "more text"))
    ]
    assert choose_options(HEADER, rows) is None
    assert choose_options(HEADER, rows[:3]) is not None


def test_name_has_the_questions_beside_answers_only() -> None:
    assert map_columns(["Name", "Answer"])[ColumnRole.QUESTION] == 0
    assert ColumnRole.QUESTION not in map_columns(["Name", "Tags"])
    assert map_columns(["Name", "Question", "Answer"])[ColumnRole.QUESTION] == 1
