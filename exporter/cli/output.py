"""Printing diagnostics on stderr, and formatting results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import click

from exporter.cli.command_line import format_command
from exporter.cli.console import echo, echo_styled
from exporter.cli.diagnostic_groups import format_others, group_equal
from exporter.cli.json_document import add_shown
from exporter.model.diagnostics import Diagnostic, Severity, pluralize, render_text
from exporter.model.rules import RULES

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}

_LISTED = "card-continued"
"""The note that lists questions in its hint; without `with_notes` it is printed without the list."""
_COUNTED = {rule.code for rule in RULES.values() if not rule.once} - {"config-outside", _LISTED}
"""The notes that are only counted, because later commands print them again.

Notes on the lock are printed only once, and those on the configuration are few.
"""


def show_diagnostics(
    diagnostics: Iterable[Diagnostic], quiet: bool = False, with_notes: bool = False
) -> None:
    """Print diagnostics, equal ones of three or more lines once; with `quiet` only the errors.

    Without `with_notes`, notes (severity info) are only counted in a line that names the command that
    prints them. Notes of plugins are always printed, because that command is not known.
    """
    diagnostics = list(diagnostics)
    add_shown(diagnostics)
    notes: Counter[str] = Counter()
    printed: list[Diagnostic] = []
    for diagnostic in diagnostics:
        if quiet and diagnostic.severity is not Severity.ERROR:
            continue
        is_note = diagnostic.severity is Severity.INFO and diagnostic.code in _COUNTED
        if is_note and not with_notes:
            notes["build" if RULES[diagnostic.code].of_export else "check"] += 1
            continue
        if diagnostic.code == _LISTED and not with_notes:
            diagnostic = replace(diagnostic, hint=None)
        printed.append(diagnostic)
    for group in group_equal(printed):
        text = render_text(group[0])
        word = f"{group[0].severity}:"
        styled = click.style(word, fg=_COLOURS[group[0].severity], bold=True)
        others = f"\n{format_others(group)}" if len(group) > 1 else ""
        echo_styled(text.replace(word, styled, 1) + others, err=True)
    if notes["check"]:
        echo(f"{pluralize(notes['check'], 'note')}: `{format_command('check')}`", err=True)
    if notes["build"]:
        command = format_command("build", "--verbose")
        echo(f"{pluralize(notes['build'], 'note')} on the exports: `{command}`", err=True)


def format_size(size: int) -> str:
    """Return a size in bytes in a readable unit."""
    for unit in ("B", "KB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size = round(size / 1000)
    return f"{size:.0f} GB"
