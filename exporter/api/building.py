"""Building in a folder: `exporter.build`, and `exporter.plan`, which writes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Unpack

from exporter.api.errors import ExporterError, raise_errors
from exporter.api.progress import make_observer
from exporter.api.reading import PathLike
from exporter.api.results import Build, Plan
from exporter.api.settings import load_config
from exporter.config import loader as config_loader
from exporter.config.setting_values import SettingValues
from exporter.model.diagnostics import error
from exporter.pipeline import builder, sources
from exporter.pipeline.build_plan import BuildPlan
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.loader import load_sources
from exporter.pipeline.planner import plan_build
from exporter.pipeline.progress import OnProgress
from exporter.pipeline.retired_in_source import report_still_in_source
from exporter.system.clock import clock
from exporter.system.files import display_path


def build(
    paths: PathLike | Iterable[PathLike] | None = None,
    *,
    to: str | Iterable[str] | None = None,
    out: PathLike | None = None,
    locked: bool = False,
    strict: bool = False,
    retire: str | Iterable[str] = (),
    reader: str | None = None,
    on_progress: OnProgress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    **settings: Unpack[SettingValues],
) -> Build:
    """Build sources as `exporter build` does: write the lock and every export, or nothing.

    Without paths, build every readable file in the `input` folder of the project of the working
    directory. `to` names the exports; if it is empty, only the lock is written. `on_progress` is called
    when a step begins. `is_cancelled` is called then, too; if it returns true, raise `CancelledError`.

    Raise `ExporterError` if a source or a setting has an error (nothing is written then),
    `exporter.BuildLockedError` if another build holds the folder for a minute, and `OSError` for an
    error of the operating system.
    """
    request = _make_request(paths, settings, reader, to=to, out=out, retire=retire)
    request = replace(request, locked=locked, strict=strict)
    report = builder.build(request, clock(), make_observer(on_progress, is_cancelled))
    if not report.ok or report.stages is None:
        raise ExporterError(report.diagnostics)
    files = tuple(file.path for file in report.files)
    return Build(files, report.stages.decks, report.changes, report.diagnostics)


def plan(
    paths: PathLike | Iterable[PathLike] | None = None,
    *,
    out: PathLike | None = None,
    retire: str | Iterable[str] = (),
    reader: str | None = None,
    **settings: Unpack[SettingValues],
) -> Plan:
    """Return what `build` would change, as `exporter diff` does; write nothing.

    Raise `ExporterError` if a source or a setting has an error.
    """
    request = _make_request(paths, settings, reader, out=out, retire=retire)
    planned = plan_build(
        load_sources(request.paths, request.settings),
        request.settings,
        clock(),
        whole_folder=request.whole_folder,
        exports=request.export_folders,
    )
    return to_plan(planned, request.retire)


def to_plan(planned: BuildPlan, retire: tuple[str, ...]) -> Plan:
    """Return the plan of a build as the API has it; raise `ExporterError` if it has an error."""
    diagnostics = raise_errors((*planned.diagnostics, *report_still_in_source(planned, retire)))
    identified = (folder.identified.questions for folder in planned.folders)
    return Plan(
        tuple(keyed for questions in identified for source in questions.values() for keyed in source),
        planned.changes,
        planned.deck_moves,
        look_changed=any(folder.templates_changed for folder in planned.folders),
        lock_changed=any(folder.lock_changed for folder in planned.folders),
        diagnostics=diagnostics,
    )


def _make_request(
    paths: PathLike | Iterable[PathLike] | None,
    settings: Mapping[str, object],
    reader: str | None,
    *,
    to: str | Iterable[str] | None = None,
    out: PathLike | None,
    retire: str | Iterable[str],
) -> BuildRequest:
    """Return the request of a build; raise `ExporterError` without sources or for a faulty setting."""
    path_list = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    names = [os.fspath(path) for path in path_list or ()]
    if path_list is not None and not names:
        hint = "Name one source at least; without the argument, all of the input folder are built."
        raise ExporterError([error("no-sources", "The list of sources is empty.", hint=hint)])
    config = load_config(Path(names[0]).parent if names else Path.cwd(), settings, reader)
    source_paths, diagnostics = sources.discover(names, config.root, config.settings.plugin_files)
    raise_errors(diagnostics)
    home = display_path(config.root / config_loader.OUTPUT_FOLDER)
    return BuildRequest(
        source_paths,
        config.settings,
        Path(out) if out is not None else home,
        (to,) if isinstance(to, str) else None if to is None else tuple(to),
        whole_folder=path_list is None,
        home=home,
        retire=(retire,) if isinstance(retire, str) else tuple(retire),
    )
