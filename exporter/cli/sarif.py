"""Diagnostics as a SARIF log, version 2.1.0, which code scanning and editors read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from exporter import __version__
from exporter.model.diagnostics import Diagnostic, Severity
from exporter.model.rules import RULES

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(diagnostics: Iterable[Diagnostic]) -> dict[str, object]:
    """Return diagnostics as a log with one run; its rules are those that the diagnostics name.

    Lines and columns (in characters) are from 1. The codes of plugins have no meaning to be described.
    """
    diagnostics = list(diagnostics)
    codes = list(dict.fromkeys(item.code for item in diagnostics))
    driver = {"name": "exporter", "version": __version__, "rules": [_rule(code) for code in codes]}
    results = [_result(item, codes.index(item.code)) for item in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }


def _rule(code: str) -> dict[str, object]:
    if code not in RULES:
        return {"id": code}
    rule = RULES[code]
    return {
        "id": code,
        "shortDescription": {"text": rule.meaning},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(diagnostic: Diagnostic, rule_index: int) -> dict[str, object]:
    sentences = [diagnostic.message, *([diagnostic.hint] if diagnostic.hint else [])]
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": "\n".join(sentences)},
    }
    if span := diagnostic.span:
        lines = diagnostic.line_ranges[0]
        region = {"startLine": span.line, "startColumn": span.column}
        if lines[0] == span.line and lines[1] > span.line:
            region["endLine"] = lines[1]
        artifact = {"uri": _uri(span.path)}
        result["locations"] = [{"physicalLocation": {"artifactLocation": artifact, "region": region}}]
    return result


def _uri(path: str) -> str:
    """Return the URI of a file: relative as its path is, a `file:` URI where the path is absolute."""
    if Path(path).is_absolute():
        return Path(path).as_uri()
    return quote(Path(path).as_posix())
