"""Showing the progress of builds that take more than a second, on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.model.terminal_text import printable_line
from exporter.pipeline.progress import OnProgress, Progress, ignore_progress

if TYPE_CHECKING:
    from rich.live import Live

MIN_WAIT_S = 1.0
"""Time in seconds after which progress is shown."""  # unmeasured

LARGE_SOURCE_BYTES = 500_000
"""Size in bytes from which on progress is shown at once: the build takes longer than that."""  # unmeasured


@contextmanager
def progress(paths: Sequence[Path], quiet: bool = False) -> Iterator[OnProgress]:
    """Yield a function that shows which step begins, on a terminal; the line is removed at the end."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield ignore_progress
        return
    line = _ProgressLine(_total_size(paths) >= LARGE_SOURCE_BYTES)
    try:
        yield line.show
    finally:
        line.end()


def _total_size(paths: Sequence[Path]) -> int:
    try:
        return sum(path.stat().st_size for path in paths)
    except OSError:
        return 0


class _ProgressLine:
    """A line on the terminal, updated at each step without a thread."""

    def __init__(self, at_once: bool) -> None:
        self.since = time.monotonic() - (MIN_WAIT_S if at_once else 0)
        self.live: Live | None = None

    def show(self, progress: Progress) -> None:
        if time.monotonic() - self.since < MIN_WAIT_S:
            return
        if self.live is None:
            from rich.console import Console
            from rich.live import Live

            # automatic refresh would start a thread
            self.live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
            self.live.start()
        self.live.update(f"{printable_line(progress.text)}…", refresh=True)

    def end(self) -> None:
        if self.live:
            self.live.stop()
