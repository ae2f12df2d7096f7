"""`exporter recover`: rebuild a lost or damaged lock from an Anki package."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.anki.apkg_reader import NotAPackageError, read_package
from exporter.cli.change_report import shorten_first_line
from exporter.cli.confirm import confirm, find_declined_status
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, report_and_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import debug_option, lock_option, resolve_lock_path
from exporter.cli.package_errors import report_not_a_package
from exporter.identity import lockfile
from exporter.identity.records import Lock, is_file_name
from exporter.identity.recovery import Recovery, recover
from exporter.model.diagnostics import pluralize
from exporter.model.question_numbers import number_prefix
from exporter.model.terminal_text import printable_line, shell_command
from exporter.pipeline.lock_recovery import to_package_note
from exporter.system import atomic_write
from exporter.system.files import read_limited

MAX_SHOWN = 10
"""Maximum number of listed questions, notes or sources."""

BACKUP = ".bak"
"""The suffix of the backup of a lock."""

_DAMAGES = ("lock-damaged", "lock-conflict", "lock-repeated-key")
"""The errors of a lock that can be replaced."""


@click.command("recover")
@click.argument("package", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@lock_option
@click.option(
    "--source",
    "added_sources",
    multiple=True,
    metavar="NAME",
    help="Also take those of a source that no longer exists.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@debug_option
def command(package: Path, lock_path: Path | None, added_sources: tuple[str, ...], yes: bool) -> int:
    """Rebuild a lost or damaged lock from an Anki package of the deck.

    PACKAGE is an .apkg written by exporter, or an .apkg or .colpkg exported by Anki. The records of
    an undamaged lock are left unchanged.

    \b
    Example:
      exporter recover dist/interview-questions.apkg
    """
    for name in added_sources:
        if not is_file_name(name):
            raise click.UsageError(f"“{name}” is not a file name. Name a source without its folder.")
    lock_file = resolve_lock_path(lock_path)
    if not lock_file.parent.is_dir():
        raise click.UsageError(
            f"There is no folder {lock_file.parent}/ for the lock. Name the lock with --lock."
        )
    try:
        notes = read_package(package)
    except NotAPackageError as exc:
        return report_not_a_package(exc, package)
    with build_lock([lock_file.parent]):
        lock, _, diagnostics = lockfile.read(lock_file)
        is_damaged = lock is None
        if not all(item.code in _DAMAGES for item in diagnostics):
            return report_and_status(diagnostics)
        names = frozenset(
            {path.name for path in lock_file.parent.iterdir() if path.is_file()} | set(added_sources)
        )
        recovery = recover(lock or Lock(), map(to_package_note, notes), names)
        _print_recovery(recovery, package, lock_file)
        if not recovery.recovered:
            return EXIT_OK
        if is_damaged:
            echo(f"{lock_file} is damaged, and would be replaced.")
        if not confirm(f"Write this into {lock_file}?", yes):
            return find_declined_status()
        text, unreadable = lockfile.render_verified(recovery.lock, lock_file)
        if unreadable:
            return report_and_status([unreadable])
        files = [(lock_file.name, text.encode())]
        if lock_file.exists() and (not is_damaged or not _has_good_backup(lock_file)):
            files.insert(
                0, (lock_file.name + BACKUP, read_limited(lock_file, lockfile.MAX_LOCK_BYTES)[0] or b"")
            )
            echo(f"The former lock is kept as {lock_file}{BACKUP}.")
        atomic_write.write_files(lock_file.parent, files)
    echo(f"Wrote {lock_file}. `exporter diff` shows what a build would change now.")
    return EXIT_OK


def _has_good_backup(lock_file: Path) -> bool:
    """Return whether the backup of a lock can be read: a damaged lock must not replace it."""
    lock, text, _ = lockfile.read(lock_file.with_name(lock_file.name + BACKUP))
    return lock is not None and bool(text)


def _print_recovery(recovery: Recovery, package: Path, lock_file: Path) -> None:
    new = len(recovery.recovered)
    if new:
        echo(f"{package} has {pluralize(new, 'question')} that {lock_file} does not know:")
        for record in recovery.recovered[:MAX_SHOWN]:
            echo(f"  {record.key}  {number_prefix(record.number)}{shorten_first_line(record.question)}")
        if new > MAX_SHOWN:
            echo(f"  … and {new - MAX_SHOWN} more")
    else:
        echo(f"{package} has no question that {lock_file} does not know. Nothing was written.")
    if recovery.foreign:
        count = pluralize(len(recovery.foreign), "note")
        echo(f"{count} left out without a key of exporter's (made or copied in Anki, or damaged):")
        for note in recovery.foreign[:MAX_SHOWN]:
            echo(f"  {printable_line(shorten_first_line(note.key))}  {shorten_first_line(note.question)}")
        if len(recovery.foreign) > MAX_SHOWN:
            echo(f"  … and {len(recovery.foreign) - MAX_SHOWN:,} more")
    for source, number in sorted(recovery.skipped.items())[:MAX_SHOWN]:
        source_name = printable_line(shorten_first_line(source))
        echo(
            f"{pluralize(number, 'question')} of {source_name} left out: it is not in {lock_file.parent}.",
            nl=False,
        )
        option = shell_command(f"--source={source}")
        echo(f" To take them too, add {option}." if is_file_name(source) else " It is not a file name.")
    if len(recovery.skipped) > MAX_SHOWN:
        echo(f"Questions of {len(recovery.skipped) - MAX_SHOWN:,} more sources left out.")
