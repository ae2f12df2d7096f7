"""Fixtures and settings of all tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.in_process import CommandLine
from tests.projects import Project

hypothesis.settings.register_profile(
    "exporter",
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "search", hypothesis.settings.get_profile("exporter"), derandomize=False, max_examples=1000
)
# `pytest --hypothesis-profile=search` looks for new faults with other examples each time
hypothesis.settings.load_profile("exporter")

# The processes that tests start import what the first of them compiled: each takes a third less CPU time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

collect_ignore = ["plugin"]  # tests of the example packages, which need these

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files again")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return the number of processes for `-n auto`: one more than cores, since some wait for a server or pip."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Return whether golden files are written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def golden(update_golden: bool) -> Callable[[str, str], None]:
    """Return a function that compares a text with the golden file of a name."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if update_golden:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; see --update-golden"

    return compare


@pytest.fixture(scope="session", autouse=True)
def no_system_fonts() -> Iterator[None]:
    """The system's fonts differ from machine to machine; a test of them brings its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("exporter.cards.font_search.system_fonts", lambda: ())
        yield


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with the real questions."""
    return Project.with_seed(tmp_path / "project")


@pytest.fixture
def command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Return an empty folder in which commands are run in this process."""
    return CommandLine(tmp_path / "folder", monkeypatch)
