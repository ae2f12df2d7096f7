"""`exporter push`: the deck straight into Anki on the desktop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from exporter import building, deck_moves, pushing, sources
from exporter.anki_connect import URL, Anki, AnkiConnectError, RefusedError, is_loopback
from exporter.cli.arguments import (
    exports_folder,
    job,
    retire_option,
    source_arguments,
)
from exporter.cli.asking import agreed
from exporter.cli.console import echo
from exporter.cli.failures import status_of
from exporter.cli.locking import exclusive
from exporter.cli.report import show_diagnostics
from exporter.clock import clock
from exporter.diagnostics import counted

IMPORT_PATIENCE = 600.0
"""How long Anki may take to import a deck, in seconds."""


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
    request = building.Request(
        work.paths, work.config.options, place, ("anki",), work.whole_folder, home=home, retire=retire
    )
    with exclusive(request.places):
        prepared = building.prepare(request, clock())
        # what stays in another deck is moved below
        show_diagnostics(one for one in prepared.diagnostics if one.code not in deck_moves.CODES)
        if not prepared.sound:
            echo("Nothing was written, and Anki was not asked.", err=True)
            return status_of(prepared.diagnostics)
        anki.check()
        if not dry:
            building.write(prepared)
    _Push(anki, prepared, dry, yes).run(not leave)
    return status_of(prepared.diagnostics)


def _checked(url: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        good = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
    except ValueError:  # and so is what no host can be called
        good = False
    if not good:
        raise click.UsageError(f"“{url}” is no address of AnkiConnect. Write it like {URL}.")
    return url


@dataclass(frozen=True, slots=True)
class _Push:
    """One push: what was built, the Anki it goes to, and whether to ask or only to tell."""

    anki: Anki
    prepared: building.Prepared
    dry: bool
    yes: bool

    def run(self, importing: bool) -> None:
        plan, options = self.prepared.plan, self.prepared.request.options
        wanted = pushing.wanted_decks(plan.decks, options)
        keys = [key for some in wanted.values() for key in some]
        # An import may replace the tags of a note: what has come back is to be seen before it.
        back = pushing.returned(self.anki, keys)
        if importing:
            self._import(keys)
        if back.notes:
            self._tell(
                "Bring back", "Brought back", f"{counted(len(back.notes), 'note')} that had been retired"
            )
            if not self.dry:
                pushing.bring_back(self.anki, back)
        self._move(pushing.misplaced(self.anki, wanted))
        self._retire(pushing.retired(self.anki, plan.retired))

    def _tell(self, would: str, did: str, what: str) -> None:
        echo(f"Would {would[0].lower()}{would[1:]} {what}." if self.dry else f"{did} {what}.")

    def _import(self, keys: list[str]) -> None:
        before = pushing.known(self.anki, keys)
        for path in self._packages():
            if not self.dry:
                self._import_one(path.resolve())
            self._tell("Import", "Imported", str(sources.shown(path)))
        here = before if self.dry else pushing.known(self.anki, keys)
        new = len(keys) - before if self.dry else here - before
        echo(f"New in Anki: {new:,} of {counted(len(keys), 'note')}.")

    def _packages(self) -> Iterator[Path]:
        for file in self.prepared.exported.files:
            yield self.prepared.request.folder / file.name

    def _import_one(self, path: Path) -> None:
        try:
            done = self.anki.ask("importPackage", IMPORT_PATIENCE, path=str(path))
        except RefusedError as refusal:
            raise AnkiConnectError(self._by_hand(path, str(refusal))) from None
        if done is False:
            raise AnkiConnectError(self._by_hand(path, "it gives no reason"))

    def _by_hand(self, path: Path, reason: str) -> str:
        elsewhere = "" if is_loopback(self.anki.url) else " It looks for that file on its own computer."
        return (
            f"Anki did not import {path} ({reason}).{elsewhere} Import the file by hand (in Anki, "
            "File → Import), then run `exporter push --no-import` for the rest."
        )

    def _move(self, moves: tuple[pushing.Move, ...]) -> None:
        for one in moves:
            what = f"{counted(len(one.cards), 'card')} from “{one.old}” to “{one.new}”"
            if self.dry or agreed(f"Move {what}?", self.yes):
                if not self.dry:
                    pushing.move(self.anki, [one])
                self._tell("Move", "Moved", what)

    def _retire(self, found: pushing.Found) -> None:
        if not found.notes:
            return
        what = f"{counted(len(found.notes), 'note')} of retired questions"
        if self.dry or agreed(f"Suspend {what}, and tag them {pushing.TAG}?", self.yes):
            if not self.dry:
                pushing.retire(self.anki, found)
            self._tell(
                "Suspend", "Suspended", f"{what}, and tag{'' if self.dry else 'ged'} them {pushing.TAG}"
            )
