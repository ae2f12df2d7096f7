"""Diagnostics: what is wrong in a source or setting, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from exporter.model.questions import SourceSpan
from exporter.model.terminal_text import printable_json, printable_line

MAX_SHOWN_CHARS = 100
"""Maximum number of characters of a source line shown around the column; unmeasured."""


class Severity(StrEnum):
    """The severity of a diagnostic: an error stops the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem: a sentence that says what is wrong, where, and a hint what to do.

    `code` is one of `exporter.model.rules.RULES`, or a plugin's own. `ranges` are the first and the last
    line (from 1, in the file on disk) of each part of the file that it is about, if not the line of `span`.
    """

    severity: Severity
    code: str
    message: str
    span: SourceSpan | None = None
    hint: str | None = None
    ranges: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    @property
    def line_ranges(self) -> tuple[tuple[int, int], ...]:
        """The first and the last line (from 1) of each part of the file that it is about."""
        return self.ranges or (((self.span.line, self.span.line),) if self.span else ())


def error(code: str, message: str, span: SourceSpan | None = None, hint: str | None = None) -> Diagnostic:
    """Return a diagnostic that stops the build."""
    return Diagnostic(Severity.ERROR, code, message, span, hint)


def warning(code: str, message: str, span: SourceSpan | None = None, hint: str | None = None) -> Diagnostic:
    """Return a diagnostic that fails the build only with `--strict`."""
    return Diagnostic(Severity.WARNING, code, message, span, hint)


def info(code: str, message: str, span: SourceSpan | None = None, hint: str | None = None) -> Diagnostic:
    """Return a diagnostic that only informs."""
    return Diagnostic(Severity.INFO, code, message, span, hint)


def pluralize(count: int, noun: str) -> str:
    """Return a count with its noun, singular or plural: “1 card”, “2 cards”."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether any of the diagnostics is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def warnings_as_errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics with every warning replaced by an error."""
    return tuple(
        replace(diagnostic, severity=Severity.ERROR)
        if diagnostic.severity is Severity.WARNING
        else diagnostic
        for diagnostic in diagnostics
    )


def render_text(diagnostic: Diagnostic) -> str:
    """Return a diagnostic as text: position, message, the source line with a caret, and the hint."""
    span = diagnostic.span
    position = f"{printable_line(span.path)}:{span.line}:{span.column}: " if span else ""
    lines = [f"{position}{diagnostic.severity}: {printable_line(diagnostic.message)} [{diagnostic.code}]"]
    if span and span.text:
        excerpt, caret = _excerpt(span.text, span.column)
        gutter = f"{span.line:>6} | "
        lines.append(gutter + excerpt)
        lines.append(" " * (len(gutter) - 2) + "| " + " " * caret + "^")
    if diagnostic.hint:
        lines.append(f"       = {printable_line(diagnostic.hint)}")
    return "\n".join(lines)


def _excerpt(text: str, column: int) -> tuple[str, int]:
    """Return the printable part of a line around a column, and the index of the caret below it."""
    start = max(0, column - 1 - MAX_SHOWN_CHARS // 2) if len(text) > MAX_SHOWN_CHARS else 0
    part = text[start : start + MAX_SHOWN_CHARS]
    excerpt = "".join(char if char.isprintable() else " " for char in part)
    before, after = "…" if start else "", "…" if start + MAX_SHOWN_CHARS < len(text) else ""
    return before + excerpt + after, len(before) + min(column - 1 - start, len(excerpt))


def as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a diagnostic as a JSON object, as `check --format json` prints it."""
    span = diagnostic.span
    return {
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": span.path if span else None,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "ranges": [list(line_range) for line_range in diagnostic.line_ranges],
        "hint": diagnostic.hint,
    }


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return diagnostics as a JSON list of objects."""
    return printable_json([as_json(diagnostic) for diagnostic in diagnostics])
