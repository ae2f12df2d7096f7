"""A guard against work that never ends: it claims nothing about speed, which the benchmark measures."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE = 90
"""Seconds; what grows with the square of its input would take hours."""


@contextmanager
def ends() -> Iterator[None]:
    """Break off what has not ended after a long time."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"This did not end within {PATIENCE} seconds.")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
