"""`exporter diff`: show what the next build would change, question by question; write nothing."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from exporter.cli.change_report import (
    as_json,
    iter_relink_advice,
    iter_retired_advice,
    offers_as_json,
)
from exporter.cli.command_line import list_reading_options
from exporter.cli.completion import complete_exporters
from exporter.cli.console import echo_styled
from exporter.cli.diff_report import has_new_look, iter_other_changes, iter_report
from exporter.cli.errors import find_exit_status
from exporter.cli.json_document import print_document
from exporter.cli.options import format_option, resolve, retire_option, source_arguments
from exporter.cli.output import show_diagnostics
from exporter.cli.planning import make_request, plan_sources
from exporter.cli.progress import progress
from exporter.model.diagnostics import Severity, has_errors
from exporter.model.rules import RULES
from exporter.pipeline import deck_moves
from exporter.pipeline.build_checks import resolve_export_names
from exporter.pipeline.built_settings import find_setting_changes
from exporter.pipeline.export_comparison import ExportState, compare_exports
from exporter.pipeline.retired_in_source import report_still_in_source
from exporter.system.clock import clock

PLUGIN_FAILED = "plugin-failed"
"""The error with which a build still writes the other exports."""


@click.command("diff")
@source_arguments
@click.option(
    "--out", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Where the exports are."
)
@click.option(
    "--to",
    "names",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_exporters,
    help="Compare only this export; repeatable.",
)
@retire_option
@format_option
@click.option("--retired", is_flag=True, help="Also show how to find all retired questions in Anki.")
@click.option("--exit-code", "with_status", is_flag=True, help="Exit with status 1 if a build would write.")
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    folder: Path | None,
    names: tuple[str, ...],
    form: str,
    retired: bool,
    with_status: bool,
    retire: tuple[str, ...],
) -> int:
    """Show what the next build would change: questions, decks, the look, settings and files; write nothing.

    \b
    Examples:
      exporter diff
      exporter diff --to anki --exit-code
    """
    options = list_reading_options(assignments, config_path)
    context = resolve(named, assignments, config_path=config_path)
    request, now = make_request(context, folder, names, retire), clock()
    plan = plan_sources(context, now, request.export_folders)
    # the diagnostics of decks are printed with the changes below
    shown_codes = {rule.code for rule in RULES.values() if rule.once}.difference(deck_moves.CODES)
    found = (
        *resolve_export_names(request.names, request.settings)[1],
        *plan.diagnostics,
        *report_still_in_source(plan, retire),
    )
    show_diagnostics([item for item in found if item.severity is Severity.ERROR or item.code in shown_codes])
    if has_errors(found):
        return find_exit_status(found)
    is_lock_changed = any(folder.lock_changed for folder in plan.folders)
    with progress(context.paths) as on_progress:
        # with a changed lock the bytes differ, and its times depend on the clock
        compared = None if is_lock_changed else compare_exports(plan, request, now, on_progress)
    failed = [item for item in compared.diagnostics if item.severity is Severity.ERROR] if compared else []
    show_diagnostics(failed)
    if any(item.code != PLUGIN_FAILED for item in failed):
        return find_exit_status(failed)
    exports = compared.exports if compared else ()
    is_changed = is_lock_changed or any(export.state is not ExportState.UNCHANGED for export in exports)
    settings = find_setting_changes(request)
    if form == "json":
        parts = {
            "would_write": is_changed,
            "changes": [as_json(change) for change in plan.changes],
            "deck_moves": [asdict(move) for move in plan.deck_moves],
            "relinks": offers_as_json(plan.offers, options),
            "look_changed": has_new_look(plan),
            "lock_changed": is_lock_changed,
            "settings": None if settings is None else [asdict(change) for change in settings],
            "files": [{"path": str(export.path), "state": export.state} for export in exports]
            if compared
            else None,
            **({"retired": plan.retired} if retired else {}),
        }
        print_document(parts, (*found, *(compared.diagnostics if compared else ())))
    else:
        advice = iter_retired_advice(plan.retired) if retired else ()
        lines = (*iter_report(plan), *iter_other_changes(settings or (), exports))
        for line in (*lines, *advice, *iter_relink_advice(plan.offers, options)):
            echo_styled(line)
    return find_exit_status(failed) or int(with_status and is_changed)
