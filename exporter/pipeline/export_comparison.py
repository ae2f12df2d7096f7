"""Comparing what a build would write with the exports that are there; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from exporter.model.diagnostics import Diagnostic
from exporter.pipeline import up_to_date
from exporter.pipeline.build_checks import report_overwritten_sources, resolve_export_names
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.deck_builder import make_decks
from exporter.pipeline.export_runner import ExportResult, export
from exporter.pipeline.progress import OnProgress, ignore_progress


class ExportState(StrEnum):
    """What a build would do to an export."""

    MISSING = "missing"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class ComparedExport:
    """An export that a build would write: missing, or with other bytes than now, or with the same."""

    path: Path
    state: ExportState


@dataclass(frozen=True, slots=True)
class ExportComparison:
    """The exports that a build would write, and the diagnostics of the exporters."""

    exports: tuple[ComparedExport, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def compare_exports(
    plan: BuildPlan, request: BuildRequest, now: int, on_progress: OnProgress = ignore_progress
) -> ExportComparison:
    """Return the exports that a build would write, each compared with the file that is there.

    `plan` must have no errors. `now` is in seconds since 1970. The exporters run only if the
    up-to-date check does not know the result.
    """
    if report := up_to_date.check(request):
        return ExportComparison(
            tuple(ComparedExport(file.path, ExportState.UNCHANGED) for file in report.files)
        )
    names, unknown = resolve_export_names(request.names, request.settings)
    decks = [deck for deck in make_decks(plan.decks) if deck.notes]
    result = export(decks, names, request.settings, now, on_progress)
    diagnostics = (*unknown, *result.diagnostics, *report_overwritten_sources(request, result))
    return ExportComparison(tuple(_compare(result, request.folder)), diagnostics)


def _compare(result: ExportResult, folder: Path) -> Iterator[ComparedExport]:
    for file in result.files:
        path = folder / file.name
        try:
            is_same = path.read_bytes() == file.data
            state = ExportState.UNCHANGED if is_same else ExportState.CHANGED
        except OSError:
            state = ExportState.MISSING if not path.exists() else ExportState.CHANGED
        yield ComparedExport(path, state)
