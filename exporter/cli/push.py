"""`exporter push`: the deck straight into Anki on the desktop."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.anki.connect import URL, Anki
from exporter.cli.console import echo
from exporter.cli.errors import status_of
from exporter.cli.folder_locks import exclusive
from exporter.cli.options import exports_folder, job, retire_option, source_arguments
from exporter.cli.output import show_diagnostics
from exporter.cli.push_steps import Push, former_texts, packaged_notes
from exporter.pipeline import builder, deck_moves
from exporter.system.clock import clock


@click.command("push")
@source_arguments
@click.option("--url", default=URL, show_default=True, metavar="URL", help="Where AnkiConnect listens.")
@click.option(
    "--api-key",
    "key",
    default="",
    envvar="EXPORTER_ANKI_KEY",
    metavar="KEY",
    help="AnkiConnect's API key, if it has one; better in EXPORTER_ANKI_KEY.",
)
@click.option(
    "--out", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Where the deck is written."
)
@retire_option
@click.option("--no-import", "leave", is_flag=True, help="The deck is imported already; do the rest.")
@click.option("--dry-run", "dry", is_flag=True, help="Only say what would be done.")
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

    Anki must be running, with the add-on AnkiConnect (code 2055492159). Then cards that lie in
    another deck than the source asks for are moved, and the notes of retired questions
    suspended and tagged; before either you are asked.

    \b
    Examples:
      exporter push --dry-run
      exporter push questions.txt --yes
    """
    anki = Anki(_checked(url), key)
    work = job(named, assignments, config_path)
    place = exports_folder(work.config, folder)
    home = exports_folder(work.config, None)
    request = builder.Request(
        work.paths, work.config.settings, place, ("anki",), work.whole_folder, home=home, retire=retire
    )
    with exclusive(request.places):
        prepared = builder.prepare(request, clock())
        # what stays in another deck is moved below
        show_diagnostics(one for one in prepared.diagnostics if one.code not in deck_moves.CODES)
        if not prepared.sound:
            echo("Nothing was written, and Anki was not asked.", err=True)
            return status_of(prepared.diagnostics)
        anki.check()
        packaged = packaged_notes(prepared)
        texts = former_texts(prepared)
        if not dry:
            builder.write(prepared)
    Push(anki, prepared, packaged, texts, dry, yes).run(not leave)
    return status_of(prepared.diagnostics)


def _checked(url: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        good = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
        good = good and parts.username is None  # it would not be sent
    except ValueError:  # and so is what no host can be called
        good = False
    if not good:
        raise click.UsageError(f"“{url}” is no address of AnkiConnect. Write it like {URL}.")
    return url
