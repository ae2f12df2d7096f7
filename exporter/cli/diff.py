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
from exporter.cli.console import echo_styled
from exporter.cli.errors import EXIT_OK, find_exit_status
from exporter.cli.json_document import print_document
from exporter.cli.options import (
    format_option,
    resolve,
    resolve_exports_folder,
    retire_option,
    source_arguments,
)
from exporter.cli.output import show_diagnostics
from exporter.cli.planning import plan_sources
from exporter.cli.word_diff import diff_words
from exporter.identity.changes import Change, ChangeKind
from exporter.model.diagnostics import Severity, has_errors, pluralize
from exporter.model.question_numbers import number_prefix
from exporter.model.rules import RULES
from exporter.model.terminal_text import printable
from exporter.pipeline import deck_moves
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.retired_in_source import report_still_in_source
from exporter.system.clock import clock

_SIGNS = {ChangeKind.ADDED: "+", ChangeKind.RETIRED: "-", ChangeKind.RETURNED: "+"}


@click.command("diff")
@source_arguments
@click.option(
    "--out", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Where the exports are."
)
@retire_option
@format_option
@click.option("--retired", is_flag=True, help="Also show how to find all retired questions in Anki.")
@click.option("--exit-code", "with_status", is_flag=True, help="Exit with status 1 if anything would change.")
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    folder: Path | None,
    form: str,
    retired: bool,
    with_status: bool,
    retire: tuple[str, ...],
) -> int:
    """Show what the next build would change; write nothing.

    \b
    Example:
      exporter diff --format json
    """
    options = list_reading_options(assignments, config_path)
    context = resolve(named, assignments, config_path=config_path)
    exports = [resolve_exports_folder(context.config, folder), resolve_exports_folder(context.config, None)]
    plan = plan_sources(context, clock(), exports)
    # the diagnostics of decks are printed with the changes below
    shown_codes = {rule.code for rule in RULES.values() if rule.once}.difference(deck_moves.CODES)
    found = (*plan.diagnostics, *report_still_in_source(plan, retire))
    show_diagnostics([item for item in found if item.severity is Severity.ERROR or item.code in shown_codes])
    if has_errors(found):
        return find_exit_status(found)
    if form == "json":
        parts = {
            "changes": [as_json(change) for change in plan.changes],
            "deck_moves": [asdict(move) for move in plan.deck_moves],
            "relinks": offers_as_json(plan.offers, options),
            **({"retired": plan.retired} if retired else {}),
        }
        print_document(parts, found)
    else:
        advice = iter_retired_advice(plan.retired) if retired else ()
        for line in (*_iter_lines(plan), *advice, *iter_relink_advice(plan.offers, options)):
            echo_styled(line)
    templates_changed = any(folder.templates_changed for folder in plan.folders)
    return 1 if with_status and (plan.changes or plan.deck_moves or templates_changed) else EXIT_OK


def _iter_lines(plan: BuildPlan) -> Iterator[str]:
    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    changes = [_printable(change) for change in plan.changes]
    for question_changes in group_by_question(changes):
        yield from _question_lines(question_changes, coloured)
    yield from describe_renumbered(changes)
    if any(folder.templates_changed for folder in plan.folders):
        yield "The look of the Anki cards changed."
    for diagnostic in plan.diagnostics:
        if diagnostic.code in deck_moves.CODES:
            yield printable(diagnostic.message)
            yield printable(f"    {diagnostic.hint}")
    count = len({change.key for change in changes})
    yield pluralize(count, "question") + " would change." if count else "No question would change."


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
