"""The time limit of a call into a plugin."""

from __future__ import annotations

import ctypes
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

GRACE_S = 0.5
"""Time in seconds that a plugin has to clean up, after which it is interrupted without a pause.

Measured with `except BaseException: continue` in an endless loop: interrupted once, it continues; interrupted
again at once, it ends, since the second exception is raised within `except`.
"""
AGAIN_S = 1e-5
"""Time in seconds between two interruptions of a plugin that caught the first one."""

_OURS = frozenset(str(Path(__file__).with_name(name)) for name in ("plugin_time_limit.py", "plugin_calls.py"))


class TimeLimitError(BaseException):
    """A plugin took longer than its time limit; not an `Exception`, which plugins catch."""


class TimeLimit:
    """A time limit that is running; `is_over` says whether the function was interrupted."""

    def __init__(self) -> None:
        """Start without an interruption."""
        self.is_over = False
        self.is_running = True
        self.count = 0
        self.lock = threading.Lock()

    def interrupt(self, _number: int, frame: FrameType | None) -> None:
        """Raise `TimeLimitError` in the plugin; never in this package's own code around the call."""
        if not self.is_running or (frame and frame.f_code.co_filename in _OURS):
            return
        self.is_over = True
        self.count += 1
        if self.count > 1:
            signal.setitimer(signal.ITIMER_REAL, AGAIN_S, AGAIN_S)
        raise TimeLimitError

    def interrupt_thread(self, thread_id: int) -> None:
        """Raise `TimeLimitError` in a thread, again and again, until the limit is no longer running.

        The thread receives it at its next instruction of Python, after a call that waits has returned.
        """
        while self.is_running:
            with self.lock:
                if self.is_running:
                    self.is_over = True
                    _raise_in(thread_id, TimeLimitError)
            _sleep.wait(GRACE_S)


def _raise_in(thread_id: int, exception: type[BaseException] | None) -> None:
    """Raise an exception in a thread at its next instruction; `None` revokes one that was not raised yet."""
    value = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread_id), value)


_sleep = threading.Event()


@contextmanager
def time_limit(seconds: float) -> Iterator[TimeLimit]:
    """Interrupt the body with `TimeLimitError` after some seconds; 0 is no limit.

    In the main thread a signal interrupts all that Python can be interrupted in, also a call that waits;
    in other threads, and on Windows, only what executes instructions of Python and does not catch all.
    """
    limit = TimeLimit()
    if seconds <= 0:
        yield limit
    elif threading.current_thread() is threading.main_thread() and sys.platform != "win32":
        yield from _by_signal(limit, seconds)
    else:
        yield from _by_thread(limit, seconds)


def _by_signal(limit: TimeLimit, seconds: float) -> Iterator[TimeLimit]:
    previous = signal.signal(signal.SIGALRM, limit.interrupt)
    remaining, interval = signal.setitimer(signal.ITIMER_REAL, seconds, GRACE_S)
    try:
        yield limit
    finally:
        limit.is_running = False
        signal.setitimer(signal.ITIMER_REAL, remaining, interval)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if previous is None else previous)


def _by_thread(limit: TimeLimit, seconds: float) -> Iterator[TimeLimit]:
    timer = threading.Timer(seconds, limit.interrupt_thread, (threading.get_ident(),))
    timer.daemon = True
    timer.start()
    try:
        yield limit
    finally:
        with limit.lock:
            limit.is_running = False
        _raise_in(threading.get_ident(), None)
        timer.cancel()
