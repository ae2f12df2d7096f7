"""Calls into plugins: exceptions are caught, and their output goes to stderr."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from pathlib import Path
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")


class RaisedError(Exception):
    """A plugin raised an exception; it is in `cause`."""

    def __init__(self, cause: BaseException) -> None:
        """Keep the exception that the plugin raised."""
        super().__init__(type(cause).__name__)
        self.cause = cause


def call(function: Callable[[], Result]) -> Result:
    """Return the result of a function; raise `RaisedError` for any exception, `SystemExit` included.

    Its output goes to stderr, so that it does not corrupt a document on stdout. `KeyboardInterrupt` is
    raised only for Ctrl-C, even if the function caught it; a second Ctrl-C ends the process.
    """
    with _signals() as signals, _stdout_on_stderr():
        try:
            result = function()
        except BaseException as exc:
            if signals.raised is not None:
                raise signals.raised from None
            raise RaisedError(exc) from exc
    if signals.raised is not None:
        raise signals.raised
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


@contextmanager
def _stdout_on_stderr() -> Iterator[None]:
    """Redirect stdout to stderr, for child processes as well."""
    with redirect_stdout(sys.stderr), ExitStack() as stack:
        # without a stdout, descriptor 1 may be any other file
        if sys.__stdout__ is not None:
            _flush()
            saved = os.dup(1)
            stack.callback(os.close, saved)
            stack.callback(os.dup2, saved, 1)
            stack.callback(_flush)
            if sys.__stderr__ is not None:
                os.dup2(2, 1)
            else:
                null_device = stack.enter_context(Path(os.devnull).open("wb"))
                os.dup2(null_device.fileno(), 1)
        yield


def _flush() -> None:
    if sys.__stdout__ is not None and not sys.__stdout__.closed:
        sys.__stdout__.flush()
