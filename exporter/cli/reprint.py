"""`exporter reprint`: write only the cue cards that changed since they were printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from exporter.cli.change_report import iter_follow_up, shorten_first_line, show_changes
from exporter.cli.console import echo
from exporter.cli.errors import find_exit_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import out_option, resolve, resolve_exports_folder, retire_option, source_arguments
from exporter.cli.output import format_size, show_diagnostics
from exporter.cli.planning import plan_sources
from exporter.exporters import ExportedFile
from exporter.identity import lockfile, print_state
from exporter.model.deck import CardContent, Deck
from exporter.model.diagnostics import Diagnostic, error, has_errors, pluralize
from exporter.model.question_numbers import number_prefix
from exporter.model.questions import SourceSpan
from exporter.model.rules import is_once
from exporter.model.terminal_text import shell_command
from exporter.pipeline import export_runner
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.deck_builder import make_decks
from exporter.pipeline.retired_in_source import report_still_in_source
from exporter.system import atomic_write
from exporter.system.clock import clock
from exporter.system.files import display_path
from exporter.system.written_files import remember_written

_IN_WORDS = {
    CardContent.ANSWER: "their answers",
    CardContent.CUES: "their cues alone",
    CardContent.BOTH: "their cues and answers",
}


class _Sheets(NamedTuple):
    """The sheets with the cards of a deck that are printed again; `cards` is their number."""

    deck: Deck
    cards: int
    file: ExportedFile


@click.command("reprint")
@source_arguments
@out_option
@retire_option
@click.option("--done", is_flag=True, help="Record the cards as printed.")
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    folder: Path | None,
    done: bool,
    retire: tuple[str, ...],
) -> int:
    """Write only the cue cards that changed since they were printed.

    They are written into NAME-reprint.pdf, in full sheets. Print that, then run with --done. After
    you have printed a complete NAME-cards.pdf, --done records all its cards.

    \b
    Example:
      exporter reprint
      exporter reprint --done
    """
    from exporter.cards.deck_measurement import find_content

    context = resolve(named, assignments, config_path=config_path)
    exports_folder = resolve_exports_folder(context.config, folder)
    with build_lock([exports_folder, *(path.parent for path in context.paths)]):
        now = clock()
        plan = plan_sources(context, now, [exports_folder, resolve_exports_folder(context.config, None)])
        diagnostics = [*plan.diagnostics, *report_still_in_source(plan, retire)]
        if done and not has_errors(diagnostics):
            diagnostics += _report_not_built(plan)
        if has_errors(diagnostics):
            show_diagnostics(diagnostics)
            return find_exit_status(diagnostics)
        show_diagnostics(item for item in diagnostics if is_once(item.code))
        show_changes(plan.changes)
        for line in iter_follow_up(plan.changes, plan.offers):
            echo(line)
        failed: list[Diagnostic] = []
        sheets: list[_Sheets] = []
        locks: list[tuple[Path, list[tuple[str, bytes]]]] = []
        for entry in plan.folders:
            lock = entry.lock
            for deck in make_decks(entry.decks):
                content = find_content(deck, context.config.settings)
                reprint = print_state.diff_printed(
                    deck.notes, lock, source=deck.source, media=deck.media, content=content
                )
                for line in (*_list_stale(reprint), *_report_changed_content(reprint, deck)):
                    echo(line)
                if done:
                    lock = print_state.mark_printed(lock, reprint)
                elif not reprint.notes:
                    lock = print_state.mark_written(lock, reprint)
                    echo(f"Every card of {deck.source} is unchanged since it was printed; nothing to print.")
                else:
                    # a part of the stack has the content and the sizes of the whole
                    part = replace(deck, notes=reprint.notes, stack=deck.notes)
                    exported = export_runner.export([part], ["pdf"], context.config.settings, now)
                    show_diagnostics(exported.diagnostics)
                    if has_errors(exported.diagnostics):
                        failed += exported.diagnostics
                    else:
                        lock = print_state.mark_written(lock, reprint)
                        sheets += [_Sheets(deck, len(reprint.notes), file) for file in exported.files]
            locks.append((entry.path, [(entry.lock_path.name, lockfile.render(lock).encode())]))
        # the locks are written last: if the command is killed before, no card is recorded as written
        files = [(f"{sheet.deck.stem}-reprint.pdf", sheet.file.data) for sheet in sheets]
        written = atomic_write.write_folders([*([(exports_folder, files)] if files else []), *locks])
        remember_written(exports_folder, files)
        for sheet, file in zip(sheets, written[0] if files else (), strict=True):
            _print_file(sheet, file, named)
    if done:
        echo("Recorded the cards as printed.")
        printed_files = [exports_folder / f"{deck.stem}-reprint.pdf" for deck in plan.decks]
        if any(path.is_file() for path in printed_files):
            echo("`exporter clean` removes the PDF that they were printed from.")
    return find_exit_status(failed)


def _report_not_built(plan: BuildPlan) -> Iterator[Diagnostic]:
    """Report `not-built` if the source has changed since the last build: the printed cards are unknown."""
    for entry in plan.folders:
        if entry.identified.changes:
            message = "The source has changed since the cards were written."
            hint = "Run `exporter build` or `exporter reprint`, print those cards, then use --done."
            yield error("not-built", message, SourceSpan(str(entry.lock_path), 1), hint)


def _print_file(sheets: _Sheets, written: atomic_write.WriteResult, named: Sequence[str]) -> None:
    """Print which file was written; `named` are the sources as the user named them."""
    cards = f"{pluralize(sheets.cards, 'card')} of {len(sheets.deck.notes)}"
    path = display_path(written.path)
    echo(f"{path}  {format_size(written.size)}  {cards}: {sheets.file.summary}")
    echo(f"Print it, then run `{shell_command('exporter', 'reprint', *named, '--done')}`.")


def _report_changed_content(reprint: print_state.Reprint, deck: Deck) -> Iterator[str]:
    """Yield a line if cards were printed with another content than they have now."""
    if reprint.former:
        before = " or ".join(_IN_WORDS[content] for content in reprint.former)
        yield (
            f"The cards of {deck.source} were printed with {before}; now they have "
            f"{_IN_WORDS[reprint.content]}. Print them all again, or keep the present ones: "
            f"set `pdf.content` to `{reprint.former[0]}`."
        )


def _list_stale(reprint: print_state.Reprint) -> Iterator[str]:
    if reprint.stale:
        yield "Take these cards out of the stack; their questions are gone:"
        for record in reprint.stale:
            yield f"  {record.key}  {number_prefix(record.number)}{shorten_first_line(record.question)}"
