"""A limit of CPU time for work that must be linear; speed is measured by the benchmark."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

MAX_CPU_S = 4
"""CPU time, so that a busy machine does not matter: the slowest takes 2 s, and minutes if it is quadratic.

The inputs are as small as this limit allows: with half the size, linear work takes half the time, and quadratic
work a quarter.
"""


@contextmanager
def ends() -> Iterator[None]:
    """Raise an error in the body if it takes too much CPU time."""

    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"This did not end within {MAX_CPU_S} seconds of CPU time.")

    before = signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, MAX_CPU_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
