"""Diagnostics as workflow commands, which GitHub Actions shows as annotations of the lines of a change."""

from __future__ import annotations

from exporter.model.diagnostics import Diagnostic, Severity
from exporter.model.terminal_text import printable_line

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def format_annotation(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as a workflow command of one line.

    The characters escaped are those of `command.ts` in GitHub's actions/toolkit.
    """
    properties = {}
    if span := diagnostic.span:
        lines = diagnostic.line_ranges[0]
        properties = {"file": span.path, "line": str(span.line)}
        if lines[0] == span.line and lines[1] > span.line:
            properties["endLine"] = str(lines[1])  # GitHub takes a column only on a single line
        else:
            properties["col"] = str(span.column)
    properties["title"] = diagnostic.code
    sentences = [diagnostic.message, *([diagnostic.hint] if diagnostic.hint else [])]
    text = _escape("\n".join(printable_line(sentence) for sentence in sentences))
    listed = ",".join(f"{key}={_escape_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{text}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
