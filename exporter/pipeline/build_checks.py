"""Checks of a whole build: export names, locks, overwritten sources, empty decks and stale exports."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter import exporters
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error, warning
from exporter.model.questions import SourceSpan
from exporter.model.suggestions import suggest
from exporter.pipeline import sources
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.export_runner import ExportResult
from exporter.pipeline.stale_exports import Leftover, find_current_sources, find_leftovers, is_within
from exporter.system.written_files import read_written


def resolve_export_names(
    requested: Sequence[str] | None, settings: Settings
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the names of the exports to write, and the diagnostics `unknown-export`.

    `requested` are the names of the request; if None, those of the setting `to`, or else all built-in ones.
    """
    default = settings.exports or tuple(exporters.BUILT_IN)
    names = tuple(dict.fromkeys(default if requested is None else requested))
    unknown = [name for name in names if name not in exporters.BUILT_IN]
    if unknown:
        from exporter.config.plugins import discover

        plugins = discover(exporters.GROUP, settings.plugin_files)
        available = [*exporters.BUILT_IN, *dict.fromkeys(plugin.name for plugin in plugins)]
        for name in unknown:
            if name not in available:
                near = suggest(name, available)
                hint = f"Did you mean “{near}”? " if near else ""
                hint += f"The exports are {', '.join(dict.fromkeys(available))}."
                message = f"Unknown export “{name}”."
                return (), (error("unknown-export", message, hint=hint),)
    return names, ()


def find_stale_exports(plan: BuildPlan, request: BuildRequest) -> tuple[Leftover, ...]:
    """Return the exports of former builds that belong to none of the present sources."""
    locks = {folder.path: folder.lock for folder in plan.folders}
    root = (request.home or request.folder).parent
    current = find_current_sources(
        [source.path for source in plan.loaded],
        [copy.path for copy in plan.copies],
        locks=locks,
        root=root,
        complete=request.whole_folder and is_within(request.folder, root),
        plugin_files=request.settings.plugin_files,
    )
    return find_leftovers(request.folder, current, read_written(request.folder))


def report_lock_changes(plan: BuildPlan, request: BuildRequest) -> Iterator[Diagnostic]:
    """Report `lock-would-change` for each lock that would change although `--locked` forbids it."""
    for folder in plan.folders:
        span = SourceSpan(str(folder.lock_path), 1)
        if request.locked and folder.lock_changed and not folder.only_notices_new:
            problem = "would change" if folder.lock_found else "is missing"
            message = f"{folder.lock_path} {problem}, and --locked forbids it."
            hint = "Run `exporter build` without --locked, and commit the lock."
            if not folder.lock_found:
                hint = f"Restore it from version control. {hint}"
            yield error("lock-would-change", message, span, hint)


def report_overwritten_sources(request: BuildRequest, result: ExportResult) -> Iterator[Diagnostic]:
    """Report `output-collision` for exports that would overwrite a source in a folder of the built ones."""
    # unlike `Path.resolve`, `realpath` does not raise on a loop of symbolic links
    built = {Path(os.path.realpath(path)) for path in request.paths}
    source_folders = {path.parent for path in built}
    for file in result.files:
        path = request.folder / file.name
        real = Path(os.path.realpath(path))
        if real in built or (
            real.parent in source_folders and sources.is_source(path, request.settings.plugin_files)
        ):
            message = f"{path} is a source that an export would overwrite."
            hint = "Write the exports into another folder with --out, or rename the source."
            yield error("output-collision", message, SourceSpan(str(path), 1), hint)


def report_empty_decks(plan: BuildPlan) -> Iterator[Diagnostic]:
    """Report `nothing-to-export` for each source without an answer."""
    for deck in plan.decks:
        if not deck.questions:
            message = f"No question of {deck.source} has an answer yet, so nothing was exported from it."
            hint = "Write an answer under a question, and build again."
            yield warning("nothing-to-export", message, hint=hint)
