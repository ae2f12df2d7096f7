"""Which words of a Markdown file are the question, the answer and the metadata, and which belong to none."""

from __future__ import annotations

import pytest

from tests.test_mixed_markdown import read_questions


def test_an_option_is_not_the_label_of_an_answer() -> None:
    text = "## What holds a boat?\nA) Anchor\nB) Oar\n\n## What is a stern?\na. The back\nb. The front\n"
    assert read_questions(text) == [
        ("What holds a boat?", "A) Anchor B) Oar"),
        ("What is a stern?", "a. The back b. The front"),
    ]


@pytest.mark.parametrize("option", ["A)", "(A)", "**A)**", "a."])
def test_options_in_paragraphs_of_their_own_stay_whole(option: str) -> None:
    second = option.replace("A", "B").replace("a", "b")
    lines = f"{option} Anchor\n\n{second} Oar\n"
    answer = f"{option} Anchor\n\n{second} Oar".replace("**", "")
    text = f"1. What holds a boat?\n\n{lines}\n2. What moves it?\n\n{lines}"
    assert read_questions(text) == [("What holds a boat?", answer), ("What moves it?", answer)]


def test_options_above_a_labelled_answer_join_the_question() -> None:
    text = "## 1. What is 2+2?\na) 3\nb) 4\n\nAnswer: b\n\n## 2. What is 3+3?\na) 6\nb) 7\n\nAnswer: a\n"
    assert read_questions(text) == [
        ("What is 2+2? a) 3 b) 4", "b"),
        ("What is 3+3? a) 6 b) 7", "a"),
    ]


def test_a_letter_without_a_second_option_is_a_label() -> None:
    text = "## Which knot slips?\nA: A granny.\nIt rolls.\n\n## Which holds?\nA: A bowline.\n"
    assert read_questions(text) == [
        ("Which knot slips?", "A granny. It rolls."),
        ("Which holds?", "A bowline."),
    ]
