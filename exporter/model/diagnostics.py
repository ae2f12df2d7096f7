"""Diagnostics: what is wrong with a source, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from exporter.model.questions import SourceSpan
from exporter.model.terminal_text import printable_json, printable_line

SHOWN_WIDTH = 100
"""How many characters of a source line are shown around its column."""


class Severity(StrEnum):
    """How grave a diagnostic is: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a whole sentence of what is wrong, its place, and a hint what to do.

    `code` is one of `exporter.model.rules.RULES`, or a plugin's own.
    """

    severity: Severity
    code: str
    message: str
    span: SourceSpan | None = None
    hint: str | None = None


def error(code: str, message: str, span: SourceSpan | None = None, hint: str | None = None) -> Diagnostic:
    """Return a diagnostic that stops the build."""
    return Diagnostic(Severity.ERROR, code, message, span, hint)


def warning(code: str, message: str, span: SourceSpan | None = None, hint: str | None = None) -> Diagnostic:
    """Return a diagnostic that fails the build only with `--strict`."""
    return Diagnostic(Severity.WARNING, code, message, span, hint)


def info(code: str, message: str, span: SourceSpan | None = None, hint: str | None = None) -> Diagnostic:
    """Return a diagnostic that only tells."""
    return Diagnostic(Severity.INFO, code, message, span, hint)


def pluralize(count: int, noun: str) -> str:
    """Return a count with its noun: “1 card”, “2 cards”."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether any of the diagnostics stops the build."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def warnings_as_errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with every warning made an error."""
    return tuple(
        replace(diagnostic, severity=Severity.ERROR)
        if diagnostic.severity is Severity.WARNING
        else diagnostic
        for diagnostic in diagnostics
    )


def render_text(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as text: place, message, the source line with a caret, the hint."""
    span = diagnostic.span
    place = f"{printable_line(span.path)}:{span.line}:{span.column}: " if span else ""
    lines = [f"{place}{diagnostic.severity}: {printable_line(diagnostic.message)} [{diagnostic.code}]"]
    if span and span.text:
        shown, caret = _window(span.text, span.column)
        gutter = f"{span.line:>6} | "
        lines.append(gutter + shown)
        lines.append(" " * (len(gutter) - 2) + "| " + " " * caret + "^")
    if diagnostic.hint:
        lines.append(f"       = {printable_line(diagnostic.hint)}")
    return "\n".join(lines)


def _window(text: str, column: int) -> tuple[str, int]:
    """Return the part of a line around a column, safe to print, and where the caret goes."""
    start = max(0, column - 1 - SHOWN_WIDTH // 2) if len(text) > SHOWN_WIDTH else 0
    part = text[start : start + SHOWN_WIDTH]
    shown = "".join(char if char.isprintable() else " " for char in part)
    before, after = "…" if start else "", "…" if start + SHOWN_WIDTH < len(text) else ""
    return before + shown + after, len(before) + min(column - 1 - start, len(shown))


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a diagnostic as a JSON object, in the form that `check --format json` prints."""
    span = diagnostic.span
    return {
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": span.path if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "hint": diagnostic.hint,
    }


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return diagnostics as a JSON list, one object each."""
    return printable_json([as_json(diagnostic) for diagnostic in diagnostics])
