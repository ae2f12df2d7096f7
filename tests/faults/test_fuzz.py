"""Any source: no exception, every export is made, and the same source gives the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz import OPTIONS, check_bytes, check_questions, sources
from tests.strategies import question_sets

pytestmark = pytest.mark.slow

SHORT = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("suffix", sorted(OPTIONS))
def test_no_bytes_make_a_reader_or_exporter_fail(suffix: str) -> None:
    SHORT(given(sources(suffix))(lambda data: check_bytes(suffix, data)))()


@SHORT
@given(question_sets())
def test_no_questions_make_an_exporter_fail(questions) -> None:
    check_questions(questions)


@pytest.mark.parametrize(
    "answer", ["\\ud800", "\\u0000", "\\u001b[31m", "\\u0590", "\\uffff"], ids=lambda answer: answer[1:]
)
def test_found_escapes_that_stand_for_no_text(answer: str) -> None:
    question = f'{{"question": "a", "answer": "b {answer} c", "category": "d {answer}"}}'
    check_bytes(".json", f'{{"schema": 1, "questions": [{question}]}}'.encode())
