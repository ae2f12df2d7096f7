"""`exporter check`: report what is wrong with the sources; write nothing."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from exporter.cli.console import echo, echo_json
from exporter.cli.errors import find_exit_status
from exporter.cli.options import format_option, resolve, source_arguments, strict_option
from exporter.cli.output import show_diagnostics
from exporter.cli.reading_report import format_reading, reading_as_json
from exporter.model.diagnostics import Severity, as_json, pluralize, warnings_as_errors
from exporter.pipeline.loader import load_sources

SCHEMA_VERSION = 1
"""The version of the JSON object that `--format json` prints."""


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
    """Say how the sources were read, and report what is wrong with them; write nothing.

    \b
    Example:
      exporter check questions.txt --format json
    """
    context = resolve(named, assignments, config_path=config_path)
    loaded = load_sources(context.paths, context.config.settings)
    diagnostics = tuple(item for source in loaded.sources for item in source.diagnostics)
    diagnostics += loaded.diagnostics
    diagnostics = warnings_as_errors(diagnostics) if strict else diagnostics
    if form == "json":
        echo_json(
            {
                "schema": SCHEMA_VERSION,
                "sources": [reading_as_json(source) for source in loaded.sources],
                "diagnostics": [as_json(diagnostic) for diagnostic in diagnostics],
            }
        )
    else:
        for source in loaded.sources:
            if reading := format_reading(source, is_only=len(loaded.sources) == 1):
                echo(reading)
        show_diagnostics(diagnostics, with_notes=True)
        questions = sum(len(source.questions.questions) for source in loaded.sources)
        counts = Counter(item.severity for item in diagnostics)
        echo(
            f"{pluralize(questions, 'question')}, {pluralize(counts[Severity.ERROR], 'error')}, "
            f"{pluralize(counts[Severity.WARNING], 'warning')}"
        )
    return find_exit_status(diagnostics)
