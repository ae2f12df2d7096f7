"""`exporter relink`: correct a wrong or missed match."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.completion import complete_keys, complete_new_keys
from exporter.cli.confirm import confirm, find_declined_status
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, report_and_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import load_project, lock_option, reading_options, resolve_lock_path
from exporter.config.settings import Settings
from exporter.identity import lockfile
from exporter.identity.changes import ChangeKind
from exporter.identity.records import Lock, Record
from exporter.identity.relink import Correction, relink
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan
from exporter.pipeline import sources
from exporter.pipeline.loader import load_sources
from exporter.pipeline.planner import plan_build
from exporter.system import atomic_write
from exporter.system.clock import clock


@click.command("relink")
@click.argument("old", shell_complete=complete_keys)
@click.argument("new", shell_complete=complete_new_keys)
@lock_option
@click.option("--yes", is_flag=True, help="Do not ask.")
@reading_options
def command(
    old: str,
    new: str,
    lock_path: Path | None,
    yes: bool,
    assignments: tuple[str, ...],
    config_path: Path | None,
) -> int:
    """Give the question that has the key NEW the key OLD, and with it OLD's reviews.

    With the word “new” for NEW, the question that has OLD gets a new key instead: for a new
    question that was mistaken for an old one. If both questions are still in the source, they
    exchange their reviews; that needs --yes.

    \b
    Examples:
      exporter relink k3f40n7cp6h3 26g1t8q6hjcf
      exporter relink k3f40n7cp6h3 new --yes
    """
    lock_file = resolve_lock_path(lock_path)
    settings = load_project(assignments, config_path).settings
    with build_lock([lock_file.parent]):
        if not lock_file.exists():
            raise click.UsageError(
                f"There is no lock {lock_file}. Run `exporter build` first, or name it with --lock."
            )
        lock, _, diagnostics = lockfile.read(lock_file)
        if lock is None:
            return report_and_status(diagnostics)
        planned, gone = _next_build(lock_file, lock, settings)
        correction = relink(lock, old, new=new, gone=gone, planned=planned)
        if isinstance(correction, Diagnostic):
            return report_and_status([correction])
        if correction.exchange and not yes:
            return report_and_status([_relink_exchange(correction, lock_file)])
        _describe(correction)
        if not confirm(f"Write this into {lock_file}?", yes):
            return find_declined_status()
        atomic_write.write_files(
            lock_file.parent, [(lock_file.name, lockfile.render(correction.lock).encode())]
        )
    echo(f"Wrote {lock_file}. `exporter diff` shows what the next build changes; then import the deck again.")
    return EXIT_OK


def _next_build(lock_file: Path, lock: Lock, settings: Settings) -> tuple[Lock | None, frozenset[str]]:
    """Return the lock that the next build would write, and the keys of questions that it would retire.

    Return None and no keys if the sources have errors.
    """
    folder = lock_file.parent
    in_project = folder.resolve() == (load_project().root / sources.INPUT).resolve()
    if in_project:
        paths = sources.discover((), load_project().root, settings.plugin_files)[0]
    else:
        names = {record.source for record in lock.records} | {entry.source for entry in lock.namespaces}
        paths = tuple(folder / name for name in sorted(names) if (folder / name).is_file())
    plan = plan_build(load_sources(paths, settings), settings, clock(), whole_folder=in_project)
    for entry in plan.folders:
        if entry.lock_path.resolve() == lock_file.resolve():
            changes = entry.identified.changes
            retired = frozenset(change.key for change in changes if change.kind is ChangeKind.RETIRED)
            return entry.lock, retired
    return None, frozenset()


def _relink_exchange(correction: Correction, lock_file: Path) -> Diagnostic:
    taker, giver = correction.taker, correction.giver
    assert giver is not None
    message = (
        f"“{_words(taker)}” would take the reviews of “{_words(giver)}”, which is still in the source "
        f"and would get those of “{_words(taker)}”."
    )
    hint = "If the two are to exchange their reviews, run the command again with --yes."
    return error("relink-exchange", message, SourceSpan(str(lock_file), 1), hint)


def _describe(correction: Correction) -> None:
    taker, giver = correction.taker, correction.giver
    if giver is None:
        echo(f"“{_words(taker)}”")
        echo("  gets a new key, and begins without reviews.")
        echo(f"  Those under {taker.key} are given up: their note stays in Anki as a retired one.")
        return
    echo(f"“{_words(taker)}”")
    echo(f"  gets the key {giver.key}, and with it the reviews of")
    echo(f"“{_words(giver)}”")
    if correction.exchange:
        echo(f"  which gets the key {taker.key} and its reviews in exchange.")
    else:
        echo(f"  which is no longer in the source. Reviews under {taker.key} are given up.")


def _words(record: Record) -> str:
    """Return the complete question on one line."""
    return " ".join(record.question.split())
