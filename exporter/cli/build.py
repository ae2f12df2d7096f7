"""`exporter build`: read, check, identify, write every export."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from exporter import diagnostics, exporters, output, pipeline, sources
from exporter.cli.arguments import (
    format_option,
    job,
    out_option,
    quiet_option,
    source_arguments,
    strict_option,
    verbose_option,
)
from exporter.cli.building import Built, build, exports_folder
from exporter.cli.changes import as_json, retired_advice, show_changes
from exporter.cli.failures import DONE, status_of
from exporter.cli.report import counted, file_size, show_diagnostics
from exporter.diagnostics import Diagnostic, Severity, has_errors


@click.command("build")
@source_arguments
@click.option("--to", "names", multiple=True, metavar="NAME", help="Write only this export; may be repeated.")
@out_option
@click.option("--locked", is_flag=True, help="Fail if exporter.lock would change.")
@strict_option
@quiet_option
@verbose_option
@format_option
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    names: tuple[str, ...],
    folder: Path | None,
    locked: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
    form: str,
) -> int:
    """Read, check, and write every export.

    Without a SOURCE, every readable file of the project's input folder is built.

    \b
    Example:
      exporter build questions.txt --to anki --set deck="Interviews"
    """
    exports = export_names(names)
    work = job(named, assignments, config_path)
    built = build(work, exports, exports_folder(work, folder), locked=locked, strict=strict)
    show_diagnostics(built.diagnostics, quiet)
    if has_errors(built.diagnostics):
        click.echo("Nothing was written.", err=True)
        return status_of(built.diagnostics)
    if form == "json":
        click.echo(json.dumps(_as_json(built), ensure_ascii=False, indent=2))
    elif not quiet:
        _list_files(built.written, built.exported)
        show_changes(built.plan.changes, verbose)
        for line in retired_advice(built.plan):
            click.echo(line)
        _summary(built.plan, built.diagnostics)
    return DONE


def export_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return the exports to write; leaves with a usage error for a name that is none."""
    for name in names:
        if name not in exporters.BUILT_IN:
            known = ", ".join(exporters.BUILT_IN)
            raise click.UsageError(f"There is no export “{name}”. The exports are {known}.")
    return tuple(dict.fromkeys(names)) or tuple(exporters.BUILT_IN)


def _list_files(written: Sequence[output.Written], exported: pipeline.Exported) -> None:
    names = [str(sources.shown(one.path)) for one in written]
    width = max(map(len, names), default=0)
    for name, one, file in zip(names, written, exported.files, strict=True):
        unchanged = "" if one.changed else " (unchanged)"
        click.echo(f"{name:<{width}}  {file_size(one.size):>7}  {file.holds}{unchanged}")


def _as_json(built: Built) -> dict[str, object]:
    files = [
        {
            "path": str(one.path),
            "bytes": one.size,
            "changed": one.changed,
            "holds": file.holds,
            **file.details,
        }
        for one, file in zip(built.written, built.exported.files, strict=True)
    ]
    return {
        "schema": 1,
        "files": files,
        "changes": [as_json(change) for change in built.plan.changes],
        "diagnostics": [diagnostics.as_json(one) for one in built.diagnostics],
    }


def _summary(plan: pipeline.Plan, found: Sequence[Diagnostic]) -> None:
    questions = sum(len(one.questions.questions) for one in plan.loaded)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    click.echo(f"{counted(questions, 'question')}, {counted(warnings, 'warning')}")
