"""The report of `exporter diff`: what a build would change, line by line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.cli.change_report import (
    describe_change,
    describe_renumbered,
    group_by_question,
    shorten_first_line,
)
from exporter.cli.config import format_toml
from exporter.cli.word_diff import diff_words
from exporter.identity.changes import Change, ChangeKind
from exporter.model.diagnostics import pluralize
from exporter.model.question_numbers import number_prefix
from exporter.model.terminal_text import printable
from exporter.pipeline import deck_moves
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.built_settings import SettingChange
from exporter.pipeline.export_comparison import ComparedExport, ExportState
from exporter.system.files import display_path

_SIGNS = {ChangeKind.ADDED: "+", ChangeKind.RETIRED: "-", ChangeKind.RETURNED: "+"}


def iter_report(plan: BuildPlan) -> Iterator[str]:
    """Yield what a build would change in questions, decks and the look of the cards."""
    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    changes = [_printable(change) for change in plan.changes]
    for question_changes in group_by_question(changes):
        yield from _question_lines(question_changes, coloured)
    yield from describe_renumbered(changes)
    if has_new_look(plan):
        yield "The look of the Anki cards changed."
    for diagnostic in plan.diagnostics:
        if diagnostic.code in deck_moves.CODES:
            yield printable(diagnostic.message)
            yield printable(f"    {diagnostic.hint}")
    count = len({change.key for change in changes})
    yield pluralize(count, "question") + " would change." if count else "No question would change."


def has_new_look(plan: BuildPlan) -> bool:
    """Return whether the templates of the cards of any folder changed."""
    return any(folder.templates_changed for folder in plan.folders)


def iter_other_changes(settings: Sequence[SettingChange], exports: Sequence[ComparedExport]) -> Iterator[str]:
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
