"""A build: the stages load, plan, export and write, each called once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exporter.model.diagnostics import Diagnostic, has_errors, warnings_as_errors
from exporter.pipeline import up_to_date
from exporter.pipeline.build_checks import (
    find_stale_exports,
    report_empty_decks,
    report_lock_changes,
    report_overwritten_sources,
    resolve_export_names,
)
from exporter.pipeline.build_report import BuildReport, BuildStages, report_build
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.deck_builder import make_decks
from exporter.pipeline.export_runner import ExportResult, export
from exporter.pipeline.loader import load_sources
from exporter.pipeline.planner import plan_build
from exporter.pipeline.progress import OnProgress, Progress, Step, ignore_progress
from exporter.pipeline.retired_in_source import report_still_in_source
from exporter.pipeline.stale_exports import report_stale_exports
from exporter.pipeline.writer import write
from exporter.system.build_lock import build_lock


def build(
    request: BuildRequest,
    now: int,
    on_progress: OnProgress = ignore_progress,
    before_write: Callable[[BuildReport], None] | None = None,
    *,
    skip_if_unchanged: bool = False,
) -> BuildReport:
    """Build sources: read, check, assign keys, export, and write all files or none.

    `now` is in seconds since 1970. `on_progress` is called when a step begins; if it raises,
    nothing is written.
    `before_write` is called with the report before anything is written, and may raise to prevent that.
    With `skip_if_unchanged`, return the report of the last such build if a new one would read and
    write the same. Raise `BuildLockedError` if another build holds the lock of a folder. The report
    has the diagnostics of all stages; if the request is strict, its warnings are errors.
    """
    if skip_if_unchanged and (report := up_to_date.check(request)):
        return report
    with build_lock(request.folders) as lock_diagnostics:
        stages, diagnostics = _run_stages(request, now, on_progress)
        diagnostics = (*lock_diagnostics, *diagnostics)
        failed_plugins = {item for item in stages.result.diagnostics if item.code == "plugin-failed"}
        # the other exports are written even if a plugin failed
        ok = not has_errors(item for item in diagnostics if item not in failed_plugins)
        if ok and before_write:
            before_write(report_build(stages, (), diagnostics, ok=True))
        if ok:
            on_progress(Progress(Step.WRITE))
        written = write(stages) if ok and not request.dry_run else ()
        report = report_build(stages, written, diagnostics, ok=ok)
        if skip_if_unchanged and ok:
            up_to_date.store(request, report)
    return report


def _run_stages(
    request: BuildRequest, now: int, on_progress: OnProgress
) -> tuple[BuildStages, tuple[Diagnostic, ...]]:
    """Run the stages before writing; return their values and diagnostics.

    If loading or planning reports errors, nothing is exported.
    """

    def apply_strict(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        return list(warnings_as_errors(diagnostics) if request.strict else diagnostics)

    names, unknown = resolve_export_names(request.names, request.settings)
    sources = load_sources(request.paths, request.settings, on_progress)
    on_progress(Progress(Step.PLAN))
    plan = plan_build(
        sources,
        request.settings,
        now,
        whole_folder=request.whole_folder,
        exports=request.export_folders,
        resent=request.resent,
    )
    diagnostics = apply_strict(
        [
            *unknown,
            *plan.diagnostics,
            *report_still_in_source(plan, request.retire),
            *report_lock_changes(plan, request),
            *report_empty_decks(plan),
            *report_stale_exports(find_stale_exports(plan, request)),
        ]
    )
    if has_errors(diagnostics):
        return BuildStages(request, names, plan, (), ExportResult(())), tuple(diagnostics)
    decks = make_decks(plan.decks)
    result = export([deck for deck in decks if deck.notes], names, request.settings, now, on_progress)
    diagnostics += [*apply_strict(result.diagnostics), *report_overwritten_sources(request, result)]
    return BuildStages(request, names, plan, decks, result), tuple(diagnostics)
