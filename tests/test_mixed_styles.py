"""Files of one style and of two: the reader finds the questions of both."""

from __future__ import annotations

from itertools import permutations

import pytest

from exporter.config.settings import Settings
from exporter.model import plain_text
from exporter.readers import SourceText
from exporter.readers.plain.reader import read
from tests.reading_styles import STYLES, Mixed, entries, join

PAIRS = list(permutations(STYLES, 2))
MIN_WHOLE = 0.99
"""Share of the pairs of four and four questions that are read whole."""

MIN_WHOLE_UNEVEN = 0.91
"""The same where one style has two questions; at the top of labelled ones they may be an introduction."""


def read_questions(text: str) -> tuple[str, ...]:
    source = SourceText("notes.txt", tuple(text.split("\n")))
    return tuple(plain_text(question.question) for question in read(source, Settings()).questions.questions)


def is_whole(mixed: Mixed) -> bool:
    return read_questions(mixed.text) == mixed.questions


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("count", [2, 5])
def test_one_style_is_read_whole(style: str, count: int) -> None:
    written = entries(count)
    text = "\n".join(["My interview questions", "", *STYLES[style](written, 1)])
    assert read_questions(text) == tuple(question for question, _ in written)


@pytest.mark.parametrize("between", ["", "== Second part ==", "SECOND PART"])
def test_nearly_all_pairs_of_styles_are_read_whole(between: str) -> None:
    whole = sum(is_whole(join(upper, lower, (4, 4), between)) for upper, lower in PAIRS)
    assert whole >= MIN_WHOLE * len(PAIRS)


@pytest.mark.slow
@pytest.mark.parametrize("between", ["", "== Second part ==", "SECOND PART"])
@pytest.mark.parametrize("counts", [(2, 10), (10, 2)])
def test_most_pairs_of_uneven_size_are_read_whole(counts: tuple[int, int], between: str) -> None:
    whole = sum(is_whole(join(upper, lower, counts, between)) for upper, lower in PAIRS)
    assert whole >= MIN_WHOLE_UNEVEN * len(PAIRS)


def test_a_label_above_another_style_is_a_question() -> None:
    text = "What is a heap?\nA tree.\n\nWhat is a stack?\nA list.\n\nQ: How is it sorted?\nA: By its keys.\n"
    assert read_questions(text) == ("What is a heap?", "What is a stack?", "How is it sorted?")


def test_a_numbered_list_in_an_answer_holds_no_questions() -> None:
    text = "Q: How do you start?\nA: I ask three things:\n\n1. Who reads it?\n2. When?\n3. How often?\n\nQ: And then?\nA: I write.\n"
    assert read_questions(text) == ("How do you start?", "And then?")


def test_a_question_in_a_labelled_answer_is_part_of_it() -> None:
    text = "Question 1: How do you plan?\nAnswer:\nI ask first.\n\nWhat is the goal?\nIt decides the rest.\n"
    assert read_questions(text) == ("How do you plan?",)
