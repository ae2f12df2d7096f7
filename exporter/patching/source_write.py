"""Writing changed files: all or none, and only if each still has the bytes that were read."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan
from exporter.system import atomic_write


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file with its bytes as they were read, and as they shall be."""

    path: Path
    before: bytes
    after: bytes


def write_changes(changes: Sequence[FileChange]) -> tuple[Diagnostic, ...]:
    """Write files, all or none; the caller holds the build locks of their folders.

    Report `changed-meanwhile` for a file whose bytes are no longer those that were read, and
    `no-permission` for one that is read-only; nothing is written then. A link stays a link.
    """
    problems = [problem for change in changes if (problem := _find_problem(change))]
    if not problems:
        paths = [(change.path.resolve(), change.after) for change in changes]
        atomic_write.write_folders((path.parent, [(path.name, data)]) for path, data in paths)
    return tuple(problems)


def _find_problem(change: FileChange) -> Diagnostic | None:
    path, span = change.path, SourceSpan(str(change.path), 1)
    if not path.is_file() or path.read_bytes() != change.before:
        message = f"{path} was changed meanwhile; nothing was written."
        return error("changed-meanwhile", message, span, "Run the command again.")
    if not path.stat().st_mode & stat.S_IWUSR:
        return error("no-permission", f"{path} is read-only; nothing was written.", span, "Make it writable.")
    return None
