"""Planning a build of the sources of one or several folders; nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from exporter.config.settings import Settings
from exporter.identity import Copies
from exporter.identity.resending import check_resend
from exporter.model.diagnostics import Diagnostic, error, has_errors
from exporter.model.questions import SourceSpan
from exporter.pipeline.build_plan import BuildPlan, FolderPlan
from exporter.pipeline.folder_planner import plan_folder
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.source_copies import LoadedSources
from exporter.pipeline.source_folder import DiskFolder, SourceFolder
from exporter.pipeline.voices import report_different_voices


def plan_build(
    sources: LoadedSources,
    settings: Settings,
    now: int,
    *,
    whole_folder: bool = False,
    exports: Sequence[Path] = (),
    resent: Mapping[str, int] | None = None,
    folder_at: Callable[[Path], SourceFolder] = DiskFolder,
) -> BuildPlan:
    """Plan a build: assign keys to all questions.

    `now` is in seconds since 1970. With `whole_folder`, `sources` are all sources of the project, so
    that the questions of a source without a file are retired. A missing lock is rebuilt from the
    packages in the folders `exports`. `resent` are the notes to send again; see `resending.resend`.
    `folder_at` returns the folder of sources at a path.
    """
    resent = resent or {}
    loaded = sources.sources
    diagnostics = [diagnostic for source in loaded for diagnostic in source.diagnostics]
    diagnostics += [*sources.diagnostics, *_report_collisions([source.path for source in loaded])]
    if has_errors(diagnostics):
        return BuildPlan(loaded, (), tuple(diagnostics), sources.copies)
    sources_by_folder: dict[Path, list[LoadedSource]] = defaultdict(list)
    for source in loaded:
        sources_by_folder[source.path.parent].append(source)
    folders: list[FolderPlan] = []
    for path, folder_sources in sources_by_folder.items():
        copies = frozenset(copy.path.name for copy in sources.copies if copy.path.parent == path)
        partial_copies = sources.partial & {source.path.name for source in folder_sources}
        folder, folder_diagnostics = plan_folder(
            folder_at(path),
            folder_sources,
            settings,
            now=now,
            whole_folder=whole_folder,
            exports=exports,
            resent=resent,
            copies=Copies(copies, partial_copies),
        )
        diagnostics += folder_diagnostics
        folders += [folder] if folder else []
    diagnostics += report_different_voices(deck for folder in folders for deck in folder.decks)
    plan = BuildPlan(loaded, tuple(folders), tuple(diagnostics), sources.copies)
    if resent and not has_errors(diagnostics):
        records = {record.key: record for folder in folders for record in folder.lock.records}
        built = frozenset(keyed.key for deck in plan.decks for keyed in deck.questions)
        plan = replace(plan, diagnostics=(*diagnostics, *check_resend(resent, records, built)))
    return plan


def _report_collisions(paths: Sequence[Path]) -> Iterator[Diagnostic]:
    """Report `output-collision` for sources whose exports would have the same names."""
    path_by_stem: dict[str, Path] = {}
    for path in paths:
        first = path_by_stem.setdefault(path.stem.casefold(), path)
        if first != path:
            message = f"{first} and {path} would both be exported to {path.stem}.apkg."
            yield error("output-collision", message, SourceSpan(str(path), 1), "Rename one of them.")
