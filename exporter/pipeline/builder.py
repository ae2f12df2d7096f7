"""A build as a whole: what it is to write, checked, and then the writing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from exporter import exporters
from exporter.config.settings import Settings
from exporter.identity import text_history
from exporter.identity.changes import Change
from exporter.model.diagnostics import Diagnostic, error, has_errors, strictly, warning
from exporter.model.questions import SourceSpan
from exporter.pipeline import earlier, export_runner, planner, sources
from exporter.pipeline.deck_moves import DeckMove
from exporter.pipeline.retired_in_source import find_swallowed
from exporter.pipeline.stale_exports import Leftover, find_leftovers, is_within, todays_sources
from exporter.pipeline.stale_exports import report as report_leftovers
from exporter.system import atomic_write, cache_folder
from exporter.system.written_files import read_written, remember_written


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be built, and how.

    `names` are the exports to write; without any, those of the setting `to`, else all of
    exporter's own. With `whole_folder` the paths are all the sources there are. `locked`
    forbids a change of the lock, `strict` makes warnings errors. `home` is where the project's
    exports are by default: a missing lock is rebuilt from packages there, and in `folder`. `retire`
    are the keys of questions that are meant to go though their text is still in the source.
    `resent` are the notes to send again, each with the time that Anki has for it, or 0.
    """

    paths: tuple[Path, ...]
    settings: Settings
    folder: Path
    names: tuple[str, ...] = ()
    whole_folder: bool = False
    locked: bool = False
    strict: bool = False
    home: Path | None = None
    retire: tuple[str, ...] = ()
    resent: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def exports(self) -> tuple[Path, ...]:
        """The folders in which former exports may be."""
        return (self.folder, *([self.home] if self.home else []))

    @property
    def places(self) -> tuple[Path, ...]:
        """The folders that the build reads and writes."""
        return (self.folder, *(path.parent for path in self.paths))


