"""Pairs for keys of answers below the questions."""

from __future__ import annotations

from collections.abc import Sequence

from tests.reading_pairs.case import Case


def _key(title: str, questions: int, answered: Sequence[int], answer: str, written: int = 0) -> Case:
    """Return a case of numbered questions, the first with text below, and answers below a heading.

    The last question has its answer, `Word`, if they are a key; else it has all of them, or the last.
    """
    asked = [f"{n}. What is part {n}?" + "\nIt is of wood." * (n <= written) for n in range(1, questions + 1)]
    text = "\n".join([*asked, "", "Answers", "", _reply(*answered), ""])
    return Case(title, "a.txt", text, (answer,), "last answer")


def _reply(*numbers: int) -> str:
    return "\n".join(f"{number}. Word" for number in numbers)


def _letters(title: str, count: int, *, is_key: bool) -> Case:
    """Return a case of numbered questions, and a line with the letters of all answers."""
    asked = [f"{number}. What is part {number}?" for number in range(1, count + 1)]
    pairs = " ".join(f"{number}-b" for number in range(1, count + 1))
    text = "\n".join([*asked, "", f"Answers: {pairs}", ""])
    return Case(title, "a.txt", text, ("b" if is_key else pairs,), "last answer")


CASES = (
    _key("MIN_ENTRIES below", 1, [1], _reply(1)),
    _key("MIN_ENTRIES above", 2, [1, 2], "Word"),
    _key("MIN_ANSWERED_SHARE below", 8, [1, 2, 8], _reply(8)),
    _key("MIN_ANSWERED_SHARE above", 6, [1, 2, 3, 6], "Word"),
    _key("MAX_UNMATCHED_SHARE below", 10, [*range(1, 11), 50, 51], "Word"),
    _key("MAX_UNMATCHED_SHARE above", 4, [1, 2, 3, 4, 50, 51], f"{_reply(1, 2, 3, 4)}\n\n{_reply(50, 51)}"),
    _key("MAX_WRITTEN_SHARE below", 10, range(1, 11), "Word", written=4),
    _key("MAX_WRITTEN_SHARE above", 10, range(1, 11), _reply(*range(1, 11)), written=7),
    _letters("answer_key.MAX_HEADING_CHARS below", 60, is_key=True),
    _letters("answer_key.MAX_HEADING_CHARS above", 120, is_key=False),
)
