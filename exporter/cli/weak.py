"""`exporter weak`: list the questions that are failed most, or write only those."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from exporter.anki.apkg_reader import NotAPackageError
from exporter.anki.connect import Anki
from exporter.anki.review_stats import order_by_weakness, read_anki_stats, read_package_stats
from exporter.cli.anki_options import anki_options, check_url, package_arguments, split_package
from exporter.cli.console import echo
from exporter.cli.errors import find_exit_status, report_and_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.json_document import print_document
from exporter.cli.options import format_option, out_option, reading_options, resolve, resolve_exports_folder
from exporter.cli.output import format_size, show_diagnostics
from exporter.cli.package_errors import report_not_a_package
from exporter.cli.planning import plan_sources
from exporter.cli.weak_report import WeakNote, as_json, iter_report
from exporter.config.settings import Settings
from exporter.exporters import ExportedFile
from exporter.model.diagnostics import Diagnostic, has_errors
from exporter.pipeline import export_runner
from exporter.pipeline.deck_builder import make_decks
from exporter.system import atomic_write
from exporter.system.atomic_write import WriteResult
from exporter.system.clock import clock
from exporter.system.files import display_path

DEFAULT_COUNT = 10
FORMATS = ("markdown", "pdf", "sheet")
"""The exports that can be written of weak questions."""


@click.command("weak")
@package_arguments
@anki_options
@click.option(
    "-n",
    "count",
    type=click.IntRange(min=1),
    default=DEFAULT_COUNT,
    show_default=True,
    help="How many at most.",
)
@click.option("--lapses", type=click.IntRange(min=1), metavar="N", help="All that lapsed at least N times.")
@click.option("--flag", "flagged", is_flag=True, help="All that have a flag.")
@click.option("--to", "names", multiple=True, type=click.Choice(FORMATS), help="Write only these questions.")
@out_option
@format_option
@reading_options
def command(
    arguments: tuple[str, ...],
    from_anki: bool,
    url: str,
    key: str,
    count: int,
    lapses: int | None,
    flagged: bool,
    names: tuple[str, ...],
    folder: Path | None,
    form: str,
    assignments: tuple[str, ...],
    config_path: Path | None,
) -> int:
    """List the questions that are failed most, or write only those.

    PACKAGE is an .apkg or .colpkg that Anki exported with scheduling. The order is that of the failed
    reviews of the last 30 days, then of lapses, then of the difficulty that FSRS estimates. `--to`
    writes NAME-weak.md or NAME-weak-cards.pdf; nothing else is changed.

    \b
    Examples:
      exporter weak deck.apkg
      exporter weak --anki --lapses 3 --to pdf
    """
    package, named = split_package(arguments, from_anki)
    context = resolve(named, assignments, config_path=config_path)
    now = clock()
    try:
        stats = (
            read_package_stats(package, now) if package else read_anki_stats(Anki(check_url(url), key), now)
        )
    except NotAPackageError as exc:
        return report_not_a_package(exc, package)
    plan = plan_sources(context, now)
    if has_errors(plan.diagnostics):
        return report_and_status(plan.diagnostics)
    notes = {note.key: (deck, note) for deck in make_decks(plan.decks) for note in deck.notes}
    weak = [WeakNote(*notes[entry.key], entry) for entry in order_by_weakness(stats) if entry.key in notes]
    if flagged:
        weak = [entry for entry in weak if entry.stats.flag]
    if lapses:
        weak = [entry for entry in weak if entry.stats.lapses >= lapses]
    elif not flagged:
        weak = [entry for entry in weak if entry.stats.again or entry.stats.lapses][:count]
    has_reviews = any(entry.reviews for entry in stats)
    if form == "text" and not has_reviews:
        echo(
            "There are no reviews. Export the deck with “Include scheduling information”, or review it first."
        )
    elif form == "text":
        for line in iter_report(weak):
            echo(line)
    exports_folder = resolve_exports_folder(context.config, folder)
    written, diagnostics = _write(weak, names, context.config.settings, exports_folder, now)
    if form == "json":
        parts = {
            "has_reviews": has_reviews,
            "questions": [as_json(entry) for entry in weak],
            "files": [{"path": str(file.path), "bytes": file.size} for file in written],
        }
        print_document(parts, [*plan.diagnostics, *diagnostics])
    for file in written if form == "text" else ():
        echo(f"Wrote {display_path(file.path)} ({format_size(file.size)}).")
    return find_exit_status(diagnostics)


def _write(
    weak: Sequence[WeakNote], names: Sequence[str], settings: Settings, folder: Path, now: int
) -> tuple[Sequence[WriteResult], Sequence[Diagnostic]]:
    """Write these exports of the weak questions of each deck; return the files and the diagnostics."""
    if not names or not weak:
        return (), ()
    keys = {entry.note.key for entry in weak}
    failed: list[Diagnostic] = []
    files: list[ExportedFile] = []
    for deck in {entry.deck.source: entry.deck for entry in weak}.values():
        notes = tuple(note for note in deck.notes if note.key in keys)
        part = replace(deck, notes=notes, stack=deck.notes, stem=f"{deck.stem}-weak")
        exported = export_runner.export([part], names, settings, now)
        show_diagnostics(exported.diagnostics)
        failed += exported.diagnostics
        files += [file for file in map(_rename, exported.files) if file]
    if has_errors(failed):
        return (), failed
    with build_lock([folder]):
        return atomic_write.write_files(folder, [(file.name, file.data) for file in files]), failed


def _rename(file: ExportedFile) -> ExportedFile | None:
    """Return a file under its name as the weak questions; the condensed sheet is left out."""
    if file.name.endswith("-weak-cheatsheet.md"):
        return None
    return replace(file, name=file.name.replace("-weak-answers.md", "-weak.md"))
