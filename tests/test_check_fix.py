"""`exporter check --fix`: each fix is shown and asked for, and all that are taken are written together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from exporter.cli import check_fixes
from exporter.model.diagnostics import Diagnostic
from exporter.patching.source_write import FileChange, write_changes
from tests.projects import Project

TEXT = "Question 1: What is A â€“ a letter?\nAnswer: One.\n\nQuestion 3: What is B?\nAnwser: Two.\n"
FIXED = "Question 1: What is A – a letter?\nAnswer: One.\n\nQuestion 2: What is B?\nAnswer: Two.\n"
NAME = "input/interview-questions.txt"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project.with_seed(tmp_path)
    project.write(TEXT)
    return project


def test_fixes_are_shown_written_and_checked(project: Project) -> None:
    ran = project.run("check", NAME)
    assert "To see what can be corrected: `exporter check --fix input/interview-questions.txt`" in ran.output
    ran = project.run("check", NAME, "--fix", "--yes")
    assert ran.status == 0, ran.errors
    assert f"{NAME}:5: Correct the label [unknown-label]\n--- a/{NAME}\n" in ran.output
    assert "-Question 3: What is B?\n+Question 2: What is B?\n" in ran.output
    assert f"Wrote {NAME}.\n" in ran.output
    assert "2 questions, 0 errors, 0 warnings\n" in ran.output
    assert project.source.read_text("utf-8") == FIXED
    again = project.run("check", NAME, "--fix")
    assert again.output.startswith("Nothing to fix.\n")
    assert again.status == 0


def test_each_fix_is_asked_for(project: Project) -> None:
    ran = project.run("check", NAME, "--fix", answers="n\ny\nn\n")
    assert ran.status == 2
    assert ran.output.count("Write this into") == 3
    assert project.source.read_text("utf-8") == TEXT.replace("Anwser", "Answer")


def test_nothing_is_written_without_an_answer(project: Project) -> None:
    for options in (["--fix"], ["--fix", "--dry-run"], ["--fix", "--format", "json"]):
        ran = project.run("check", NAME, *options)
        assert ran.status == (2 if options == ["--fix"] else 0)
        assert "+Question 2: What is B?" in ran.output
        assert project.source.read_text("utf-8") == TEXT
    assert project.run("check", NAME, "--yes").status == 2
    assert project.run("check", "-", "--fix", answers=TEXT).status == 2


def test_json_has_fixes_and_what_is_left(project: Project) -> None:
    project.write(TEXT + "See question 3.\n")
    ran = project.run("check", NAME, "--fix", "--yes", "--format", "json")
    result = json.loads(ran.output)
    assert result["written"]
    assert [fix["code"] for fix in result["fixes"]] == ["encoding-repaired", "unknown-label"]
    assert result["fixes"][1]["lines"] == [5]
    assert "\n+Answer: Two.\n" in result["fixes"][1]["diff"]
    (refused,) = result["refused"]
    assert (refused["code"], refused["line"]) == ("number-gap", 4)
    assert [item["code"] for item in result["diagnostics"]] == ["number-gap"]


def test_all_files_are_written_or_none(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    other = project.root / "input" / "other.txt"
    other.write_text(
        "Q: What is a heap?\nAnwser: A tree.\n\nQ: What is a trie?\nA: A tree of letters.\n", "utf-8"
    )

    def save_and_write(changes: Sequence[FileChange]) -> tuple[Diagnostic, ...]:
        other.write_text("Q: What was saved?\nA: This.\n", "utf-8")
        return write_changes(changes)

    monkeypatch.setattr(check_fixes, "write_changes", save_and_write)
    ran = project.run("check", "--fix", "--yes")
    assert ran.status == 3
    assert "changed-meanwhile" in ran.errors
    assert project.source.read_text("utf-8") == TEXT
    assert other.read_text("utf-8") == "Q: What was saved?\nA: This.\n"
