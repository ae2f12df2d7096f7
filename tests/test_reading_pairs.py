"""Pairs of cases, one on either side of each number that steers the readers."""

from __future__ import annotations

import pytest

from tests.reading_pairs import CASES, Case, outcome


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case_is_read_as_expected(case: Case) -> None:
    assert outcome(case) == "\n".join(case.expected)


def test_titles_of_cases_are_unique() -> None:
    titles = [case.title for case in CASES]
    assert len(set(titles)) == len(titles)
