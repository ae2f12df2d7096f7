"""`exporter check - --stdin-filename`: unsaved text of an editor is checked as its file would be."""

from __future__ import annotations

from pathlib import Path

from tests.projects import Project

UNSAVED = "Question 1: What is A?\nAnswer: One.\n\nQuestion 3: What is B?\nAnswer: Two.\n"


def test_unsaved_text_is_checked_as_its_file(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    saved = project.source.read_bytes()
    name = "input/interview-questions.txt"
    ran = project.run("check", "-", "--stdin-filename", name, "--format", "github", answers=UNSAVED)
    assert ran.status == 0, ran.errors
    assert f"file={name},line=4" in ran.output
    assert project.source.read_bytes() == saved


def test_name_chooses_the_reader_and_need_not_exist(tmp_path: Path) -> None:
    project = Project(tmp_path)
    text = "question,answer\nWhat is a?,It is b.\n"
    ran = project.run("check", "-", "--stdin-filename", "new/a.csv", answers=text)
    assert ran.status == 0, ran.errors
    assert "1 question," in ran.output
    assert not (tmp_path / "new").exists()


def test_wrong_calls(tmp_path: Path) -> None:
    project = Project(tmp_path)
    assert project.run("check", "a.txt", "--stdin-filename", "a.txt").status == 2
    ran = project.run("check", "-", "--stdin-filename", "a.txt", "--name", "a", answers=UNSAVED)
    assert ran.status == 2
