"""The page of editors and CI, and the action: what they show works with the program as it is."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from exporter.cli import group
from exporter.model.diagnostics import Diagnostic, Severity, render_text
from exporter.model.questions import SourceSpan
from tests.projects import REPOSITORY, Project

PAGE = (REPOSITORY / "docs" / "editors.md").read_text("utf-8")
ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
WITH_GAP = "Question 1: What is A?\nAnswer: One.\n\nQuestion 3: What is B?\nAnswer: Two.\n"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def _task() -> Any:
    (task,) = json.loads(_blocks("json")[0])["tasks"]
    return task


def _matched(line: str) -> dict[str, str]:
    pattern = _task()["problemMatcher"]["pattern"]
    found = re.search(pattern["regexp"], line)
    return {name: found[at] for name, at in pattern.items() if name != "regexp"} if found else {}


def test_the_problem_matcher_reads_what_check_prints(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    project.write(WITH_GAP)
    task = _task()
    assert task["command"] == "exporter"
    ran = project.run(*task["args"])
    matched = [found for line in ran.errors.splitlines() if (found := _matched(line))]
    assert matched == [
        {
            "file": "input/interview-questions.txt",
            "line": "4",
            "column": "1",
            "severity": "warning",
            "message": "The numbers jump from 1 to 3.",
            "code": "number-gap",
        }
    ]


@pytest.mark.parametrize("severity", list(Severity))
def test_the_problem_matcher_reads_each_severity(severity: Severity) -> None:
    span = SourceSpan("C:/a b: c.txt", 12, 3)
    line = render_text(Diagnostic(severity, "a-code", "A [b]: c.", span)).splitlines()[0]
    found = _matched(line)
    assert (found["file"], found["line"], found["column"]) == ("C:/a b: c.txt", "12", "3")
    assert (found["severity"], found["message"], found["code"]) == (severity.value, "A [b]: c.", "a-code")


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_the_makefile_builds_and_fails(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    (tmp_path / "Makefile").write_text(_blocks("make")[0], "utf-8")
    (tmp_path / "exporter.toml").write_text('to = ["markdown"]\n', "utf-8")

    def make(target: str) -> int:
        command = ["make", target, f"EXPORTER={shlex.quote(sys.executable)} -m exporter"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60).returncode

    project.write("Question 1: What is A?\nAnswer: One.\n")
    assert make("locked") != 0
    assert make("all") == 0
    assert project.lock.exists()
    assert make("locked") == 0
    project.write(WITH_GAP)
    assert make("check") != 0


def test_the_actions_steps_are_commands_of_ours() -> None:
    runs = ACTION["runs"]
    assert runs["using"] == "composite"
    scripts = [step["run"] for step in runs["steps"] if "run" in step]
    assert all(step["shell"] == "bash" for step in runs["steps"] if "run" in step)
    assert not any("${{" in script for script in scripts)  # nothing of a user's is run as a script
    commands = [shlex.split(script) for script in scripts if script.startswith("exporter ")]
    assert [words[1] for words in commands] == ["check", "build"]
    for _, name, *arguments in commands:
        group.get_command(None, name).make_context(name, list(arguments))  # type: ignore[arg-type, union-attr]
    used = set(re.findall(r"inputs\.([\w-]+)", (REPOSITORY / "action.yml").read_text("utf-8")))
    assert used == set(ACTION["inputs"])


def test_the_workflow_and_the_hooks_name_what_exists() -> None:
    workflow, hooks = (yaml.safe_load(block) for block in _blocks("yaml"))
    (step,) = [step for step in workflow["jobs"]["check"]["steps"] if "OWNER" in step["uses"]]
    assert set(step["with"]) <= set(ACTION["inputs"])
    named = [hook["id"] for hook in hooks["repos"][0]["hooks"]]
    assert named == [hook["id"] for hook in HOOKS]
