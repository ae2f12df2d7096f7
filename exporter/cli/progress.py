"""Progress of what takes more than a second; nothing where nobody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from exporter.model.terminal_text import printable_line

if TYPE_CHECKING:
    from rich.live import Live

MIN_WAIT_S = 1.0
"""After how many seconds a person wants to see that something is going on."""

LARGE_SOURCE_BYTES = 500_000
"""From how many bytes of sources on a build takes longer than that."""


@contextmanager
def progress(paths: Sequence[Path], quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Give a function that says which step begins; it shows on a terminal alone, and goes when done."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _step: None
        return
    shown = _Shown(_size(paths) >= LARGE_SOURCE_BYTES)
    try:
        yield shown.step
    finally:
        shown.end()


def _size(paths: Sequence[Path]) -> int:
    try:
        return sum(path.stat().st_size for path in paths)
    except OSError:
        return 0


class _Shown:
    """A line on the terminal; drawn anew at each step, without a thread of its own."""

    def __init__(self, at_once: bool) -> None:
        self.since = time.monotonic() - (MIN_WAIT_S if at_once else 0)
        self.live: Live | None = None

    def step(self, what: str) -> None:
        if time.monotonic() - self.since < MIN_WAIT_S:
            return
        if self.live is None:
            from rich.console import Console
            from rich.live import Live

            # rich's own clock would be a second thread, with which no second process can be made.
            self.live = Live(console=Console(stderr=True), auto_refresh=False, transient=True)
            self.live.start()
        self.live.update(f"{printable_line(what)}…", refresh=True)

    def end(self) -> None:
        if self.live:
            self.live.stop()
