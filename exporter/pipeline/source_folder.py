"""The folder of sources that planning reads: on disk, or only the lock, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from exporter.config.settings import Settings
from exporter.identity import lockfile
from exporter.identity.records import Lock
from exporter.model.diagnostics import Diagnostic
from exporter.pipeline.loaded_source import LoadedSource
from exporter.pipeline.loader import load_source

LockContent = tuple[Lock | None, str, tuple[Diagnostic, ...]]
"""What `lockfile.read` returns: the lock, its text, and the diagnostics."""


class SourceFolder(Protocol):
    """A folder of sources with their lock; `path` is the folder's."""

    @property
    def path(self) -> Path:
        """The path of the folder, for diagnostics."""

    def read_lock(self) -> LockContent:
        """Return the lock, its text, and errors; an empty lock if there is none."""

    def has_source(self, name: str) -> bool:
        """Return whether the folder has a source that is not built."""

    def load(self, name: str, settings: Settings) -> LoadedSource | None:
        """Read a source that is not built; None if it cannot be had."""


@dataclass(frozen=True, slots=True)
class DiskFolder:
    """A folder on disk."""

    path: Path

    def read_lock(self) -> LockContent:
        """Read the lock file."""
        return lockfile.read(self.path / lockfile.LOCK_NAME)

    def has_source(self, name: str) -> bool:
        """Return whether the folder has a file of this name."""
        return (self.path / name).exists()

    def load(self, name: str, settings: Settings) -> LoadedSource | None:
        """Read and check a source."""
        return load_source(self.path / name, settings)


@dataclass(frozen=True, slots=True)
class MemoryFolder:
    """The lock of sources in memory; with `has_others`, there are sources that are not given."""

    path: Path
    lock: bytes | None
    has_others: bool = False

    def read_lock(self) -> LockContent:
        """Read the lock."""
        if self.lock is None:
            return Lock(), "", ()
        return lockfile.read_bytes(self.lock, self.path / lockfile.LOCK_NAME)

    def has_source(self, _name: str) -> bool:
        """Return whether the sources that are not given exist."""
        return self.has_others

    def load(self, _name: str, _settings: Settings) -> LoadedSource | None:
        """Return None: the other sources are not given."""
        return None
