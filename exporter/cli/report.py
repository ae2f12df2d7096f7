"""Telling a person what was found and done: diagnostics on stderr, results on stdout."""

from __future__ import annotations

from collections.abc import Iterable

import click

from exporter.cli.console import echo_styled
from exporter.diagnostics import Diagnostic, Severity, render_text

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def show_diagnostics(diagnostics: Iterable[Diagnostic], quiet: bool = False) -> None:
    """Print diagnostics; with `quiet` only the errors."""
    for diagnostic in diagnostics:
        if quiet and diagnostic.severity is not Severity.ERROR:
            continue
        text = render_text(diagnostic)
        word = f"{diagnostic.severity}:"
        styled = click.style(word, fg=_COLOURS[diagnostic.severity], bold=True)
        echo_styled(text.replace(word, styled, 1), err=True)


def file_size(size: int) -> str:
    """Return a size in bytes as a person reads it."""
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size = round(size / 1000)
    return f"{size:.0f} GB"
