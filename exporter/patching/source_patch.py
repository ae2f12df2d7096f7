"""A changed source, with its lines for a diff."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from exporter.config.settings import Settings
from exporter.patching.source_bytes import LINE_END, split_bytes
from exporter.patching.source_write import FileChange


@dataclass(frozen=True, slots=True)
class SourcePatch:
    """A changed source, with its lines before and after the change."""

    change: FileChange
    lines_before: tuple[str, ...]
    lines_after: tuple[str, ...]


def make_source_patch(path: Path, before: bytes, after: bytes, settings: Settings) -> SourcePatch:
    """Return the patch of a source; raise `RefusedError` if its encoding is guessed.

    `settings` are those for this source.
    """
    lines = (tuple(LINE_END.split(split_bytes(data, settings).text)) for data in (before, after))
    return SourcePatch(FileChange(path, before, after), *lines)
