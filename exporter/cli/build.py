"""`exporter build`: read, check, identify, write every export."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from exporter import building, diagnostics, output, pipeline, sources
from exporter.cli.arguments import (
    clock,
    format_option,
    job,
    out_option,
    quiet_option,
    source_arguments,
    strict_option,
    verbose_option,
)
from exporter.cli.changes import as_json, retired_advice, show_changes
from exporter.cli.failures import status_of
from exporter.cli.report import counted, file_size, show_diagnostics
from exporter.diagnostics import Diagnostic, Severity
from exporter.exclusive import exclusive


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
    work = job(named, assignments, config_path)
    place = folder or sources.shown(work.config.root / building.FOLDER)
    request = building.Request(
        work.paths, work.config.options, place, names, work.whole_folder, locked=locked, strict=strict
    )
    with exclusive(request.places):
        prepared = building.prepare(request, clock())
        show_diagnostics(prepared.diagnostics, quiet)
        if not prepared.sound:
            click.echo("Nothing was written.", err=True)
            return status_of(prepared.diagnostics)
        written = building.write(prepared)
    if form == "json":
        click.echo(json.dumps(_as_json(prepared, written), ensure_ascii=False, indent=2))
    elif not quiet:
        _list_files(written, prepared.exported)
        show_changes(prepared.plan.changes, verbose)
        for line in retired_advice(prepared.plan):
            click.echo(line)
        _summary(prepared.plan, prepared.diagnostics)
    return status_of(prepared.diagnostics)


def _list_files(written: Sequence[output.Written], exported: pipeline.Exported) -> None:
    names = [str(sources.shown(one.path)) for one in written]
    width = max(map(len, names), default=0)
    for name, one, file in zip(names, written, exported.files, strict=True):
        unchanged = "" if one.changed else " (unchanged)"
        click.echo(f"{name:<{width}}  {file_size(one.size):>7}  {file.holds}{unchanged}")


def _as_json(prepared: building.Prepared, written: Sequence[output.Written]) -> dict[str, object]:
    files = [
        {"path": str(one.path), "bytes": one.size, "changed": one.changed, "holds": file.holds}
        | dict(file.details)
        for one, file in zip(written, prepared.exported.files, strict=True)
    ]
    return {
        "schema": 1,
        "files": files,
        "changes": [as_json(change) for change in prepared.plan.changes],
        "diagnostics": [diagnostics.as_json(one) for one in prepared.diagnostics],
    }


def _summary(plan: pipeline.Plan, found: Sequence[Diagnostic]) -> None:
    questions = sum(len(one.questions.questions) for one in plan.loaded)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    click.echo(f"{counted(questions, 'question')}, {counted(warnings, 'warning')}")
