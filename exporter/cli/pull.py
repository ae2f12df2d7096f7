"""`exporter pull`: write edits that were made in Anki into the sources."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.anki.apkg_reader import NotAPackageError
from exporter.anki.connect import Anki
from exporter.cli.anki_options import anki_options, check_url, package_arguments, split_package
from exporter.cli.completion import complete_keys
from exporter.cli.confirm import confirm, find_declined_status
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, find_exit_status, report_and_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.json_document import print_document
from exporter.cli.options import (
    CommandContext,
    format_option,
    reading_options,
    resolve,
)
from exporter.cli.package_errors import report_not_a_package
from exporter.cli.patch_file import PATCH_START, render_patch
from exporter.cli.patch_review import diffs_as_json, print_diffs
from exporter.cli.planning import plan_sources
from exporter.cli.pull_notes import read_anki_notes, read_package_notes
from exporter.cli.pull_report import as_json, iter_report
from exporter.model.diagnostics import has_errors
from exporter.patching.source_write import write_changes
from exporter.pull.note_comparison import Preference
from exporter.pull.pull import Pull, plan_pull
from exporter.pull.pulled_note import UNEDITED, NoteInAnki
from exporter.system import atomic_write
from exporter.system.clock import clock


@click.command("pull")
@package_arguments
@anki_options
@click.option(
    "--take",
    multiple=True,
    metavar="KEY",
    shell_complete=complete_keys,
    help="In a conflict, take the text of Anki; repeatable.",
)
@click.option(
    "--keep",
    multiple=True,
    metavar="KEY",
    shell_complete=complete_keys,
    help="In a conflict, keep the text of the file; repeatable.",
)
@click.option("--tags", "take_tags", is_flag=True, help="Also write tags that were added in Anki.")
@click.option(
    "--patch",
    "patch_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the diff into this file, and nothing into the sources.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Only show what would be written.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--exit-code", "with_status", is_flag=True, help="Exit with status 1 if anything was edited in Anki."
)
@format_option
@reading_options
def command(
    arguments: tuple[str, ...],
    from_anki: bool,
    url: str,
    key: str,
    take: tuple[str, ...],
    keep: tuple[str, ...],
    take_tags: bool,
    patch_file: Path | None,
    dry: bool,
    yes: bool,
    with_status: bool,
    form: str,
    assignments: tuple[str, ...],
    config_path: Path | None,
) -> int:
    """Write edits that were made in Anki into the sources.

    PACKAGE is an .apkg or .colpkg that Anki exported. Only the lines of the edited questions are
    changed; you see the changes first, and are asked.

    \b
    Examples:
      exporter pull ~/Downloads/Interview.apkg
      exporter pull --anki --dry-run
    """
    package, named = split_package(arguments, from_anki)
    preferences = dict.fromkeys(take, Preference.TAKE) | dict.fromkeys(keep, Preference.KEEP)
    if both := sorted(set(take) & set(keep)):
        raise click.UsageError(f"The key {both[0]} is both taken and kept. Name it once.")
    context = resolve(named, assignments, config_path=config_path)
    if patch_file and patch_file.exists() and not patch_file.read_bytes().startswith(PATCH_START):
        raise click.UsageError(f"{patch_file} already exists, and is not a patch. Name another file.")
    try:
        notes = read_package_notes(package) if package else read_anki_notes(Anki(check_url(url), key))
    except NotAPackageError as exc:
        return report_not_a_package(exc, package)
    with build_lock({path.parent for path in context.paths}):
        pull = _plan(context, notes, preferences, take_tags)
        if has_errors(pull.diagnostics):
            return report_and_status(pull.diagnostics)
        if unknown := sorted(preferences.keys() - {note.key for note in pull.notes}):
            raise click.UsageError(f"No note has the key {unknown[0]}.")
        status = _show_and_write(pull, form, patch_file=patch_file, dry=dry, yes=yes)
    is_edited = any(note.state not in UNEDITED for note in pull.notes)
    return status or int(with_status and is_edited)


def _plan(
    context: CommandContext,
    notes: tuple[NoteInAnki, ...],
    preferences: dict[str, Preference],
    take_tags: bool,
) -> Pull:
    """Return the plan of a pull, or only the diagnostics of sources with errors."""
    now = clock()
    plan = plan_sources(context, now)
    if has_errors(plan.diagnostics):
        return Pull((), diagnostics=plan.diagnostics)
    settings = context.config.settings
    return plan_pull(plan, notes, settings, now=now, preferences=preferences, take_tags=take_tags)


def _show_and_write(pull: Pull, form: str, *, patch_file: Path | None, dry: bool, yes: bool) -> int:
    """Print what a pull found and would write, ask, and write it; return the exit status."""
    if patch_file:
        patch = render_patch([patch.change for patch in pull.patches])
        atomic_write.write_files(patch_file.parent, [(patch_file.name, patch)])
    is_writing = bool(pull.changes) and not dry and patch_file is None
    if form == "json":
        problems = write_changes(pull.changes) if is_writing and yes else ()
        parts = {
            "written": is_writing and yes and not problems,
            "notes": [as_json(note) for note in pull.notes],
            "files": diffs_as_json(pull.patches),
        }
        print_document(parts, problems)
        return find_exit_status(problems)
    for line in iter_report(pull.notes):
        echo(line)
    print_diffs(pull.patches)
    if patch_file:
        echo(f"Wrote {patch_file}.")
    elif not pull.changes:
        echo("Nothing to write.")
    elif dry:
        echo("Nothing was written.")
    elif not confirm(f"Write this into {_name_files(pull)}?", yes):
        return find_declined_status()
    elif problems := write_changes(pull.changes):
        return report_and_status(problems)
    else:
        echo(f"Wrote {_name_files(pull)}. `exporter build` exports the changes.")
    return EXIT_OK


def _name_files(pull: Pull) -> str:
    return ", ".join(str(change.path) for change in pull.changes)
