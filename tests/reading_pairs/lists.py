"""Pairs for lists of questions and topics without marks, which plain text has."""

from __future__ import annotations

from collections.abc import Sequence

from tests.reading_pairs.case import Case


def _ask(count: int) -> list[str]:
    return [f"What is the part {letter * 3}?" for letter in "abcdefghijklmnopqrstuvwxyz"[:count]]


def _name(count: int, end: str = "") -> list[str]:
    return [f"Part {letter * 3} of an engine{end}" for letter in "abcdefghijklmnopqrstuvwxyz"[:count]]


def _case(title: str, lines: Sequence[str], count: int) -> Case:
    return Case(title, "list.txt", "\n".join(lines), (str(count),), "count")


def _mix(asking: int, topics: int, end: str = "") -> list[str]:
    """Return two topics below each of some questions, and the other questions below them."""
    questions, others = _ask(asking), _name(topics, end)
    pairs = [line for i in range(topics // 2) for line in (questions[i], *others[2 * i : 2 * i + 2])]
    return [*pairs, *questions[topics // 2 :]]


def _marked(title: str, marked: int, count: int) -> Case:
    """Return a case of 22 lines, of which some have a number that continues no other."""
    lines = _mix(12, 10)
    topics = [index for index, line in enumerate(lines) if line.startswith("Part")]
    for number, index in enumerate(topics[:marked]):
        lines[index] = f"{2 * number + 3}. {lines[index]}"
    return _case(title, lines, count)


def _spaced(title: str, words: str, count: int) -> Case:
    """Return a case of lines between blank lines, of which one does not ask."""
    return _case(title, "\n\n".join([*_ask(4), words, *_ask(8)[4:]]).split("\n"), count)


def _share(title: str, titles: int, count: int) -> Case:
    """Return a case of lines between blank lines, of which some are short enough for titles."""
    lines = [*_ask(8), *["Engine oil", "Fuel pump", "Air filter", "Cold water"][:titles]]
    return _case(title, "\n\n".join([lines[0], *lines[8:], *lines[1:8]]).split("\n"), count)


_LONG, _LONGER = f"Oil and {'more ' * 12}oil", f"Oil and {'more ' * 15}oil"
_WEEKS = ("Week 1: Engines", *_name(6), "", "Week 2: Brakes", *_name(6, " and car"))

CASES = (
    _case("bare_lists.MIN_ASKING_SHARE above", [*_ask(4), "Oil and water", *_ask(8)[4:]], 9),
    _case("bare_lists.MIN_ASKING_SHARE below", [*_ask(3), "Oil and water", *_ask(6)[3:], "Fuel", "Air"], 6),
    _case("MIN_ITEMS above", [*_ask(4), "Oil and water"], 5),
    _case("MIN_ITEMS below", [*_ask(3), "Oil and water"], 3),
    _case("MAX_LENGTH_FACTOR below", [*_ask(4), _LONG, *_ask(8)[4:]], 9),
    _case("MAX_LENGTH_FACTOR above", [*_ask(4), _LONGER, *_ask(8)[4:]], 8),
    _case("MAX_ANSWERED_SHARE below", [*_ask(9), "  the part", "Oil and water", *_ask(12)[9:]], 13),
    _case("MAX_ANSWERED_SHARE above", [*_ask(9), "  the part", "Oil and water", "  oil", *_ask(12)[9:]], 12),
    _case(
        "MIN_UNFINISHED_CHARS below",
        [*_ask(5), f"List all {'very ' * 7}old parts", "oil and water", *_ask(8)[5:]],
        10,
    ),
    _case(
        "MIN_UNFINISHED_CHARS above",
        [*_ask(5), f"List all {'very ' * 12}old parts", "oil and water", *_ask(8)[5:]],
        9,
    ),
    _case("MIN_TOPICS above", [*_name(10), *_ask(2)], 12),
    _case("MIN_TOPICS below", [*_name(9), *_ask(2)], 2),
    _case("MAX_ASKING_SHARE below", [*_name(9), *_ask(3)], 12),
    _case("MAX_ASKING_SHARE above", [*_name(8, " " + "and " * 12 + "so"), *_ask(4)], 4),
    _case("MAX_SENTENCE_SHARE below", [*_name(6), *_name(4, " and car."), *_ask(2)], 12),
    _case("MAX_SENTENCE_SHARE above", [*_name(5), *_name(5, " and car."), *_ask(2)], 2),
    _case("MIN_SENTENCE_SHARE above", ["Oil", *_name(11, " and car.")], 12),
    _case("MIN_SENTENCE_SHARE below", [*_name(2), *_name(10, " and car.")], 0),
    _case("MAX_TOPIC_CHARS below", [*_name(8), "Oil " * 20, "Car " * 20, *_ask(2)], 12),
    _case("MAX_TOPIC_CHARS above", [*_name(8), "Oil " * 31, "Car " * 31, *_ask(2)], 2),
    _case("MAX_MEDIAN_RATIO below", _mix(8, 8, " and " * 4), 16),
    _case("MAX_MEDIAN_RATIO above", _mix(8, 8, " and " * 6), 8),
    _case("MAX_FOLLOWED_SHARE below", _mix(8, 12), 20),
    _case("MAX_FOLLOWED_SHARE above", _mix(8, 14), 8),
    _case("MAX_LONG_SHARE below", [*_mix(12, 8), "Oil " * 31], 21),
    _case("MAX_LONG_SHARE above", [*_mix(12, 8), "Oil " * 31, "Car " * 31], 12),
    _marked("MAX_MARKED_SHARE below", 2, 22),
    _marked("MAX_MARKED_SHARE above", 3, 12),
    _case("MAX_CLOSING_SHARE below", [*_WEEKS, "", "Good luck with the engines!"], 12),
    _case("MAX_CLOSING_SHARE above", [*_WEEKS, "", "Good luck!", "", "Be there at nine."], 14),
    _share("MAX_TITLE_SHARE below", 2, 8),
    _share("MAX_TITLE_SHARE above", 4, 12),
    _spaced("MAX_SPACED_TITLE_WORDS below", "Cold oil changes", 8),
    _spaced("MAX_SPACED_TITLE_WORDS above", "Oil in cold engines", 9),
)
