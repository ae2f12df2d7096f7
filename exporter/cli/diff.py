"""`exporter diff`: show what the next build would change, question by question; write nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from exporter.cli.change_report import (
    as_json,
    describe_change,
    describe_renumbered,
    group_by_question,
    iter_relink_advice,
    iter_retired_advice,
    offers_as_json,
    shorten_first_line,
)
from exporter.cli.command_line import list_reading_options
from exporter.cli.config import format_toml
from exporter.cli.console import echo_styled
from exporter.cli.errors import find_exit_status
from exporter.cli.json_document import print_document
from exporter.cli.options import format_option, resolve, retire_option, source_arguments
from exporter.cli.output import show_diagnostics
from exporter.cli.planning import make_request, plan_sources
from exporter.cli.progress import progress
from exporter.cli.word_diff import diff_words
from exporter.identity.changes import Change, ChangeKind
from exporter.model.diagnostics import Severity, has_errors, pluralize
from exporter.model.question_numbers import number_prefix
from exporter.model.rules import RULES
from exporter.model.terminal_text import printable
from exporter.pipeline import deck_moves
from exporter.pipeline.build_checks import resolve_export_names
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.built_settings import SettingChange, find_setting_changes
from exporter.pipeline.export_comparison import ComparedExport, ExportState, compare_exports
from exporter.pipeline.retired_in_source import report_still_in_source
from exporter.system.clock import clock
from exporter.system.files import display_path

PLUGIN_FAILED = "plugin-failed"
"""The error with which a build still writes the other exports."""

_SIGNS = {ChangeKind.ADDED: "+", ChangeKind.RETIRED: "-", ChangeKind.RETURNED: "+"}


@click.command("diff")
@source_arguments
@click.option(
    "--out", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Where the exports are."
)
@click.option("--to", "names", multiple=True, metavar="NAME", help="Compare only this export; repeatable.")
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
            "look_changed": _has_new_look(plan),
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
        lines = (*_iter_lines(plan), *_iter_other_changes(settings or (), exports))
        for line in (*lines, *advice, *iter_relink_advice(plan.offers, options)):
            echo_styled(line)
    return find_exit_status(failed) or int(with_status and is_changed)


def _iter_lines(plan: BuildPlan) -> Iterator[str]:
    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    changes = [_printable(change) for change in plan.changes]
    for question_changes in group_by_question(changes):
        yield from _question_lines(question_changes, coloured)
    yield from describe_renumbered(changes)
    if _has_new_look(plan):
        yield "The look of the Anki cards changed."
    for diagnostic in plan.diagnostics:
        if diagnostic.code in deck_moves.CODES:
            yield printable(diagnostic.message)
            yield printable(f"    {diagnostic.hint}")
    count = len({change.key for change in changes})
    yield pluralize(count, "question") + " would change." if count else "No question would change."


def _has_new_look(plan: BuildPlan) -> bool:
    return any(folder.templates_changed for folder in plan.folders)


def _iter_other_changes(
    settings: Sequence[SettingChange], exports: Sequence[ComparedExport]
) -> Iterator[str]:
    """Yield the changed settings, and the exports that would be written although no question changed."""
    for change in settings:
        old, new = (
            "nothing" if value in (None, "") else format_toml(value) for value in (change.old, change.new)
        )
        yield printable(f"{change.key} changed from {old} to {new}.")
    for export in exports:
        if export.state is ExportState.MISSING:
            yield printable(f"{display_path(export.path)} is missing, and would be written.")
        elif export.state is ExportState.CHANGED:
            yield printable(f"{display_path(export.path)} would change.")


def _printable(change: Change) -> Change:
    """Return a change with control characters escaped, to be printed with colours."""
    old, new = (None if text is None else printable(text) for text in (change.old, change.new))
    return replace(change, question=printable(change.question), old=old, new=new)


def _question_lines(changes: Sequence[Change], coloured: bool) -> Iterator[str]:
    first = changes[0]
    sign = next((_SIGNS[change.kind] for change in changes if change.kind in _SIGNS), "~")
    yield f"{sign} {first.key}  {number_prefix(first.number)}{shorten_first_line(first.question)}"
    for change in changes:
        if change.kind is ChangeKind.ANSWER:
            yield "    answer changed:"
            yield from (f"      {line}" for line in diff_words(change.old or "", change.new or "", coloured))
        elif change.kind is ChangeKind.REWORDED:
            likeness = "" if change.likeness is None else f" ({change.likeness:.0%} alike)"
            yield f"    reworded{likeness}:"
            yield from (f"      {line}" for line in diff_words(change.old or "", change.new or "", coloured))
        else:
            yield f"    {describe_change(change)}"
