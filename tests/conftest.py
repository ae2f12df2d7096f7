"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import Project


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Say whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with the real questions."""
    return Project.with_seed(tmp_path / "project")
