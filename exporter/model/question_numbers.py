"""The numbers that people type before questions: “3”, “4b”, “12 bis”."""

from __future__ import annotations

import re

from exporter.model.questions import Question

MAX_QUESTION_NUMBER = 999_999
"""Maximum number of a question; longer ones are dates such as 20240131 or telephone numbers; unmeasured."""

NUMBER_SUFFIX = r"(?:[a-hA-H]|\([a-h]\)|[.-](?-i:[a-h])|\s?(?:bis|ter))(?!\w)"
"""Suffixes of the numbers of inserted questions, as a regular expression."""

_NUMBER = re.compile(rf"(?P<digits>\d+)(?P<suffix>{NUMBER_SUFFIX})?")


def parse_number(text: str) -> int | None:
    """Return the number of a question: 4 for `4` and `4b`; `None` if it is not a number or too large."""
    match = _NUMBER.fullmatch(text)
    return int(match["digits"]) if match and len(match["digits"]) <= len(str(MAX_QUESTION_NUMBER)) else None


def parse_label(text: str) -> str | None:
    """Return the number of a question as typed if it has a suffix, such as `4b`; else `None`."""
    match = _NUMBER.fullmatch(text)
    return text if match and match["suffix"] and parse_number(text) is not None else None


def number_text(question: Question) -> str:
    """Return the number of a question as typed, “3” or “4b”; empty if it has none."""
    return question.label or ("" if question.number is None else str(question.number))


def number_prefix(number: int | str | None) -> str:
    """Return the number as it is written before a question: “3. ”, or an empty string."""
    return "" if number is None or number == "" else f"{number}. "
