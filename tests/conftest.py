from __future__ import annotations

from pathlib import Path

import pytest

from tests.projects import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with the real questions."""
    return Project.with_seed(tmp_path / "project")
