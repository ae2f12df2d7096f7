"""`exporter check --format sarif`: diagnostics as a SARIF log."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema

from exporter.cli.sarif import as_sarif
from exporter.model.diagnostics import Diagnostic, error, info, warning
from exporter.model.questions import SourceSpan
from exporter.model.rules import RULES
from tests.projects import Project


def _closed(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
LINE = {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = _closed({"text": TEXT})
RULE = _closed({"id": TEXT}, {"shortDescription": MESSAGE, "defaultConfiguration": _closed({"level": LEVEL})})
LOCATION = _closed(
    {
        "physicalLocation": _closed(
            {
                "artifactLocation": _closed({"uri": {"type": "string", "pattern": r"^[!-~]+$"}}),
                "region": _closed({"startLine": LINE, "startColumn": LINE}, {"endLine": LINE}),
            }
        )
    }
)
RESULT = _closed(
    {"ruleId": TEXT, "ruleIndex": {"type": "integer", "minimum": 0}, "level": LEVEL, "message": MESSAGE},
    {"locations": {"type": "array", "items": LOCATION}},
)
DRIVER = _closed(
    {"name": TEXT, "version": TEXT, "rules": {"type": "array", "items": RULE, "uniqueItems": True}}
)
RUN = _closed(
    {
        "tool": _closed({"driver": DRIVER}),
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    }
)
LOG = _closed(
    {"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN, "minItems": 1}}
)
"""The part of SARIF 2.1.0 that is written, in the names and types of sections 3.13 to 3.49 of the standard."""


def _validated(log: object) -> dict[str, Any]:
    jsonschema.validate(log, LOG)
    assert isinstance(log, dict)
    run = log["runs"][0]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert isinstance(run, dict)
    return run


def _uri(problem: Diagnostic) -> str:
    result = _validated(as_sarif([problem]))["results"][0]
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_levels_rules_and_lines() -> None:
    span = SourceSpan("a.txt", 3, 7)
    several = replace(info("a-code", "A."), span=SourceSpan("a.txt", 3), ranges=((3, 5),))
    problems = [error("number-gap", "G.", span, "Do this."), warning("a-code", "A."), several]
    run = _validated(as_sarif(problems))
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 1, 1]
    assert run["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == RULES["number-gap"].meaning
    assert run["tool"]["driver"]["rules"][1] == {"id": "a-code"}
    assert run["results"][0]["message"]["text"] == "G.\nDo this."
    assert "locations" not in run["results"][1]
    regions = [run["results"][at]["locations"][0]["physicalLocation"]["region"] for at in (0, 2)]
    assert regions == [
        {"startLine": 3, "startColumn": 7},
        {"startLine": 3, "startColumn": 1, "endLine": 5},
    ]


def test_paths_are_uris(tmp_path: Path) -> None:
    assert _uri(error("a", "A.", SourceSpan("input/a b%ä.txt", 1))) == "input/a%20b%25%C3%A4.txt"
    assert _uri(error("a", "A.", SourceSpan("a:b.txt", 1))) == "a%3Ab.txt"
    assert _uri(error("a", "A.", SourceSpan(str(tmp_path / "a.txt"), 1))).startswith("file:///")


def test_check_prints_one_log_in_each_outcome(tmp_path: Path) -> None:
    project = Project.with_seed(tmp_path)
    project.write("Question 1: What is A?\nAnswer: One.\n")
    ran = project.run("check", "--format", "sarif")
    assert (ran.status, _validated(json.loads(ran.output))["results"]) == (0, [])
    project.write("Question 1: What is A?\nAnswer: One.\n\nQuestion 3: What is B?\nAnswer: Two.\n")
    for arguments, level in (((), "warning"), (("--strict",), "error")):
        ran = project.run("check", "--format", "sarif", *arguments)
        assert (ran.status == 0) == (level == "warning")
        result = _validated(json.loads(ran.output))["results"][0]
        assert (result["ruleId"], result["level"]) == ("number-gap", level)
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "input/interview-questions.txt"
        assert place["region"]["startLine"] == 4
    assert project.run("check", "--format", "sarif", "--fix").status == 2
