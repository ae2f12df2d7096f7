"""A project that was built before: a copy of one that is built once."""

from __future__ import annotations

import shutil

import pytest

from tests.projects import Project

BUILT = 1_767_100_000
"""When the project was built, in seconds since 1970: before each build of a test."""


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.with_seed(tmp_path_factory.mktemp("built") / "project")
    project.build(now=BUILT)
    return project


@pytest.fixture
def built(built_once: Project, project: Project) -> Project:
    """Return a project that was built before."""
    shutil.copytree(built_once.root, project.root, dirs_exist_ok=True)
    return project
