"""`exporter build`: read, check, identify, write every export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from exporter import exporters, output, pipeline
from exporter.cli.arguments import (
    clock,
    job,
    quiet_option,
    source_arguments,
    strict_option,
    verbose_option,
)
from exporter.cli.changes import show_changes
from exporter.cli.failures import DONE, status_of
from exporter.cli.report import counted, file_size, show_diagnostics
from exporter.diagnostics import Diagnostic, Severity, error, has_errors, strictly, warning
from exporter.model import SourceSpan


@click.command("build")
@source_arguments
@click.option("--to", "names", multiple=True, metavar="NAME", help="Write only this export; may be repeated.")
@click.option(
    "--out", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Where to write; by default dist."
)
@click.option("--locked", is_flag=True, help="Fail if exporter.lock would change.")
@strict_option
@quiet_option
@verbose_option
def command(
    sources: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    names: tuple[str, ...],
    folder: Path | None,
    locked: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Read, check, and write every export.

    Without a SOURCE, every readable file of the project's input folder is built.

    \b
    Example:
      exporter build questions.txt --to anki --set deck="Interviews"
    """
    exports = _export_names(names)
    work = job(sources, assignments, config_path)
    now = clock()
    plan = pipeline.plan(work.paths, work.config.options, now, work.whole_folder)
    found = _judged([*plan.diagnostics, *_locked(plan, locked)], strict)
    if has_errors(found):
        show_diagnostics(found, quiet)
        _say_nothing_written(quiet)
        return status_of(found)
    decks = [deck for deck in plan.decks if deck.notes]
    exported = pipeline.export(decks, exports, work.config.options, now)
    found = (*found, *_judged([*exported.diagnostics, *_empty_decks(plan)], strict))
    show_diagnostics(found, quiet)
    if has_errors(found):
        _say_nothing_written(quiet)
        return status_of(found)
    _write(plan, exported, folder or work.config.root / "dist", quiet)
    if not quiet:
        show_changes(plan.changes, verbose)
        _summary(plan, found)
    return DONE


def _export_names(names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        if name not in exporters.BUILT_IN:
            known = ", ".join(exporters.BUILT_IN)
            raise click.UsageError(f"There is no export “{name}”. The exports are {known}.")
    return tuple(dict.fromkeys(names)) or tuple(exporters.BUILT_IN)


def _judged(diagnostics: Sequence[Diagnostic], strict: bool) -> tuple[Diagnostic, ...]:
    return strictly(diagnostics) if strict else tuple(diagnostics)


def _locked(plan: pipeline.Plan, locked: bool) -> list[Diagnostic]:
    return [
        error(
            "lock-would-change",
            f"{entry.lock_path} would change, and --locked forbids it.",
            SourceSpan(str(entry.lock_path), 1),
            "Run `exporter build` without --locked, and commit the lock.",
        )
        for entry in plan.folders
        if locked and entry.lock_changed
    ]


def _empty_decks(plan: pipeline.Plan) -> list[Diagnostic]:
    return [
        warning(
            "nothing-to-export",
            f"No question of {deck.source} has an answer yet, so nothing was exported from it.",
            hint="Write an answer under a question, and build again.",
        )
        for deck in plan.decks
        if not deck.notes
    ]


def _say_nothing_written(quiet: bool) -> None:
    if not quiet:
        click.echo("Nothing was written.", err=True)


def _write(plan: pipeline.Plan, exported: pipeline.Exported, folder: Path, quiet: bool) -> None:
    """Write the locks, then the exports: a build cut short between them is simply done again."""
    for entry in plan.folders:
        if entry.lock_changed:
            output.write_files(entry.path, [(entry.lock_path.name, entry.lock_text.encode())])
    files = [file for export in exported.exports for file in export.files]
    written = output.write_files(folder, [(file.name, file.data) for file in files])
    if quiet or not written:
        return
    shown = [_shown(one.path) for one in written]
    width = max(map(len, shown))
    for name, one, file in zip(shown, written, files, strict=True):
        unchanged = "" if one.changed else " (unchanged)"
        click.echo(f"{name:<{width}}  {file_size(one.size):>7}  {file.holds}{unchanged}")


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _summary(plan: pipeline.Plan, found: Sequence[Diagnostic]) -> None:
    questions = sum(len(one.questions.questions) for one in plan.loaded)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    click.echo(f"{counted(questions, 'question')}, {counted(warnings, 'warning')}")
