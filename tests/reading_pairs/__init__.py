"""Pairs of cases, one on either side of a number that steers the readers.

Each module has the pairs of one room of `exporter/`. `python -m tests.thresholds` reads them, too.
"""

from __future__ import annotations

from tests.reading_pairs import answer_keys, checks, decoding, labels, lists, markdown, page, plain, table
from tests.reading_pairs.case import Case, outcome

__all__ = ["CASES", "Case", "outcome"]

CASES: tuple[Case, ...] = (
    *answer_keys.CASES,
    *checks.CASES,
    *decoding.CASES,
    *labels.CASES,
    *lists.CASES,
    *markdown.CASES,
    *page.CASES,
    *plain.CASES,
    *table.CASES,
)
