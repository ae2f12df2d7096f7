"""`exporter check`: what is wrong with the sources; writes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.console import echo
from exporter.cli.errors import status_of
from exporter.cli.options import format_option, resolve, source_arguments, strict_option
from exporter.cli.output import show_diagnostics
from exporter.model.diagnostics import Severity, pluralize, render_json, warnings_as_errors
from exporter.pipeline.loader import load_sources


@click.command("check")
@source_arguments
@strict_option
@format_option
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    strict: bool,
    form: str,
) -> int:
    """Report what is wrong with the sources; write nothing.

    \b
    Example:
      exporter check questions.txt --format json
    """
    context = resolve(named, assignments, config_path)
    selection = load_sources(context.paths, context.config.settings)
    loaded = selection.sources
    found = tuple(diagnostic for one in loaded for diagnostic in one.diagnostics)
    found += selection.diagnostics
    found = warnings_as_errors(found) if strict else found
    if form == "json":
        echo(render_json(found))
    else:
        show_diagnostics(found, with_notes=True)
        questions = sum(len(one.questions.questions) for one in loaded)
        tally = {severity: sum(one.severity is severity for one in found) for severity in Severity}
        echo(
            f"{pluralize(questions, 'question')}, {pluralize(tally[Severity.ERROR], 'error')}, "
            f"{pluralize(tally[Severity.WARNING], 'warning')}"
        )
    return status_of(found)
