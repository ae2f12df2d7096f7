"""Lists of questions and topics without marks: each number that decides has a list on either side of it."""

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


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        # MIN_ASKING_SHARE
        ((*ask(4), "Oil and water", *ask(8)[4:]), 9),
        ((*ask(3), "Oil and water", *ask(6)[3:], "Fuel", "Air"), 6),
        # MIN_ITEMS
        ((*ask(4), "Oil and water"), 5),
        ((*ask(3), "Oil and water"), 3),
        # MAX_LENGTH_FACTOR: 1.25 of 60 characters are 75
        ((*ask(4), f"Oil and {'more ' * 12}oil", *ask(8)[4:]), 9),
        ((*ask(4), f"Oil and {'more ' * 15}oil", *ask(8)[4:]), 8),
        # MAX_ANSWERED_SHARE
        ((*ask(9), "  the part", "Oil and water", *ask(12)[9:]), 13),
        ((*ask(9), "  the part", "Oil and water", "  oil", *ask(12)[9:]), 12),
        # MIN_UNFINISHED_CHARS
        ((*ask(5), f"List all {'very ' * 7}old parts", "oil and water", *ask(8)[5:]), 10),
        ((*ask(5), f"List all {'very ' * 12}old parts", "oil and water", *ask(8)[5:]), 9),
    ],
)
def test_lines_of_a_list_that_asks(lines: tuple[str, ...], count: int) -> None:
    assert count_questions(*lines) == count


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        # MIN_TOPICS
        ((*name_topics(10), *ask(2)), 12),
        ((*name_topics(9), *ask(2)), 2),
        # MAX_ASKING_SHARE
        ((*name_topics(9), *ask(3)), 12),
        ((*wrap(name_topics(8), end=" " + "and " * 12 + "so"), *ask(4)), 4),
        # MAX_SENTENCE_SHARE, MIN_SENTENCE_SHARE
        ((*name_topics(6), *wrap(name_topics(4), end=" and car."), *ask(2)), 12),
        ((*name_topics(5), *wrap(name_topics(5), end=" and car."), *ask(2)), 2),
        (("Oil", *wrap(name_topics(11), end=" and car.")), 12),
        ((*name_topics(2), *wrap(name_topics(10), end=" and car.")), 0),
        # MAX_TOPIC_CHARS
        ((*name_topics(9), "Oil " * 31, *ask(2)), 12),
        ((*name_topics(8), "Oil " * 31, "Car " * 31, *ask(2)), 2),
        # the first line asks, the others may be its answer
        ((*ask(1), *name_topics(10), *ask(2)[1:]), 2),
    ],
)
def test_lists_of_topics(lines: tuple[str, ...], count: int) -> None:
    assert count_questions(*lines) == count


def mix(asking: int, topics: int, end: str = "") -> list[str]:
    """Return two topics below each of some questions, and the other questions below them."""
    questions, others = ask(asking), wrap(name_topics(topics), end=end)
    pairs = [line for i in range(topics // 2) for line in (questions[i], *others[2 * i : 2 * i + 2])]
    return [*pairs, *questions[topics // 2 :]]


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        # MAX_MEDIAN_RATIO: the questions have 21 characters
        (mix(8, 8, " and " * 4), 16),
        (mix(8, 8, " and " * 6), 8),
        # MAX_FOLLOWED_SHARE
        (mix(8, 12), 20),
        (mix(8, 14), 8),
        # MAX_LONG_SHARE
        ([*mix(12, 8), "Oil " * 31], 21),
        ([*mix(12, 8), "Oil " * 31, "Car " * 31], 12),
        # MAX_MARKED_SHARE
        ([*mix(10, 8), "1. Oil"], 19),
        ([line.replace("Part", "1. Part") for line in mix(10, 8)], 10),
        # cards of several lines
        ([line for text in ask(6) for line in (text, "Oil", "Car", "")] + ask(12)[6:], 12),
    ],
)
def test_lists_of_which_some_ask(lines: list[str], count: int) -> None:
    assert count_questions(*lines) == count


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
        # MAX_CLOSING_SHARE
        ((*WEEKS, "", "Good luck with the engines!"), 12),
        ((*WEEKS, "", "Good luck!", "", "Be there at nine."), 14),
        # headings of one form need numbers that rise
        ([line.replace("Week 2", "Week 1") for line in WEEKS], 0),
    ],
)
def test_topics_below_headings_of_one_form(lines: tuple[str, ...], count: int) -> None:
    assert count_questions(*lines) == count


@pytest.mark.parametrize(("words", "count"), [("Oil in cold engines", 9), ("Cold oil changes", 8)])
def test_titles_between_blank_lines_have_few_words(words: str, count: int) -> None:
    assert count_questions(*"\n\n".join([*ask(4), words, *ask(8)[4:]]).split("\n")) == count


def test_numbers_without_sequence_are_part_of_the_topic() -> None:
    result = read("Week 1: Engines", *name_topics(5), "2 pistons", "4 pistons", "", *WEEKS[8:])
    assert [question.number for question in result.questions.questions] == [None] * 13


def test_text_below_the_list_is_told() -> None:
    result = read(*WEEKS, "", "Good luck!")
    assert [diagnostic.code for diagnostic in result.diagnostics] == ["stray-text"]
