"""`exporter check --format github`: diagnostics as annotations of GitHub Actions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from exporter.cli.github_annotations import format_annotation
from exporter.model.diagnostics import error, info, warning
from exporter.model.questions import SourceSpan
from tests.projects import Project


def test_texts_and_properties_are_escaped() -> None:
    span = SourceSpan("in: a,b%.txt", 3, 7)
    problem = error("a-code", "100% wrong: a, b", span, "Do this.")
    assert format_annotation(problem) == (
        "::error file=in%3A a%2Cb%25.txt,line=3,col=7,title=a-code::100%25 wrong: a, b%0ADo this."
    )


def test_severities_and_lines() -> None:
    assert format_annotation(warning("a-code", "A.")) == "::warning title=a-code::A."
    assert format_annotation(info("a-code", "A.")) == "::notice title=a-code::A."
    span = SourceSpan("a.txt", 3)
    several = replace(info("a-code", "A.", span), ranges=((3, 5),))
    assert format_annotation(several) == "::notice file=a.txt,line=3,endLine=5,title=a-code::A."
    single = replace(several, ranges=((3, 3),))
    assert format_annotation(single) == "::notice file=a.txt,line=3,col=1,title=a-code::A."


def test_check_prints_only_annotations(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    project.write("Question 1: What is A?\nAnswer: One.\n\nQuestion 3: What is B?\nAnswer: Two.\n")
    ran = project.run("check", "--format", "github")
    assert ran.status == 0
    lines = ran.output.splitlines()
    assert any("file=input/interview-questions.txt,line=4" in line for line in lines)
    assert all(line.startswith(("::warning ", "::notice ")) for line in lines)
    ran = project.run("check", "--format", "github", "--strict")
    assert ran.status != 0
    assert any(line.startswith("::error file=input/") for line in ran.output.splitlines())
    assert project.run("check", "--format", "github", "--fix").status == 2
