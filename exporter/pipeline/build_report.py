"""The report of a build: its files, sources, changes and diagnostics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from exporter.identity.changes import Change
from exporter.model.deck import Deck
from exporter.model.diagnostics import Diagnostic
from exporter.pipeline.build_plan import BuildPlan, Offer
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.deck_moves import DeckMove
from exporter.pipeline.export_runner import ExportResult
from exporter.system.atomic_write import WriteResult


@dataclass(frozen=True, slots=True)
class FileReport:
    """A written file; `changed` tells whether its bytes are new, `size` is in bytes.

    `summary` describes the content in a few words. `source` is the name of the source file, and `export`
    the name of the exporter.
    """

    path: Path
    size: int
    changed: bool
    summary: str
    details: Mapping[str, object] = field(default_factory=dict, hash=False)
    source: str = ""
    export: str = ""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A built source: the name of its file, and the number of its questions."""

    name: str
    questions: int


@dataclass(frozen=True, slots=True)
class BuildStages:
    """The values that the stages of a build return; `names` are those of the requested exports."""

    request: BuildRequest
    names: tuple[str, ...]
    plan: BuildPlan
    decks: tuple[Deck, ...]
    result: ExportResult


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The result of a build; if it is not `ok`, nothing was written.

    `offers` are pairs of a retired and an added question that may be the same. `is_first` tells that
    there was neither a lock nor a package to rebuild it from. `stages` is None if the build was skipped
    because it was up to date.
    """

    files: tuple[FileReport, ...]
    sources: tuple[SourceReport, ...]
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    deck_moves: tuple[DeckMove, ...] = ()
    offers: tuple[Offer, ...] = ()
    is_first: bool = False
    ok: bool = True
    stages: BuildStages | None = None


def report_build(
    stages: BuildStages, written: Sequence[WriteResult], diagnostics: tuple[Diagnostic, ...], *, ok: bool
) -> BuildReport:
    """Return the report of a build; `written` are its files in the order of the exports, or empty."""
    plan, exports = stages.plan, stages.result.by_file
    files = zip(written, stages.result.files, strict=True) if written else ()
    return BuildReport(
        tuple(
            FileReport(
                file_written.path,
                file_written.size,
                file_written.changed,
                file.summary,
                file.details,
                exports[file.name].source,
                exports[file.name].name,
            )
            for file_written, file in files
        ),
        tuple(SourceReport(source.path.name, len(source.questions.questions)) for source in plan.loaded),
        plan.changes,
        diagnostics,
        plan.deck_moves,
        plan.offers,
        is_first=not any(folder.lock_found for folder in plan.folders)
        and not any(diagnostic.code == "lock-missing" for diagnostic in diagnostics),
        ok=ok,
        stages=stages,
    )
