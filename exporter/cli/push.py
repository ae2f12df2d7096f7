"""`exporter push`: build the deck and import it into Anki on the desktop."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from exporter.anki.connect import Anki
from exporter.cli.anki_options import anki_options, check_url
from exporter.cli.console import echo
from exporter.cli.errors import find_exit_status
from exporter.cli.options import resolve, retire_option, source_arguments
from exporter.cli.output import show_diagnostics
from exporter.cli.planning import make_request
from exporter.cli.push_steps import FormerNotes, Push, former_notes
from exporter.pipeline import deck_moves
from exporter.pipeline.build_report import BuildReport
from exporter.pipeline.builder import build
from exporter.system.clock import clock


@click.command("push")
@source_arguments
@anki_options
@click.option(
    "--out", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Where the deck is written."
)
@retire_option
@click.option("--no-import", "leave", is_flag=True, help="The deck is already imported; do only the rest.")
@click.option("--dry-run", "dry", is_flag=True, help="Only show what would be done.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    url: str,
    key: str,
    folder: Path | None,
    leave: bool,
    dry: bool,
    yes: bool,
    retire: tuple[str, ...],
) -> int:
    """Build the deck and import it into Anki on the desktop.

    Anki must be running, with the add-on AnkiConnect (code 2055492159). After the import, cards in
    another deck than the one that the source names are moved, and the notes of retired questions
    are suspended and tagged; you are asked before each.

    \b
    Examples:
      exporter push --dry-run
      exporter push questions.txt --yes
    """
    anki = Anki(check_url(url), key)
    context = resolve(named, assignments, config_path=config_path)
    request = replace(make_request(context, folder, ("anki",), retire), dry_run=dry)
    former: list[FormerNotes] = []

    def read_former_notes(report: BuildReport) -> None:
        _show_diagnostics(report)
        anki.check()
        former.append(former_notes(report))

    report = build(request, clock(), before_write=read_former_notes)
    if not report.ok or report.stages is None:
        _show_diagnostics(report)
        echo("Nothing was written, and Anki was not contacted.", err=True)
        return find_exit_status(report.diagnostics)
    Push(anki, report.stages, former[0], dry, yes).run(not leave)
    return find_exit_status(report.diagnostics)


def _show_diagnostics(report: BuildReport) -> None:
    # the push moves cards that are in another deck
    show_diagnostics(item for item in report.diagnostics if item.code not in deck_moves.CODES)
