"""The hooks of pre-commit: they are commands of ours, and run for the files of a project."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import yaml

from tests.projects import REPOSITORY, Project

HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))


def test_hooks_have_ids_and_run_once_for_all_files() -> None:
    assert [hook["id"] for hook in HOOKS] == ["exporter-check", "exporter-build"]
    for hook in HOOKS:
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False


def test_hooks_run_for_files_of_a_project_only() -> None:
    ours = ["input/a.txt", "input/b/c.md", "input/d.docx", "templates/a.j2", "plugins/a.py", "exporter.toml"]
    for hook in HOOKS:
        pattern = re.compile(hook["files"])
        assert all(pattern.search(path) for path in [*ours, "input/exporter.lock"])
        assert not any(pattern.search(path) for path in ["README.md", "dist/a.pdf", "old/exporter.toml"])


def test_hooks_pass_and_fail(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    commands = {hook["id"]: shlex.split(hook["entry"]) for hook in HOOKS}
    assert {words[0] for words in commands.values()} == {"exporter"}
    check, build = commands["exporter-check"][1:], [*commands["exporter-build"][1:], "--to", "markdown"]
    assert project.run(*build).status != 0  # no lock yet
    project.build("--to", "markdown")
    assert project.run(*build).status == 0
    project.write("Question 1: What is A?\nAnswer: One.\n")
    assert project.run(*check).status == 0
    assert project.run(*build).status != 0
    project.write("Question 1: What is A?\nAnswer: One.\n\nQuestion 3: What is B?\nAnswer: Two.\n")
    assert project.run(*check).status != 0
