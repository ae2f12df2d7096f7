"""`exporter reprint`: only the cue cards that changed since they were printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click

from exporter import exporting, lockfile, output, pipeline, sources
from exporter.cli.arguments import (
    exports_folder,
    job,
    out_option,
    retire_option,
    source_arguments,
)
from exporter.cli.changes import first_line, follow_up, show_changes
from exporter.cli.console import echo
from exporter.cli.failures import status_of
from exporter.cli.locking import exclusive
from exporter.cli.report import file_size, show_diagnostics
from exporter.clock import clock
from exporter.codes import MOMENTARY
from exporter.deck import CardContent, Deck
from exporter.diagnostics import Diagnostic, counted, error, has_errors
from exporter.exporters import ExportedFile
from exporter.identity import printing
from exporter.model import SourceSpan, number_prefix
from exporter.still_in_source import find_swallowed
from exporter.terminal import shell_command
from exporter.written_files import remember_written

_IN_WORDS = {
    CardContent.ANSWER: "their answers",
    CardContent.CUES: "their cues alone",
    CardContent.BOTH: "their cues and answers",
}


class _Sheets(NamedTuple):
    """The cards of a deck that are to be printed again."""

    deck: Deck
    cards: int
    file: ExportedFile


@click.command("reprint")
@source_arguments
@out_option
@retire_option
@click.option("--done", is_flag=True, help="The cards are printed: remember them as they are on paper.")
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    folder: Path | None,
    done: bool,
    retire: tuple[str, ...],
) -> int:
    """Write only the cue cards that changed since they were printed.

    They go into NAME-reprint.pdf, in full sheets. Print that, then say so with --done. After you
    have printed a whole NAME-cards.pdf, --done alone remembers all its cards.

    \b
    Example:
      exporter reprint
      exporter reprint --done
    """
    from exporter.exporters.pdf.content import content_of

    work = job(named, assignments, config_path)
    place = exports_folder(work.config, folder)
    with exclusive([place, *(path.parent for path in work.paths)]):
        now = clock()
        plan = pipeline.plan(
            work.paths,
            work.config.options,
            now,
            work.whole_folder,
            [place, exports_folder(work.config, None)],
        )
        found = [*plan.diagnostics, *find_swallowed(plan, retire)]
        if done and not has_errors(found):
            found += _unbuilt(plan)
        if has_errors(found):
            show_diagnostics(found)
            return status_of(found)
        show_diagnostics(one for one in found if one.code in MOMENTARY)
        show_changes(plan.changes)
        for line in follow_up(plan.changes, plan.offers):
            echo(line)
        failed: list[Diagnostic] = []
        sheets: list[_Sheets] = []
        locks: list[tuple[Path, list[tuple[str, bytes]]]] = []
        for entry in plan.folders:
            lock = entry.lock
            for deck in entry.decks:
                content = content_of(deck, work.config.options)
                reprint = printing.to_reprint(deck.notes, lock, deck.source, deck.media, content)
                for line in (*_stale(reprint), *_changed_content(reprint, deck)):
                    echo(line)
                if done:
                    lock = printing.printed(lock, reprint)
                elif not reprint.notes:
                    lock = printing.sent(lock, reprint)
                    echo(f"Every card of {deck.source} is as it was printed: print nothing.")
                else:
                    # of a part of the deck `auto` could choose another content
                    options = work.config.options.with_value("pdf.content", content.value)
                    exported = exporting.export([replace(deck, notes=reprint.notes)], ["pdf"], options, now)
                    show_diagnostics(exported.diagnostics)
                    if has_errors(exported.diagnostics):
                        failed += exported.diagnostics
                    else:
                        lock = printing.sent(lock, reprint)
                        sheets += [_Sheets(deck, len(reprint.notes), file) for file in exported.files]
            locks.append((entry.path, [(entry.lock_path.name, lockfile.render(lock).encode())]))
        # the locks last: a command that is killed before then has remembered no card as sent
        files = [(f"{one.deck.stem}-reprint.pdf", one.file.data) for one in sheets]
        written = output.write_folders([*([(place, files)] if files else []), *locks])
        remember_written(place, files)
        for one, file in zip(sheets, written[0] if files else (), strict=True):
            _tell(one, file, named)
    if done:
        echo("The cards are remembered as printed.")
        stale = [place / f"{deck.stem}-reprint.pdf" for deck in plan.decks]
        if any(path.is_file() for path in stale):
            echo("`exporter clean` removes the PDF that they were printed from.")
    return status_of(failed)


def _unbuilt(plan: pipeline.Plan) -> Iterator[Diagnostic]:
    """Report `not-built` where the source has changed since: then no one knows what was printed."""
    for entry in plan.folders:
        if entry.identified.changes:
            message = "The source has changed since the cards were written."
            hint = "Run `exporter build` or `exporter reprint`, print those cards, and say --done then."
            yield error("not-built", message, SourceSpan(str(entry.lock_path), 1), hint)


def _tell(sheets: _Sheets, written: output.Written, named: Sequence[str]) -> None:
    """Say what was written; `named` are the sources as the user named them."""
    cards = f"{counted(sheets.cards, 'card')} of {len(sheets.deck.notes)}"
    path = sources.shown(written.path)
    echo(f"{path}  {file_size(written.size)}  {cards}: {sheets.file.holds}")
    echo(f"Print it, then run `{shell_command('exporter', 'reprint', *named, '--done')}`.")


def _changed_content(reprint: printing.Reprint, deck: Deck) -> Iterator[str]:
    """Yield that cards were printed with another content than they have now."""
    if reprint.former:
        before = " or ".join(_IN_WORDS[content] for content in reprint.former)
        yield (
            f"The cards of {deck.source} were printed with {before}; now they have "
            f"{_IN_WORDS[reprint.content]}. Print them all again, or keep those there are: "
            f"set `pdf.content` to `{reprint.former[0]}`."
        )


def _stale(reprint: printing.Reprint) -> Iterator[str]:
    if reprint.stale:
        yield "Take these cards out of the stack; their questions are gone:"
        for record in reprint.stale:
            yield f"  {record.key}  {number_prefix(record.number)}{first_line(record.question)}"
