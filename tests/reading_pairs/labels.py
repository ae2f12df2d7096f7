"""Pairs for `exporter/readers/labels/`."""

from __future__ import annotations

from tests.reading_pairs.case import Case


def _labelled(title: str, label: str, shows: str, *expected: str) -> Case:
    text = f"Question 1: What?\n{label}\nAnswer:\nThis.\n"
    return Case(title, "a.txt", text, expected, shows)


def _spaced(title: str, spaced: int, count: int) -> Case:
    """Return a case of five lines with `::`, of which some have it between spaces."""
    lines = [f"Item {n} of the list :: Text {n}" if n < spaced else f"Why item {n}::text" for n in range(5)]
    return Case(title, "a.txt", "\n".join([*lines, ""]), (str(count),), "count")


def _inline(title: str, chars: int, answer: str) -> Case:
    text = f"Question 1: Is it {'so ' * (chars // 3)}then? Answer: Yes.\n\nQuestion 2: And?\nAnswer: No.\n"
    return Case(title, "a.txt", text, (answer, "No."), "answers")


CASES = (
    _labelled("MAX_CATEGORY_CHARS below", "Category: " + "ab " * 26 + "c", "categories", "ab " * 26 + "c"),
    _labelled("MAX_CATEGORY_CHARS above", "Category: " + "ab " * 40 + "c", "categories", ""),
    _labelled(
        "MAX_CUE_WORDS below", "Cues: one two three, four, five", "cues", "one two three | four | five"
    ),
    _labelled("MAX_CUE_WORDS above", "Cues: a b c d e f, four, five", "cues", "a b c d e f, four, five"),
    _labelled("more than two cues, below", "Cues: four, five", "cues", "four, five"),
    _spaced("MIN_SPACED_SHARE below", 3, 5),
    _spaced("MIN_SPACED_SHARE above", 4, 4),
    _inline("patterns.MAX_QUESTION_CHARS below", 400, "Yes."),
    _inline("patterns.MAX_QUESTION_CHARS above", 800, ""),
)
