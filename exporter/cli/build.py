"""`exporter build`: read, check, assign keys, and write every export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from exporter.cli.build_summary import iter_next_steps, iter_summary, list_files
from exporter.cli.change_report import (
    as_json,
    iter_edited_advice,
    iter_follow_up,
    list_changes,
    offers_as_json,
)
from exporter.cli.command_line import list_reading_options
from exporter.cli.completion import complete_exporters, complete_resent
from exporter.cli.console import echo
from exporter.cli.errors import find_exit_status
from exporter.cli.json_document import print_document
from exporter.cli.options import (
    format_option,
    out_option,
    quiet_option,
    resolve,
    retire_option,
    source_arguments,
    strict_option,
    verbose_option,
)
from exporter.cli.output import show_diagnostics
from exporter.cli.paper_advice import paper_advice
from exporter.cli.planning import make_request
from exporter.cli.progress import progress
from exporter.identity import lockfile
from exporter.identity.relink import normalize_key
from exporter.identity.resending import ALL_NOTES
from exporter.pipeline.build_report import BuildReport
from exporter.pipeline.builder import build
from exporter.system.clock import clock
from exporter.system.files import display_path


@click.command("build")
@source_arguments
@click.option(
    "--to",
    "names",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_exporters,
    help="Write only this export; may be repeated.",
)
@out_option
@retire_option
@click.option("--locked", is_flag=True, help=f"{lockfile.PURPOSE} Fail if it would change.")
@click.option(
    "--resend",
    "resent",
    multiple=True,
    metavar="KEY…|all",
    shell_complete=complete_resent,
    help="Send these notes again (comma-separated keys): Anki kept its own, because they changed there.",
)
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
    resent: tuple[str, ...],
    strict: bool,
    quiet: bool,
    verbose: bool,
    form: str,
    retire: tuple[str, ...],
) -> int:
    """Read, check, and write every export.

    Without a SOURCE, every readable file of the project's input folder is built.

    \b
    Example:
      exporter build questions.txt --to anki --set deck="Interviews"
    """
    options = list_reading_options(assignments, config_path)
    context = resolve(named, assignments, config_path=config_path)
    request = replace(
        make_request(context, folder, names, retire),
        locked=locked,
        strict=strict,
        resent=_parse_resend(resent),
    )
    with progress(context.paths, quiet) as step:
        report = build(request, clock(), step, skip_if_unchanged=True)
    show_diagnostics(report.diagnostics, quiet, with_notes=verbose)
    if not report.ok:
        if form == "json":
            parts = {**_as_json(report, options), "changes": [], "relinks": []}
            print_document(parts, report.diagnostics)
        echo("Nothing was written.", err=True)
        return find_exit_status(report.diagnostics)
    folder_plans = report.stages.plan.folders if report.stages else ()
    if context.config.path and not quiet and not all(plan.lock_found for plan in folder_plans):
        echo(f"Settings come from {display_path(context.config.path)}.", err=True)
    status = _print_report(report, form, quiet, verbose, options)
    if report.is_first and not quiet and form != "json" and (advice := paper_advice(context.config.settings)):
        echo(advice)
    return status


def _parse_resend(values: Sequence[str]) -> dict[str, int]:
    """Return the keys of the notes to send again, each with the time 0: Anki's time is unknown."""
    keys = [key.strip() for value in values for key in value.split(",") if key.strip()]
    if values and not keys:
        raise click.UsageError("--resend has no key. Give comma-separated keys, or `all`.")
    return {ALL_NOTES if key.lower() == ALL_NOTES else normalize_key(key): 0 for key in keys}


def _print_report(report: BuildReport, form: str, quiet: bool, verbose: bool, options: Sequence[str]) -> int:
    """Print the report of a build, and return its exit status; `options` are those for reading."""
    if form == "json":
        print_document(_as_json(report, options), report.diagnostics)
    elif not quiet:
        lines = [*iter_summary(report)]
        if verbose:
            lines += list_files(report.files)
        for line in lines:
            echo(line)
        list_changes(report.changes, verbose)
        for line in iter_follow_up(report.changes, report.offers, options):
            echo(line)
        if any(file.path.suffix == ".apkg" for file in report.files):
            for line in iter_edited_advice(report.changes):
                echo(line)
        if report.is_first:
            folder = click.get_current_context().params.get("folder")
            for line in iter_next_steps(report, ["--out", str(folder)] if folder else []):
                echo(line)
    return find_exit_status(report.diagnostics)


def _as_json(report: BuildReport, options: Sequence[str]) -> dict[str, object]:
    files = [
        {
            "path": str(file.path),
            "bytes": file.size,
            "changed": file.changed,
            "summary": file.summary,
            "holds": file.summary,  # deprecated key
            **file.details,
        }
        for file in report.files
    ]
    return {
        "files": files,
        "changes": [as_json(change) for change in report.changes],
        "deck_moves": [asdict(move) for move in report.deck_moves],
        "relinks": offers_as_json(report.offers, options),
    }
