"""`exporter relink`: corrects a wrong or missed match."""

from __future__ import annotations

from pathlib import Path

import click

from exporter import lockfile, output
from exporter.cli.arguments import debug_option, lock_option, lock_place
from exporter.cli.console import echo
from exporter.cli.failures import DONE, status_of
from exporter.cli.report import show_diagnostics
from exporter.clock import clock
from exporter.diagnostics import has_errors
from exporter.exclusive import exclusive
from exporter.identity.relink import relink


@click.command("relink")
@click.argument("old")
@click.argument("new")
@lock_option
@debug_option
def command(old: str, new: str, lock_path: Path | None) -> int:
    """Give the question that has the key NEW the key OLD, and with it OLD's reviews.

    With the word “new” for NEW, the question that has OLD gets a key of its own instead:
    for a new question that was taken for an old one.

    \b
    Examples:
      exporter relink k3f40n7cp6h3 26g1t8q6hjcf
      exporter relink k3f40n7cp6h3 new
    """
    place = lock_place(lock_path)
    with exclusive([place.parent]):
        if not place.exists():
            raise click.UsageError(
                f"There is no lock {place}. Run `exporter build` first, or name it with --lock."
            )
        lock, _, found = lockfile.read(place)
        if lock:
            lock, found = relink(lock, old, new, clock())
        show_diagnostics(found)
        if lock is None or has_errors(found):
            return status_of(found)
        output.write_files(place.parent, [(place.name, lockfile.render(lock).encode())])
    echo(f"{place} has the correction. Run `exporter build`, and import the deck again.")
    return DONE
