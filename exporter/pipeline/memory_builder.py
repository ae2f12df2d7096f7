"""A build in memory: bytes of sources and of their lock become bytes of exports and of the new lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exporter.config.settings import Settings
from exporter.exporters import ExportedFile
from exporter.model.deck import Deck
from exporter.model.diagnostics import Diagnostic, error, has_errors, warnings_as_errors
from exporter.pipeline.build_checks import report_empty_decks, resolve_export_names
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.deck_builder import make_decks
from exporter.pipeline.export_runner import export
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.memory_sources import MemorySource
from exporter.pipeline.planner import plan_build
from exporter.pipeline.progress import OnProgress, Progress, Step, ignore_progress
from exporter.pipeline.retired_in_source import report_still_in_source
from exporter.pipeline.source_copies import separate_copies
from exporter.pipeline.source_folder import MemoryFolder


@dataclass(frozen=True, slots=True)
class MemoryRequest:
    """What is built in memory, and how.

    `lock` is the lock of the last build, None for the first. With `complete`, `sources` are all sources of
    that lock, and the questions of the others are retired. `pictures` are the contents of the files that
    the sources name, by their paths. `names`, `strict` and `retire` are as in `BuildRequest`.
    """

    sources: Sequence[MemorySource]
    settings: Settings
    lock: bytes | None = None
    names: tuple[str, ...] | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    complete: bool = True
    strict: bool = False
    retire: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MemoryReport:
    """The result of a build in memory; if it is not `ok`, there are no files, and the lock is the old one."""

    plan: BuildPlan
    diagnostics: tuple[Diagnostic, ...]
    lock: bytes
    decks: tuple[Deck, ...] = ()
    files: tuple[ExportedFile, ...] = ()
    ok: bool = False


def build_in_memory(
    request: MemoryRequest, now: int, on_progress: OnProgress = ignore_progress
) -> MemoryReport:
    """Build sources in memory, as `builder.build` does on disk; no file of the user is read or written.

    `now` is in seconds since 1970. `on_progress` is called when a step begins, and may raise.
    """
    names, unknown = resolve_export_names(request.names, request.settings)
    separated = separate_copies(_load_sources(request, on_progress))
    on_progress(Progress(Step.PLAN))
    plan = plan_build(
        separated,
        request.settings,
        now,
        whole_folder=request.complete,
        folder_at=lambda path: MemoryFolder(path, request.lock, has_others=not request.complete),
    )
    diagnostics = [*unknown, *plan.diagnostics]
    diagnostics += report_still_in_source(plan, request.retire)
    diagnostics += report_empty_decks(plan)
    if not request.sources:
        hint = "Give one source at least."
        diagnostics.append(error("no-sources", "There is no source.", hint=hint))
    diagnostics = _apply_strict(diagnostics, request)
    old_lock = request.lock or b""
    if has_errors(diagnostics):
        return MemoryReport(plan, tuple(diagnostics), old_lock)
    decks = make_decks(plan.decks)
    result = export([deck for deck in decks if deck.notes], names, request.settings, now, on_progress)
    diagnostics += _apply_strict(result.diagnostics, request)
    # the other exports are made even if a plugin failed
    if has_errors(item for item in diagnostics if item.code != "plugin-failed"):
        return MemoryReport(plan, tuple(diagnostics), old_lock)
    (folder,) = plan.folders
    lock = folder.lock_text.encode() if folder.lock_changed else old_lock
    return MemoryReport(plan, tuple(diagnostics), lock, decks, result.files, ok=True)


def _load_sources(request: MemoryRequest, on_progress: OnProgress) -> list[LoadedSource]:
    loaded = []
    for done, source in enumerate(request.sources):
        on_progress(Progress(Step.READ, done, len(request.sources), source.name))
        loaded.append(source.load(request.settings, request.pictures))
    return loaded


def _apply_strict(diagnostics: Sequence[Diagnostic], request: MemoryRequest) -> list[Diagnostic]:
    return list(warnings_as_errors(diagnostics) if request.strict else diagnostics)
