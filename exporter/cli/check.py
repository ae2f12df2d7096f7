"""`exporter check`: report what is wrong with the sources, and correct it if asked to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli.command_line import format_command
from exporter.cli.console import echo, echo_json
from exporter.cli.errors import find_exit_status
from exporter.cli.github_annotations import format_annotation
from exporter.cli.json_document import print_document
from exporter.cli.options import resolve, source_arguments, strict_option
from exporter.cli.output import show_diagnostics
from exporter.cli.reading_report import format_reading, reading_as_json
from exporter.cli.sarif import as_sarif
from exporter.cli.standard_input import STANDARD_INPUT, filename_option
from exporter.model.diagnostics import Severity, pluralize, warnings_as_errors
from exporter.model.rules import RULES
from exporter.pipeline.loader import load_sources

if TYPE_CHECKING:
    from exporter.cli.check_fixes import Fixing


@click.command("check")
@source_arguments
@filename_option
@strict_option
@click.option("--fix", is_flag=True, help="Correct what can be corrected; you see each change first.")
@click.option("--dry-run", "dry", is_flag=True, help="With --fix, only show the changes.")
@click.option("--yes", is_flag=True, help="With --fix, do not ask.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How to print the result; github is annotations of GitHub Actions, sarif a log for code scanning.",
)
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    strict: bool,
    fix: bool,
    dry: bool,
    yes: bool,
    form: str,
) -> int:
    """Say how the sources were read, and report what is wrong with them; without --fix, write nothing.

    \b
    Examples:
      exporter check questions.txt --format json
      exporter check questions.txt --fix
    """
    if (dry or yes) and not fix:
        raise click.UsageError("--dry-run and --yes are for --fix. Add it.")
    if fix and STANDARD_INPUT in named:
        raise click.UsageError("Nothing is written into standard input. Name a file.")
    if fix and form in ("github", "sarif"):
        raise click.UsageError(f"--format {form} is not for --fix. Omit one of them.")
    context = resolve(named, assignments, config_path=config_path)
    fixing: Fixing | None = None
    if fix:
        from exporter.cli.check_fixes import fix_sources

        fixing = fix_sources(context, form, dry=dry, yes=yes)
        if fixing.status:
            return fixing.status
    loaded = load_sources(context.paths, context.config.settings)
    diagnostics = tuple(item for source in loaded.sources for item in source.diagnostics)
    diagnostics += loaded.diagnostics
    diagnostics = warnings_as_errors(diagnostics) if strict else diagnostics
    if form == "json":
        sources = [reading_as_json(source) for source in loaded.sources]
        print_document({"sources": sources, **(fixing.as_json() if fixing else {})}, diagnostics)
    elif form == "github":
        for item in diagnostics:
            echo(format_annotation(item))
    elif form == "sarif":
        echo_json(as_sarif(diagnostics))
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
        if not fix and any(item.code in RULES and RULES[item.code].fixable for item in diagnostics):
            echo(f"To see what can be corrected: `{format_command('check', '--fix')}`")
    return find_exit_status(diagnostics)
