"""`exporter recover`: rebuilds a lost or damaged lock from an Anki package."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from exporter.anki.apkg_reader import NotAPackageError, read_package
from exporter.cli.change_report import first_line
from exporter.cli.confirm import confirm
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, EXIT_USAGE_ERROR, report_and_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import debug_option, lock_option, resolve_lock_path
from exporter.identity import lockfile
from exporter.identity.records import Lock, is_file_name
from exporter.identity.recovery import Recovery, recover
from exporter.model.diagnostics import error, pluralize
from exporter.model.question_numbers import number_prefix
from exporter.model.questions import SourceSpan
from exporter.model.terminal_text import printable_line, shell_command
from exporter.pipeline.lock_recovery import to_package_note
from exporter.system import atomic_write
from exporter.system.files import read_limited

MAX_SHOWN = 10
"""How many of the questions found are listed."""

BACKUP = ".bak"
"""What is added to a lock's name for the copy that is kept of it."""

_DAMAGES = ("lock-damaged", "lock-conflict", "lock-repeated-key")
"""What may be wrong with a lock that is to be replaced."""


@click.command("recover")
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@lock_option
@click.option(
    "--source",
    "extra",
    multiple=True,
    metavar="NAME",
    help="Also take those of a source that no longer exists.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@debug_option
def command(package: Path, lock_path: Path | None, extra: tuple[str, ...], yes: bool) -> int:
    """Rebuild a lost or damaged lock from an Anki package of the deck.

    PACKAGE is an .apkg of ours, or an .apkg or .colpkg that Anki exported. What a good lock
    knows already stays as it is.

    \b
    Example:
      exporter recover dist/interview-questions.apkg
    """
    for name in extra:
        if not is_file_name(name):
            raise click.UsageError(f"“{name}” is not a file name. Name a source without its folder.")
    place = resolve_lock_path(lock_path)
    if not place.parent.is_dir():
        raise click.UsageError(f"There is no folder {place.parent}/ for the lock. Name the lock with --lock.")
    try:
        notes = read_package(package)
    except NotAPackageError as problem:
        hint = "Name an .apkg or .colpkg file that Anki or exporter wrote."
        return report_and_status([error("not-a-package", str(problem), SourceSpan(str(package), 1), hint)])
    with build_lock([place.parent]):
        lock, _, faults = lockfile.read(place)
        damaged = lock is None
        if not all(one.code in _DAMAGES for one in faults):
            return report_and_status(faults)
        names = frozenset({path.name for path in place.parent.iterdir() if path.is_file()} | set(extra))
        found = recover(lock or Lock(), map(to_package_note, notes), names)
        _tell(found, package, place)
        if not found.recovered:
            return EXIT_OK
        if damaged:
            echo(f"{place} is damaged, and would be replaced.")
        if not confirm(f"Write this into {place}?", yes):
            return EXIT_OK if sys.stdin.isatty() else EXIT_USAGE_ERROR
        text, unusable = lockfile.render_verified(found.lock, place)
        if unusable:
            return report_and_status([unusable])
        files = [(place.name, text.encode())]
        if place.exists() and (not damaged or not _has_good_backup(place)):
            files.insert(0, (place.name + BACKUP, read_limited(place, lockfile.MAX_LOCK_BYTES)[0] or b""))
            echo(f"The former lock is kept as {place}{BACKUP}.")
        atomic_write.write_files(place.parent, files)
    echo(f"Wrote {place}. `exporter diff` shows what a build would change now.")
    return EXIT_OK


def _has_good_backup(place: Path) -> bool:
    """Return whether the copy of a former lock can be read; a damaged lock does not replace it."""
    lock, text, _ = lockfile.read(place.with_name(place.name + BACKUP))
    return lock is not None and bool(text)


def _tell(found: Recovery, package: Path, place: Path) -> None:
    new = len(found.recovered)
    if new:
        echo(f"{package} has {pluralize(new, 'question')} that {place} does not know:")
        for record in found.recovered[:MAX_SHOWN]:
            echo(f"  {record.key}  {number_prefix(record.number)}{first_line(record.question)}")
        if new > MAX_SHOWN:
            echo(f"  … and {new - MAX_SHOWN} more")
    else:
        echo(f"{package} has no question that {place} does not know. Nothing was written.")
    if found.foreign:
        count = pluralize(len(found.foreign), "note")
        echo(f"{count} left out without a key of exporter's (made or copied in Anki, or damaged):")
        for note in found.foreign[:MAX_SHOWN]:
            echo(f"  {printable_line(first_line(note.key))}  {first_line(note.question)}")
        if len(found.foreign) > MAX_SHOWN:
            echo(f"  … and {len(found.foreign) - MAX_SHOWN:,} more")
    for source, number in sorted(found.skipped.items())[:MAX_SHOWN]:
        named = printable_line(first_line(source))
        echo(f"{pluralize(number, 'question')} of {named} left out: it is not in {place.parent}.", nl=False)
        option = shell_command(f"--source={source}")
        echo(f" To take them too, add {option}." if is_file_name(source) else " It is not a file name.")
    if len(found.skipped) > MAX_SHOWN:
        echo(f"Questions of {len(found.skipped) - MAX_SHOWN:,} more sources left out.")
