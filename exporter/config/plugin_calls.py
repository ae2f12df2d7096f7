"""Calls into plugins: exceptions are caught, their time is limited, and their output goes to stderr."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from exporter.config.plugin_output import stdout_on_stderr
from exporter.config.plugin_time_limit import TimeLimitError, time_limit

Result = TypeVar("Result")


class RaisedError(Exception):
    """A plugin raised an exception; it is in `cause`."""

    def __init__(self, cause: BaseException) -> None:
        """Keep the exception that the plugin raised."""
        super().__init__(type(cause).__name__)
        self.cause = cause


def call(function: Callable[[], Result], seconds: float = 0) -> Result:
    """Return the result of a function; raise `RaisedError` for any exception, `SystemExit` included.

    After `seconds`, unless they are 0, it is interrupted, and the cause is a `TimeLimitError`. Its output
    goes to stderr. `KeyboardInterrupt` is raised only for Ctrl-C, even if the function caught it; a second
    Ctrl-C ends the process.
    """
    cause: BaseException | None = None
    with _signals() as signals, stdout_on_stderr(), time_limit(seconds) as limit:
        try:
            try:
                result = function()
            finally:
                limit.is_running = False
        except BaseException as exc:
            cause = exc
    if signals.raised is not None:
        raise signals.raised from None
    if limit.is_over and not isinstance(cause, TimeLimitError):
        cause = TimeLimitError()
    if cause is not None:
        raise RaisedError(cause) from cause
    return result


class _Signals:
    """Signal handler that calls the previous handlers, and keeps the exception that they raise."""

    def __init__(self) -> None:
        self.raised: BaseException | None = None
        self.previous: dict[int, Callable[[int, FrameType | None], object]] = {}

    def handle(self, number: int, frame: FrameType | None) -> None:
        if self.raised is not None:  # the function ignored the first signal
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        try:
            self.previous[number](number, frame)
        except BaseException as exc:
            self.raised = exc
            raise


@contextmanager
def _signals() -> Iterator[_Signals]:
    """Watch for SIGINT and SIGTERM; restore the previous handlers at the end."""
    signals = _Signals()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            handler = signal.getsignal(number)
            # SIG_IGN and SIG_DFL stay as they are
            if callable(handler):
                signals.previous[number] = handler
                signal.signal(number, signals.handle)
    try:
        yield signals
    finally:
        for signum, handler in signals.previous.items():
            signal.signal(signum, handler)
