"""Pairs for `exporter/readers/table/`."""

from __future__ import annotations

from collections.abc import Sequence

from tests.reading_pairs.case import Case

Rows = Sequence[Sequence[str]]


def _table(rows: Rows) -> str:
    return "".join(",".join(row) + "\n" for row in rows)


def _headed(title: str, header: Sequence[str], asking: int, count: int) -> Case:
    """Return a case of five rows below a header, of which some ask; `count` is 6 if the header is a row."""
    rows = [(f"What is item {n}?" if n < asking else f"Item {n} of the list", f"Text {n}.") for n in range(5)]
    return Case(title, "a.csv", _table([header, *rows]), (str(count),), "count")


def _above(title: str, above: int, count: int) -> Case:
    rows = [[f"My list {n}"] for n in range(above)]
    rows += [["question", "answer"], ["What?", "This."], ["Who?", "They."]]
    return Case(title, "a.csv", _table(rows), (str(count),), "count")


def _three_columns(title: str, same: int, answer: str) -> Case:
    rows = [(f"What is item {n}?", "basics" if n < same else f"more {n}", f"Text {n}.") for n in range(10)]
    return Case(title, "a.csv", _table(rows), (answer,), "last answer")


def _third_column(title: str, words: int, tags: str) -> Case:
    rows = [(f"What is item {n}?", f"Text {n}.", " ".join("abcdefghi"[:words])) for n in range(2)]
    return Case(title, "a.csv", _table(rows), (tags, tags), "tags")


def _one_asks(title: str, asking: int, count: int) -> Case:
    rows = [
        (f"What is item {n}?" if n < asking else f"Item {n}", f"Text {n}.", f"More {n}.") for n in range(6)
    ]
    return Case(title, "a.csv", _table(rows), (str(count),), "count")


def _asked_second(title: str, asking: int, answer: str) -> Case:
    rows = [(f"Text {n}.", f"What is item {n}?" if n < asking else f"Item {n}") for n in range(5)]
    return Case(title, "a.csv", _table(rows), (answer,), "last answer")


def _semicolons(title: str, lacking: int, question: str) -> Case:
    """Return a case in which each row has a semicolon, and all but some have a comma."""
    rows = [f"What is n;m?{'' if n < lacking else ','} Text {n}" for n in range(25)]
    return Case(title, "a.csv", "\n".join([*rows, ""]), (question,), "last answer")


WORD = "Alphabetagammadeltaepsilonzetaetatheta"

CASES = (
    _headed("MIN_ASKING_BELOW_HEADER below", ("Alpha", "Beta"), 2, 6),
    _headed("MIN_ASKING_BELOW_HEADER above", ("Alpha", "Beta"), 4, 5),
    _headed("MAX_NAME_CHARS below", (WORD[:25], "Beta"), 5, 5),
    _headed("MAX_NAME_CHARS above", (WORD[:35], "Beta"), 5, 6),
    _above("MAX_ROWS_ABOVE_HEADER below", 4, 2),
    _above("MAX_ROWS_ABOVE_HEADER above", 8, 11),
    _three_columns("MIN_UNIFORM_CELLS below", 8, "more 9"),
    _three_columns("MIN_UNIFORM_CELLS above", 9, "Text 9."),
    _third_column("MAX_TAG_WORDS below", 2, "a b"),
    _third_column("MAX_TAG_WORDS above", 3, ""),
    _one_asks("MIN_ASKING_CELLS below", 1, 0),
    _one_asks("MIN_ASKING_CELLS above", 3, 6),
    _asked_second("more than half ask, below", 2, "Item 4"),
    _asked_second("more than half ask, above", 3, "Text 4."),
    _semicolons("EXPECTED_BONUS below", 1, "Text 24"),
    _semicolons("EXPECTED_BONUS above", 2, "m?, Text 24"),
)