@dataclass(frozen=True, slots=True)
class FileReport:
    """A file as it was written; `changed` says whether its bytes are new.

    `source` is the name of the file that it was made of, `export` the exporter that made it.
    """

    path: Path
    size: int
    changed: bool
    holds: str
    details: Mapping[str, object] = field(default_factory=dict, hash=False)
    source: str = ""
    export: str = ""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A source as it was built: the name of its file, and how many questions it has."""

    name: str
    questions: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did, for telling.

    `offers` are the questions that this build retired and added, and that may be one. `is_first` says
    that there was no lock before, nor a package from which one could be rebuilt.
    """

    files: tuple[FileReport, ...]
    sources: tuple[SourceReport, ...]
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    deck_moves: tuple[DeckMove, ...] = ()
    offers: tuple[planner.Offer, ...] = ()
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A build that is ready to be written, if it is `sound`; `names` are its exports."""

    request: Request
    names: tuple[str, ...]
    plan: planner.Plan
    exported: export_runner.Exported
    diagnostics: tuple[Diagnostic, ...]

    @property
    def sound(self) -> bool:
        """Whether it can be written: a plugin that failed does not hold up the others."""
        return not has_errors(one for one in self.diagnostics if one not in self._failed_exports)

    @property
    def _failed_exports(self) -> tuple[Diagnostic, ...]:
        return tuple(one for one in self.exported.diagnostics if one.code == "plugin-failed")


def prepare(request: Request, now: int, step: Callable[[str], None] = lambda _step: None) -> Prepared:
    """Read, check, identify and export; nothing is written. `step` is told what begins."""
    step("Reading the questions")
    names, unknown = _names(request)
    plan = planner.plan(
        request.paths, request.settings, now, request.whole_folder, request.exports, request.resent
    )
    found = [
        *unknown,
        *plan.diagnostics,
        *find_swallowed(plan, request.retire),
        *_about_locks(plan, request),
        *_empty_decks(plan),
    ]
    found += report_leftovers(_leftovers(plan, request))
    found = _judged(found, request.strict)
    exported = export_runner.Exported(())
    if not has_errors(found):
        decks = [deck for deck in plan.decks if deck.notes]
        step(f"Writing {', '.join(names)}")
        last = earlier.LastBuild(_index_place(request), request.folder)
        last.give_cues(decks)
        exported = export_runner.export(decks, names, request.settings, now, last)
        found += [*_judged(exported.diagnostics, request.strict), *_over_sources(request, exported)]
    return Prepared(request, names, plan, exported, tuple(found))


def write(prepared: Prepared) -> tuple[atomic_write.Written, ...]:
    """Write the locks and the exports, all or nothing.

    The locks are replaced first: a build that is killed before the exports follow is simply done again.
    """
    request, plan, exported = prepared.request, prepared.plan, prepared.exported
    locks = [
        (folder.path, [(folder.lock_path.name, folder.lock_text.encode())])
        for folder in plan.folders
        if folder.lock_changed and not request.locked
    ]
    files = [(file.name, file.data) for file in exported.files]
    *_, written = atomic_write.write_folders([*locks, (request.folder, files)])
    remember_written(request.folder, files)
    for folder in plan.folders if "anki" in prepared.names else ():
        records = {record.key: record for record in folder.lock.records}
        texts = text_history.read_texts(folder.path)
        added = text_history.add_texts(texts, folder.identified.changes, records)
        if added != texts:
            text_history.write_texts(folder.path, added)
    earlier.keep(_index_place(request), plan.decks, exported.files)
    return written


def _leftovers(plan: planner.Plan, request: Request) -> tuple[Leftover, ...]:
    """Return the exports of former builds that belong to no source of today."""
    locks = {folder.path: folder.lock for folder in plan.folders}
    root = (request.home or request.folder).parent
    today = todays_sources(
        [one.path for one in plan.loaded],
        [one.path for one in plan.copies],
        locks,
        root,
        complete=request.whole_folder and is_within(request.folder, root),
    )
    return find_leftovers(request.folder, today, read_written(request.folder))


def _index_place(request: Request) -> Path:
    return cache_folder.place(request.folder, request.paths, earlier.SUFFIX)


def report(prepared: Prepared, written: Sequence[atomic_write.Written]) -> Report:
    """Return what a build did, for telling."""
    plan, made = prepared.plan, prepared.exported.by_file
    return Report(
        tuple(
            FileReport(
                result.path,
                result.size,
                result.changed,
                file.holds,
                file.details,
                made[file.name].source,
                made[file.name].name,
            )
            for result, file in zip(written, prepared.exported.files, strict=True)
        ),
        tuple(SourceReport(one.path.name, len(one.questions.questions)) for one in plan.loaded),
        plan.changes,
        prepared.diagnostics,
        plan.deck_moves,
        plan.offers,
        is_first=not any(folder.lock_found for folder in plan.folders)
        and not any(diagnostic.code == "lock-missing" for diagnostic in prepared.diagnostics),
    )


def _names(request: Request) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the exports to write, and what is wrong with their names."""
    names = tuple(dict.fromkeys(request.names or request.settings.exports)) or tuple(exporters.BUILT_IN)
    unknown = [name for name in names if name not in exporters.BUILT_IN]
    if unknown:
        from difflib import get_close_matches

        from exporter.config.plugins import found

        known = [*exporters.BUILT_IN, *dict.fromkeys(plugin.name for plugin in found(exporters.GROUP))]
        for name in unknown:
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f"Did you mean “{near[0]}”? " if near else ""
                hint += f"The exports are {', '.join(dict.fromkeys(known))}."
                message = f"There is no export “{name}”."
                return (), (error("unknown-export", message, hint=hint),)
    return names, ()


def _judged(diagnostics: Sequence[Diagnostic], strict: bool) -> list[Diagnostic]:
    return list(strictly(diagnostics) if strict else diagnostics)


def _about_locks(plan: planner.Plan, request: Request) -> Iterator[Diagnostic]:
    for folder in plan.folders:
        span = SourceSpan(str(folder.lock_path), 1)
        if request.locked and folder.lock_changed and not folder.only_notices_new:
            what = "would change" if folder.lock_found else "is missing"
            message = f"{folder.lock_path} {what}, and --locked forbids it."
            hint = "Run `exporter build` without --locked, and commit the lock."
            if not folder.lock_found:
                hint = f"Put it back from version control. {hint}"
            yield error("lock-would-change", message, span, hint)


def _over_sources(request: Request, exported: export_runner.Exported) -> Iterator[Diagnostic]:
    """Report `output-collision` for exports in the place of a source, of this build or beside one of it."""
    # `Path.resolve` raises where links lead to each other; this stops there.
    own = {Path(os.path.realpath(path)) for path in request.paths}
    beside = {path.parent for path in own}
    for file in exported.files:
        place = request.folder / file.name
        real = Path(os.path.realpath(place))
        if real in own or (real.parent in beside and sources.readable(place)):
            message = f"{place} is a source, and an export would be written over it."
            hint = "Write the exports into a folder of their own with --out, or rename the source."
            yield error("output-collision", message, SourceSpan(str(place), 1), hint)


def _empty_decks(plan: planner.Plan) -> Iterator[Diagnostic]:
    for deck in plan.decks:
        if not deck.notes:
            message = f"No question of {deck.source} has an answer yet, so nothing was exported from it."
            hint = "Write an answer under a question, and build again."
            yield warning("nothing-to-export", message, hint=hint)
