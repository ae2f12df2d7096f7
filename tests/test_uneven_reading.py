"""An answer that is much larger than the others is reported, since questions may be lost in it."""

from __future__ import annotations

import pytest

from exporter.checks.duplicates import check_number_gap
from exporter.checks.evenness import (
    MAX_RATIO,
    MAX_SHARE_RATIO,
    MIN_LARGE_CHARS,
    MIN_QUESTIONS,
    check_uneven_reading,
)
from exporter.config.settings import Settings
from exporter.model import Question, QuestionSet, paragraph
from exporter.readers import SourceText, load


def read_with_sizes(*sizes: int) -> QuestionSet:
    return QuestionSet(
        tuple(Question((paragraph("Why?"),), (paragraph("a" * size),) if size else ()) for size in sizes)
    )


@pytest.mark.parametrize(
    ("sizes", "is_reported"),
    [
        ((100, 100, 100, 100, 100 * MAX_SHARE_RATIO + 1), True),
        ((100, 100, 100, 100, 100 * MAX_SHARE_RATIO), False),
        ((*[100] * 60, 100 * MAX_RATIO + 1), True),
        ((*[100] * 60, 100 * MAX_RATIO), False),
        ((10, 10, 10, 10, MIN_LARGE_CHARS), True),
        ((10, 10, 10, 10, MIN_LARGE_CHARS - 1), False),
        ((*[10] * (MIN_QUESTIONS - 2), 1000), False),
        ((*[300] * 40, 300 * MAX_SHARE_RATIO + 300), False),
        ((0, 0, 0, 0, 0), False),
    ],
)
def test_a_large_answer_is_reported(sizes: tuple[int, ...], is_reported: bool) -> None:
    diagnostics = check_uneven_reading(read_with_sizes(*sizes), ())
    assert [diagnostic.code for diagnostic in diagnostics] == ["uneven-reading"] * is_reported


def test_the_report_names_share_and_length() -> None:
    (diagnostic,) = check_uneven_reading(read_with_sizes(100, 100, 100, 100, 600), ())
    assert "60% of the text of all 5 answers, 6 times the usual length" in diagnostic.message


def test_the_report_covers_all_lines_of_each_large_answer() -> None:
    lines = [text for size in (1, 90, 1, 1, 1, 80, 1) for text in ("Q: Why?", *["A: some words"] * size, "")]
    source = SourceText("q.txt", tuple(lines))
    questions = load("plain")(source, Settings()).questions
    (diagnostic,) = check_uneven_reading(questions, lines)
    assert diagnostic.line_ranges == ((4, 94), (105, 185))


def test_the_report_of_a_gap_covers_the_lines_between() -> None:
    lines = ["1. Why?", "x", "2. Who?", "y", "z", "4. How?", "x"]
    questions = load("plain")(SourceText("q.txt", tuple(lines)), Settings()).questions
    (diagnostic,) = check_number_gap(questions, lines)
    assert diagnostic.line_ranges == ((3, 6),)
