"""The report of numbers that no reading notices finds the numbers that steer, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import REPOSITORY
from tests.thresholds import probes
from tests.thresholds.coverage import functions_of
from tests.thresholds.numbers import Number, find_numbers

MODULE = """
MAX_LINES = 12
MAX_BYTES = 99  # bound: time
WEIGHTS = {"asks": 3.7, "none": 0}

# argued: no reading can tell
SHARE = 0.5
_CODES = range(0x80)


def is_long(lines):
    return len(lines) > 1 and len(lines[3]) >= 2 * len(lines[0]) and len(lines) == 4 and lines[0].weight * 0.6


class Kind(IntEnum):
    FIRST = 7
"""


@pytest.fixture
def numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Number]:
    path = tmp_path / "module.py"
    path.write_text(MODULE)
    monkeypatch.setattr("tests.thresholds.numbers.REPOSITORY", tmp_path)
    return find_numbers(path)


def test_only_numbers_that_steer_are_found(numbers: list[Number]) -> None:
    assert [(number.value, number.name, number.mark) for number in numbers] == [
        (12, "MAX_LINES", ""),
        (99, "MAX_BYTES", "bound"),
        (3.7, 'WEIGHTS["asks"]', ""),
        (0.5, "SHARE", "argued"),
        (2, "len(lines[3]) >= 2 * len(lines[0])", ""),
        (0.6, "lines[0].weight * 0.6", ""),
    ]


def test_half_of_an_integer_is_an_integer(numbers: list[Number]) -> None:
    assert numbers[1].changes() == (198, 49)
    assert numbers[2].changes() == (7.4, 1.85)


def test_users_of_a_constant_are_found() -> None:
    path = REPOSITORY / "exporter" / "checks" / "evenness.py"
    number = next(number for number in find_numbers(path) if number.name == "MAX_RATIO")
    assert {name for name, _ in functions_of(number) or ()} == {"exporter/checks/evenness.py"}
    assert probes.can_be_probed(number)


def test_a_probe_notes_comparisons_that_would_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "noted", {})
    monkeypatch.setattr(probes, "current", "a reading")
    limit = probes.Probe(5, (10, 20, 5))
    assert limit < 15
    assert not 1 + limit * 0.5 > 12.5
    assert probes.noted == {(5, 0): {"a reading"}}
    assert limit > 7
    assert probes.noted == {(5, 0): {"a reading"}, (5, 1): {"a reading"}}
