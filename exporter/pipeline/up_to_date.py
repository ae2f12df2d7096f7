"""The up-to-date check: whether a build would read and write the same as the last one.

It runs before any heavy package is imported. Its state is a file in the user's cache folder. If that
is deleted, the next build runs in full and writes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from exporter import exporters, readers
from exporter.config.plugin_inputs import FILTERS, find_inputs
from exporter.config.templates import templates_folder
from exporter.identity import lock_schema
from exporter.identity.timestamps import is_ahead
from exporter.model.diagnostics import Diagnostic, Severity
from exporter.model.questions import SourceSpan
from exporter.model.rules import is_once
from exporter.pipeline.build_plan import BuildPlan, FolderPlan
from exporter.pipeline.build_report import BuildReport, BuildStages, FileReport, SourceReport
from exporter.pipeline.build_request import BuildRequest
from exporter.pipeline.media import iter_image_paths
from exporter.system import atomic_write, cache_folder
from exporter.system.clock import clock
from exporter.system.standard_input import find_contents

ABSENT = "absent"


def check(request: BuildRequest) -> BuildReport | None:
    """Return the report of the last build, or None unless a new one would read and write the same."""
    if request.resent or any(map(atomic_write.has_stale_temporaries, request.folders)):
        return None
    try:
        state = json.loads(_state_path(request).read_text("utf-8"))
        same = not is_ahead(state["latest"], clock())
        if same and _digest_all(request, map(Path, state["paths"])) == state["digest"]:
            return _report_from_json(state["report"])
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        pass
    return None


def store(request: BuildRequest, report: BuildReport) -> None:
    """Store the state of a build; if that is not possible, the next build runs in full."""
    stages = report.stages
    if stages is None or request.resent or request.dry_run:
        return
    plugins = _find_plugins(request, stages)
    code = find_inputs(plugins, request.settings) if plugins else ()
    if code is None:
        return  # the inputs of a plugin are unknown
    if any(is_once(diagnostic.code) for diagnostic in report.diagnostics):
        return  # such a diagnostic is about this build only: the next one must not repeat it
    inputs = [str(path.absolute()) for path in (*_inputs(request, stages.plan), *code)]
    paths = list(dict.fromkeys([*inputs, *(str(file.path.absolute()) for file in report.files)]))
    state = {
        "paths": paths,
        "digest": _digest_all(request, map(Path, paths)),
        "report": _as_json(report),
        "latest": max(map(_latest_time, stages.plan.folders), default=0),
    }
    path = _state_path(request)
    with suppress(OSError):
        atomic_write.write_files(path.parent, [(path.name, json.dumps(state).encode())])


def _find_plugins(request: BuildRequest, stages: BuildStages) -> tuple[tuple[str, str], ...]:
    """Return group and name of each plugin that a build used."""
    names = [(exporters.GROUP, name) for name in stages.names if name not in exporters.BUILT_IN]
    for source in stages.plan.loaded:
        if source.reader and source.reader not in readers.BUILT_IN:
            names.append((readers.GROUP, source.reader))
        settings = request.settings.for_source(source.path.name)
        names += [(FILTERS, name) for name in settings.filters]
    return tuple(dict.fromkeys(names))


def _latest_time(folder: FolderPlan) -> int:
    """Return the latest time in a lock: if the clock is behind it, a build writes other times."""
    return max([folder.lock.templates_modified, *(record.modified for record in folder.lock.records)])


def _inputs(request: BuildRequest, plan: BuildPlan) -> Iterator[Path]:
    """Yield the paths of the files that a build read, or would have read if they existed."""
    for source in (*plan.loaded, *plan.copies):
        yield source.path
        yield from iter_image_paths(source.questions.questions, source.path.parent)
    for folder in plan.folders:
        yield folder.lock_path
        yield from (folder.path / entry.source for entry in folder.lock.namespaces)
    yield from map(Path, (*request.settings.pdf.typeface, *request.settings.pdf.font))


def _digest_all(request: BuildRequest, paths: Iterable[Path]) -> str:
    """Return a digest of the request, this installation, and the contents of all files."""
    parts = (
        cache_folder.fingerprint_installation(),
        lock_schema.MAX_LOCK_VERSION,
        [str(path) for path in request.paths],
        repr(request.settings),
        request.names,
        (request.whole_folder, request.locked, request.strict, request.retire),
        [(str(path), _digest(path)) for path in (*_templates(request), *paths)],
    )
    return cache_folder.digest(repr(parts).encode())


def _templates(request: BuildRequest) -> Iterator[Path]:
    """Yield the paths of all templates: a new one may replace a built-in one, or be included."""
    project_templates = request.settings.templates
    for folder in (templates_folder(), *([Path(project_templates)] if project_templates else [])):
        yield from sorted(folder.rglob("*"))


def _state_path(request: BuildRequest) -> Path:
    return cache_folder.cache_path(request.folder, request.paths, ".json")


def _digest(path: Path) -> str:
    if (kept := find_contents(path)) is not None:
        return cache_folder.digest(kept)
    try:
        return cache_folder.digest(path.read_bytes()) if path.is_file() else ABSENT
    except (OSError, ValueError):
        return ABSENT


def _as_json(report: BuildReport) -> dict[str, object]:
    return {
        "files": [
            [str(file.path), file.size, file.summary, dict(file.details), file.source, file.export]
            for file in report.files
        ],
        "sources": [[source.name, source.questions] for source in report.sources],
        "diagnostics": [
            [item.severity, item.code, item.message, span and _span_as_json(span), item.hint, item.ranges]
            for item in report.diagnostics
            for span in (item.span,)
        ],
    }


def _span_as_json(span: SourceSpan) -> list[object]:
    return [span.path, span.line, span.column, span.text]


def _report_from_json(value: Any) -> BuildReport:
    """Return a stored report, with no changed file and no changed question."""
    files, diagnostics = value["files"], value["diagnostics"]
    return BuildReport(
        tuple(
            FileReport(Path(path), size, False, summary, details, source, export)
            for path, size, summary, details, source, export in files
        ),
        tuple(SourceReport(name, questions) for name, questions in value["sources"]),
        (),
        tuple(
            Diagnostic(
                Severity(severity),
                code,
                message,
                SourceSpan(*span) if span else None,
                hint,
                tuple((first, last) for first, last in ranges),
            )
            for severity, code, message, span, hint, ranges in diagnostics
        ),
    )
