"""The up-to-date check: a build that would change nothing is skipped, and any change is noticed."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

import exporter
from tests.projects import PIXEL, REPOSITORY, Project

pytestmark = pytest.mark.slow


def _source(project: Project) -> None:
    project.write(project.source.read_text("utf-8").replace("tight deadline", "close deadline"))


def _lock(project: Project) -> None:
    project.lock.unlink()


def _output(project: Project) -> None:
    (project.root / "dist" / "interview-questions-answers.md").write_text("spoilt")


def _no_output(project: Project) -> None:
    project.package.unlink()


def _config(project: Project) -> None:
    (project.root / "exporter.toml").write_text('title = "Mine"\n')


def _template(project: Project) -> None:
    own = project.root / "templates" / "markdown"
    own.mkdir(parents=True)
    (own / "cheatsheet.md.j2").write_text("{{ title }}\n")


def _template_beside(project: Project) -> None:
    (project.root / "templates" / "markdown" / "answers.md.j2").write_text("{% include 'common/head.md' %}\n")


def _included(project: Project) -> None:
    (project.root / "templates" / "common" / "head.md").write_text("Another head\n")


def _another_source(project: Project) -> None:
    (project.root / "input" / "more.txt").write_text("Question 1: Why?\nAnswer:\nSo.\n")


CHANGES = [_source, _lock, _output, _no_output, _config, _template, _another_source]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_is_built_again(project: Project, change: Callable[[Project], None]) -> None:
    project.build()
    assert project.build("--verbose").output.count("(unchanged)") == 6
    change(project)
    again = project.build("--verbose")
    fresh = Project(project.root)
    before = fresh.exports()
    whole = fresh.run("build", environment={"XDG_CACHE_HOME": str(project.root / "other-cache")})
    assert whole.status == 0
    assert fresh.exports() == before, "the build after the change was not a whole one"
    written = again.output.count("dist/") - again.output.count("(unchanged)")
    assert change is _lock or written > 0


def test_a_template_beside_others_and_what_it_includes_are_seen(project: Project) -> None:
    for name in ("common/head.md", "markdown/cheatsheet.md.j2"):
        path = project.root / "templates" / name
        path.parent.mkdir(parents=True)
        path.write_text("A head\n")
    answers = project.root / "dist" / "interview-questions-answers.md"
    for change, words in ((_template_beside, "A head\n"), (_included, "Another head\n")):
        project.build()
        change(project)
        project.build()
        assert answers.read_text("utf-8") == words


def test_a_picture_that_appears_is_taken(project: Project) -> None:
    source = project.root / "input" / "p.md"
    source.write_text("## What?\n\n![a dot](dot.png)\n\nThis.\n\n## How?\n\nSo.\n", "utf-8")
    assert "[missing-image]" in project.build("input/p.md").errors
    assert "[missing-image]" in project.build("input/p.md").errors, "an unchanged build still warns"
    (project.root / "input" / "dot.png").write_bytes(PIXEL)
    assert "[missing-image]" not in project.build("input/p.md").errors


def test_a_warning_about_the_lock_does_not_outlive_its_cause(project: Project) -> None:
    project.run("build", "--to", "anki")
    project.lock.unlink()
    assert "[lock-missing]" in project.run("build", "--to", "anki").errors
    for _ in range(2):
        ran = project.run("build", "--to", "anki")
        assert "lock-missing" not in ran.errors
        assert ran.output == "interview-questions: 28 questions; deck; nothing changed\n"


HEAVY = {"genanki", "reportlab", "jinja2", "rapidfuzz", "ftfy", "filelock"}


def _loaded(project: Project, **environment: str) -> set[str]:
    """Build, and return the modules that were loaded for it."""
    ran = project.run_process("build", environment={"PYTHONPROFILEIMPORTTIME": "1", **environment})
    return {
        line.rpartition("|")[2].strip() for line in ran.errors.splitlines() if line.startswith("import time:")
    }


def test_an_unchanged_build_loads_nothing_heavy(project: Project) -> None:
    project.build()
    loaded = _loaded(project)
    assert "exporter.pipeline.up_to_date" in loaded
    assert not loaded & HEAVY


def test_python_build_leaves_the_command_up_to_date(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.build()
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("XDG_CACHE_HOME", str(project.caches))
    exporter.build(to="anki")
    assert not _loaded(project) & HEAVY


def test_a_library_of_another_version_makes_a_whole_build(project: Project) -> None:
    packages = project.root.parent / "packages"
    packages.mkdir()
    path = os.pathsep.join((str(REPOSITORY), str(packages)))
    assert _loaded(project, PYTHONPATH=path) & HEAVY
    assert not _loaded(project, PYTHONPATH=path) & HEAVY
    (packages / "uharfbuzz-99.0.dist-info").mkdir()
    assert _loaded(project, PYTHONPATH=path) & HEAVY
