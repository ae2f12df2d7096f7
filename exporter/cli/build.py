"""`exporter build`: read, check, identify, write every export."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from exporter import diagnostics, exporters, output, pipeline, sources
from exporter.cli.arguments import (
    clock,
    format_option,
    job,
    out_option,
    quiet_option,
    source_arguments,
    strict_option,
    verbose_option,
)
from exporter.cli.changes import as_json, retired_advice, show_changes
from exporter.cli.failures import DONE, status_of
from exporter.cli.report import counted, file_size, show_diagnostics
from exporter.diagnostics import Diagnostic, Severity, error, has_errors, strictly, warning
from exporter.exclusive import exclusive
from exporter.model import SourceSpan


@click.command("build")
@source_arguments
@click.option("--to", "names", multiple=True, metavar="NAME", help="Write only this export; may be repeated.")
@out_option
@click.option("--locked", is_flag=True, help="Fail if exporter.lock would change.")
@strict_option
@quiet_option
@verbose_option
@format_option
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    names: tuple[str, ...],
    folder: Path | None,
    locked: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
    form: str,
) -> int:
    """Read, check, and write every export.

    Without a SOURCE, every readable file of the project's input folder is built.

    \b
    Example:
      exporter build questions.txt --to anki --set deck="Interviews"
    """
    exports = _export_names(names)
    work = job(named, assignments, config_path)
    place = folder or sources.shown(work.config.root / "dist")
    with exclusive([place, *(path.parent for path in work.paths)]):
        now = clock()
        plan = pipeline.plan(work.paths, work.config.options, now, work.whole_folder)
        found = [*plan.diagnostics, *_about_locks(plan, locked, place), *_empty_decks(plan)]
        found = _judged(found, strict)
        exported = pipeline.Exported(())
        if not has_errors(found):
            decks = [deck for deck in plan.decks if deck.notes]
            exported = pipeline.export(decks, exports, work.config.options, now)
            found += _judged(exported.diagnostics, strict)
        show_diagnostics(found, quiet)
        if has_errors(found):
            click.echo("Nothing was written.", err=True)
            return status_of(found)
        written = _write(plan, exported, place)
    if form == "json":
        click.echo(json.dumps(_as_json(plan, found, written, exported), ensure_ascii=False, indent=2))
    elif not quiet:
        _list_files(written, exported)
        show_changes(plan.changes, verbose)
        for line in retired_advice(plan):
            click.echo(line)
        _summary(plan, found)
    return DONE


def _export_names(names: Sequence[str]) -> tuple[str, ...]:
    for name in names:
        if name not in exporters.BUILT_IN:
            known = ", ".join(exporters.BUILT_IN)
            raise click.UsageError(f"There is no export “{name}”. The exports are {known}.")
    return tuple(dict.fromkeys(names)) or tuple(exporters.BUILT_IN)


def _judged(diagnostics: Sequence[Diagnostic], strict: bool) -> list[Diagnostic]:
    return list(strictly(diagnostics) if strict else diagnostics)


def _about_locks(plan: pipeline.Plan, locked: bool, place: Path) -> Iterator[Diagnostic]:
    for folder in plan.folders:
        span = SourceSpan(str(folder.lock_path), 1)
        if locked and folder.lock_changed:
            message = f"{folder.lock_path} would change, and --locked forbids it."
            hint = "Run `exporter build` without --locked, and commit the lock."
            yield error("lock-would-change", message, span, hint)
        packages = [place / f"{deck.stem}.apkg" for deck in folder.decks]
        earlier = next((package for package in packages if package.exists()), None)
        if earlier and not folder.lock_found:
            message = f"{folder.lock_path} is missing: questions that were reworded lose their reviews."
            hint = f"Put the lock back from version control, or run `exporter recover {earlier}` first."
            yield warning("lock-missing", message, span, hint)


def _empty_decks(plan: pipeline.Plan) -> Iterator[Diagnostic]:
    for deck in plan.decks:
        if not deck.notes:
            message = f"No question of {deck.source} has an answer yet, so nothing was exported from it."
            hint = "Write an answer under a question, and build again."
            yield warning("nothing-to-export", message, hint=hint)


def _write(plan: pipeline.Plan, exported: pipeline.Exported, place: Path) -> tuple[output.Written, ...]:
    """Write the locks, then the exports: a build cut short between them is simply done again."""
    for folder in plan.folders:
        if folder.lock_changed:
            output.write_files(folder.path, [(folder.lock_path.name, folder.lock_text.encode())])
    return output.write_files(place, [(file.name, file.data) for file in exported.files])


def _list_files(written: Sequence[output.Written], exported: pipeline.Exported) -> None:
    names = [str(sources.shown(one.path)) for one in written]
    width = max(map(len, names), default=0)
    for name, one, file in zip(names, written, exported.files, strict=True):
        unchanged = "" if one.changed else " (unchanged)"
        click.echo(f"{name:<{width}}  {file_size(one.size):>7}  {file.holds}{unchanged}")


def _as_json(
    plan: pipeline.Plan,
    found: Sequence[Diagnostic],
    written: Sequence[output.Written],
    exported: pipeline.Exported,
) -> dict[str, object]:
    files = [
        {
            "path": str(one.path),
            "bytes": one.size,
            "changed": one.changed,
            "holds": file.holds,
            **file.details,
        }
        for one, file in zip(written, exported.files, strict=True)
    ]
    return {
        "schema": 1,
        "files": files,
        "changes": [as_json(change) for change in plan.changes],
        "diagnostics": [diagnostics.as_json(one) for one in found],
    }


def _summary(plan: pipeline.Plan, found: Sequence[Diagnostic]) -> None:
    questions = sum(len(one.questions.questions) for one in plan.loaded)
    warnings = sum(one.severity is Severity.WARNING for one in found)
    click.echo(f"{counted(questions, 'question')}, {counted(warnings, 'warning')}")
