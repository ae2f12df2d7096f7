"""Recognising that nothing changed since the last build, before anything heavy is loaded.

What the last build read and wrote is remembered by digests among the user's caches. The memory
can be deleted at any time: the next build is then a whole one, with the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from exporter import exporters
from exporter.config.templates import templates_folder
from exporter.identity import lockfile
from exporter.identity.timestamps import is_ahead
from exporter.model.diagnostics import Diagnostic, Severity
from exporter.model.questions import SourceSpan
from exporter.model.rules import MOMENTARY
from exporter.pipeline.builder import FileReport, Prepared, Report, Request, SourceReport
from exporter.pipeline.media import image_paths
from exporter.pipeline.planner import Folder
from exporter.system import atomic_write, cache_folder
from exporter.system.clock import clock

ABSENT = "absent"


def recall(request: Request) -> Report | None:
    """Return the report of the last build, if a new one would read and write the same."""
    if any(map(atomic_write.needs_sweep, request.places)):
        return None
    try:
        memory = json.loads(_place(request).read_text("utf-8"))
        same = memory["request"] == _fingerprint(request) and not is_ahead(memory["latest"], clock())
        if same and all(_digest(Path(path)) == digest for path, digest in memory["digests"].items()):
            return _report(memory["report"])
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        pass
    return None


def remember(request: Request, prepared: Prepared, report: Report) -> None:
    """Remember what a build read and wrote; where that cannot be, the next build is a whole one."""
    if any(name not in exporters.BUILT_IN for name in prepared.names):
        return  # nobody knows what an exporter of another package reads
    if any(one.code in MOMENTARY for one in report.diagnostics):
        return  # the next build has to look again whether that is still so
    # sources come first: most builds are asked for because one of them changed
    paths = dict.fromkeys([*_read(request, prepared), *(file.path for file in report.files)])
    memory = {
        "request": _fingerprint(request),
        "digests": {str(path.absolute()): _digest(path) for path in paths},
        "report": _as_json(report),
        "latest": max(map(_latest_time, prepared.plan.folders), default=0),
    }
    place = _place(request)
    with suppress(OSError):
        atomic_write.write_files(place.parent, [(place.name, json.dumps(memory).encode())])


def _latest_time(folder: Folder) -> int:
    """Return the latest time in a lock: where the clock is behind it, a build sends other times."""
    return max([folder.lock.templates_modified, *(record.modified for record in folder.lock.records)])


def _read(request: Request, prepared: Prepared) -> Iterator[Path]:
    """Yield the files that a build read, or would have read had they been there."""
    for loaded in (*prepared.plan.loaded, *prepared.plan.copies):
        yield loaded.path
        yield from image_paths(loaded.questions.questions, loaded.path.parent)
    for folder in prepared.plan.folders:
        yield folder.lock_path
        yield from (folder.path / entry.source for entry in folder.lock.namespaces)
    if request.settings.pdf.font:
        yield Path(request.settings.pdf.font)


def _fingerprint(request: Request) -> str:
    """Return a digest of what a build was asked to do, and of the exporter that does it."""
    asked = (
        [str(path) for path in request.paths],
        repr(request.settings),
        request.settings.templates,
        request.names,
        (request.whole_folder, request.locked, request.strict, request.retire),
        [(str(path), _digest(path)) for path in _templates(request)],
    )
    return cache_folder.digest(repr((cache_folder.maker(), lockfile.VERSION, asked)).encode())


def _templates(request: Request) -> Iterator[Path]:
    """Yield every template there is: one that is new may take the place of ours, or be included."""
    own = request.settings.templates
    for folder in (templates_folder(), *([Path(own)] if own else [])):
        yield from sorted(folder.rglob("*"))


def _place(request: Request) -> Path:
    return cache_folder.place(request.folder, request.paths, ".json")


def _digest(path: Path) -> str:
    try:
        return cache_folder.digest(path.read_bytes()) if path.is_file() else ABSENT
    except (OSError, ValueError):
        return ABSENT


def _as_json(report: Report) -> dict[str, object]:
    return {
        "files": [
            [str(file.path), file.size, file.holds, dict(file.details), file.source, file.export]
            for file in report.files
        ],
        "sources": [[source.name, source.questions] for source in report.sources],
        "diagnostics": [
            [one.severity, one.code, one.message, one.span and _span(one.span), one.hint]
            for one in report.diagnostics
        ],
    }


def _span(span: SourceSpan) -> list[object]:
    return [span.path, span.line, span.column, span.text]


def _report(value: Any) -> Report:
    """Return a remembered report, in which no file changed and no question did."""
    files, found = value["files"], value["diagnostics"]
    return Report(
        tuple(
            FileReport(Path(path), size, False, holds, details, source, export)
            for path, size, holds, details, source, export in files
        ),
        tuple(SourceReport(name, questions) for name, questions in value["sources"]),
        (),
        tuple(
            Diagnostic(Severity(severity), code, message, SourceSpan(*span) if span else None, hint)
            for severity, code, message, span, hint in found
        ),
    )
