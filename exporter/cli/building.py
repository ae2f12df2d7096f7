"""The build itself, from sources to files; what calls it tells the user what it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter import output, pipeline, sources
from exporter.cli.arguments import Job, clock
from exporter.diagnostics import Diagnostic, error, has_errors, strictly, warning
from exporter.exclusive import exclusive
from exporter.model import SourceSpan


@dataclass(frozen=True, slots=True)
class Built:
    """What a build found and, where that holds no error, what it wrote."""

    plan: pipeline.Plan
    exported: pipeline.Exported
    diagnostics: tuple[Diagnostic, ...]
    written: tuple[output.Written, ...] = ()


def exports_folder(work: Job, given: Path | None) -> Path:
    """Return where the exports are: in the folder given, else in the project's dist."""
    return given or sources.shown(work.config.root / "dist")


def build(
    work: Job, names: Sequence[str], place: Path, *, locked: bool = False, strict: bool = False
) -> Built:
    """Read, check, identify and write the exports of these names; nothing where there are errors."""
    with exclusive([place, *(path.parent for path in work.paths)]):
        now = clock()
        plan = pipeline.plan(work.paths, work.config.options, now, work.whole_folder)
        found = [*plan.diagnostics, *_about_locks(plan, locked, place), *_empty_decks(plan)]
        found = _judged(found, strict)
        exported = pipeline.Exported(())
        if not has_errors(found):
            decks = [deck for deck in plan.decks if deck.notes]
            exported = pipeline.export(decks, names, work.config.options, now)
            found += _judged(exported.diagnostics, strict)
        if has_errors(found):
            return Built(plan, exported, tuple(found))
        return Built(plan, exported, tuple(found), _write(plan, exported, place))


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
