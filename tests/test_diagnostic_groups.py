"""Equal diagnostics of three or more lines are printed once, with all their lines."""

from __future__ import annotations

import json

import pytest

from exporter.cli.diagnostic_groups import MAX_LISTED_RANGES, MIN_GROUP
from exporter.cli.output import show_diagnostics
from exporter.model.diagnostics import Diagnostic, error, info, warning
from exporter.model.questions import SourceSpan
from tests.in_process import CommandLine


def gap(line: int, path: str = "q.txt", number: int = 0) -> Diagnostic:
    message = f"The numbers jump from {number or line} to {line + 9}."
    return warning("number-gap", message, SourceSpan(path, line))


def printed(capsys: pytest.CaptureFixture[str], *diagnostics: Diagnostic) -> str:
    show_diagnostics(diagnostics, with_notes=True)
    return capsys.readouterr().err


def test_three_equal_diagnostics_are_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, *map(gap, (2, 5, 6, 7, 12)))
    assert text.count("number-gap") == 1
    assert text.startswith("q.txt:2:1: warning: The numbers jump from 2 to 11.")
    assert "the same in 4 more lines: 5 to 7, 12\n" in text


def test_two_equal_diagnostics_are_printed_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, *map(gap, range(MIN_GROUP - 1))).count("number-gap") == MIN_GROUP - 1


@pytest.mark.parametrize(
    "other",
    [
        gap(9, path="r.txt"),
        error("number-gap", "The numbers jump from 1 to 2.", SourceSpan("q.txt", 9)),
        warning("number-gap", "Something else.", SourceSpan("q.txt", 9)),
        warning("number-repeated", "The numbers jump from 1 to 2.", SourceSpan("q.txt", 9)),
        info("number-gap", "The numbers jump from 1 to 2."),
    ],
)
def test_different_diagnostics_are_printed_each(
    capsys: pytest.CaptureFixture[str], other: Diagnostic
) -> None:
    text = printed(capsys, gap(1), other, gap(2), gap(3))
    assert text.count("[number-") == 2
    assert "the same in 2 more lines: 2 to 3\n" in text


def test_messages_differ_in_quotations_only(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("TODO", "TBD", "...")
    warnings = [
        warning("placeholder-answer", f"Question 4b has only “{word}”.", SourceSpan("q.txt", 2 * line))
        for line, word in enumerate(words, 1)
    ]
    assert "the same in 2 more lines: 4, 6\n" in printed(capsys, *warnings)


def test_many_lines_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    def text(count: int) -> str:
        return printed(capsys, *(gap(2 * line) for line in range(1, count + 2)))

    assert "more places" not in text(MAX_LISTED_RANGES)
    assert "and 1 more places" in text(MAX_LISTED_RANGES + 1)


def test_json_has_each_diagnostic(command_line: CommandLine) -> None:
    text = "".join(f"Question {number}: Why {number}?\n\n" for number in range(1, 6))
    path = command_line.write("q.txt", text)
    ran = command_line.run("check", str(path), "--format", "json")
    assert sum(item["code"] == "missing-answer" for item in json.loads(ran.output)["diagnostics"]) == 5
    ran = command_line.run("check", str(path))
    assert ran.errors.count("missing-answer") == 1
    assert "4 more lines: 3, 5, 7, 9" in ran.errors
