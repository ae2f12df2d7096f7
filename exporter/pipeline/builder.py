"""A build as a whole: load, plan, export and write, each called once."""

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
from exporter.pipeline.retired_in_source import report_still_in_source
from exporter.pipeline.stale_exports import report_stale_exports
from exporter.pipeline.writer import write
from exporter.system.build_lock import build_lock

OnStep = Callable[[str], None]


def ignore_step(_step: str) -> None:
    """Do nothing when a stage begins."""


def build(
    request: BuildRequest,
    now: int,
    on_step: OnStep = ignore_step,
    before_write: Callable[[BuildReport], None] | None = None,
    *,
    skip_if_unchanged: bool = False,
) -> BuildReport:
    """Build sources: read, check, assign keys, export, and write all or nothing.

    `now` is in seconds since 1970. `on_step` is called with what begins; `before_write` with the report
    of a build that is about to be written, and may raise to write nothing. With `skip_if_unchanged` the
    report of the last such build is returned where a new one would read and write the same. Raise
    `BuildLockedError` where another build holds a folder. Reports whatever the stages
    report; `strict` makes warnings errors.
    """
    if skip_if_unchanged and (report := up_to_date.check(request)):
        return report
    with build_lock(request.folders) as lock_diagnostics:
        stages, diagnostics = _run_stages(request, now, on_step)
        diagnostics = (*lock_diagnostics, *diagnostics)
        failed_plugins = {item for item in stages.result.diagnostics if item.code == "plugin-failed"}
        # a plugin that failed does not hold up the other exporters
        ok = not has_errors(item for item in diagnostics if item not in failed_plugins)
        if ok and before_write:
            before_write(report_build(stages, (), diagnostics, ok=True))
        written = write(stages) if ok and not request.dry_run else ()
        report = report_build(stages, written, diagnostics, ok=ok)
        if skip_if_unchanged and ok:
            up_to_date.store(request, report)
    return report


def _run_stages(
    request: BuildRequest, now: int, on_step: OnStep
) -> tuple[BuildStages, tuple[Diagnostic, ...]]:
    """Return the values of all stages before writing, and what they report.

    After a stage with errors the exports are empty.
    """

    def judged(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        return list(warnings_as_errors(diagnostics) if request.strict else diagnostics)

    on_step("Reading the questions")
    names, unknown = resolve_export_names(request)
    sources = load_sources(request.paths, request.settings)
    plan = plan_build(
        sources,
        request.settings,
        now,
        whole_folder=request.whole_folder,
        exports=request.export_folders,
        resent=request.resent,
    )
    diagnostics = judged(
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
    on_step(f"Writing {', '.join(names)}")
    result = export([deck for deck in decks if deck.notes], names, request.settings, now)
    diagnostics += [*judged(result.diagnostics), *report_overwritten_sources(request, result)]
    return BuildStages(request, names, plan, decks, result), tuple(diagnostics)
