"""Telling a person what was found and done: diagnostics on stderr, results on stdout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import click

from exporter.cli.command_line import command_for_sources
from exporter.cli.console import echo, echo_styled
from exporter.model.diagnostics import Diagnostic, Severity, pluralize, render_text
from exporter.model.rules import RULES

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_COUNTED = {rule.code for rule in RULES.values() if not rule.once} - {"config-outside"}
"""Notes that a later command prints again; those on the lock pass, and the configuration's are few."""


def show_diagnostics(
    diagnostics: Iterable[Diagnostic], quiet: bool = False, with_notes: bool = False
) -> None:
    """Print diagnostics; with `quiet` only the errors.

    Notes (severity info) are printed by `exporter check`, and elsewhere only with `with_notes`; else a
    line counts them, with the command that prints them. Those of plugins are printed in any case,
    because it is not known which command has them.
    """
    notes: Counter[str] = Counter()
    for diagnostic in diagnostics:
        if quiet and diagnostic.severity is not Severity.ERROR:
            continue
        is_note = diagnostic.severity is Severity.INFO and diagnostic.code in _COUNTED
        if is_note and not with_notes:
            notes["build" if RULES[diagnostic.code].of_export else "check"] += 1
            continue
        text = render_text(diagnostic)
        word = f"{diagnostic.severity}:"
        styled = click.style(word, fg=_COLOURS[diagnostic.severity], bold=True)
        echo_styled(text.replace(word, styled, 1), err=True)
    if notes["check"]:
        echo(f"{pluralize(notes['check'], 'note')}: `{command_for_sources('check')}`", err=True)
    if notes["build"]:
        command = command_for_sources("build", "--verbose")
        echo(f"{pluralize(notes['build'], 'note')} on the exports: `{command}`", err=True)


def file_size(size: int) -> str:
    """Return a size in bytes as a person reads it."""
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size = round(size / 1000)
    return f"{size:.0f} GB"
