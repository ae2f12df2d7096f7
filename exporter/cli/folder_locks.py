"""Holding the locks of folders for a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from exporter.cli.output import show_diagnostics
from exporter.system import build_lock as locks


@contextmanager
def build_lock(folders: Iterable[Path]) -> Iterator[None]:
    """Hold the locks of folders like `exporter.system.build_lock`, and print its diagnostics."""
    with locks.build_lock(folders) as diagnostics:
        show_diagnostics(diagnostics)
        yield
