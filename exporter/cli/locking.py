"""Hold folders for a command, and tell where that could not be done as usual."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from exporter import exclusive as locks
from exporter.cli.report import show_diagnostics


@contextmanager
def exclusive(folders: Iterable[Path]) -> Iterator[None]:
    """Hold folders as `exporter.exclusive` does, and show its diagnostics."""
    with locks.exclusive(folders) as diagnostics:
        show_diagnostics(diagnostics)
        yield
