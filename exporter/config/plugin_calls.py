"""Calls into code of other packages: what it raises is caught, what it prints is kept from stdout."""

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
    """Code of another package raised something, which is the cause."""

    def __init__(self, cause: BaseException) -> None:
        """Keep what was raised."""
        super().__init__(type(cause).__name__)
        self.cause = cause


def call(function: Callable[[], Result]) -> Result:
    """Return the result of a function; raises `RaisedError` for whatever it raises, exits included.

    What it prints goes to stderr, so that a document on stdout stays whole. `KeyboardInterrupt` is
    raised for Ctrl-C alone, also where the function caught it; a second Ctrl-C ends the process.
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
    """Passes signals on to the handlers of before, and keeps what these raised."""

    def __init__(self) -> None:
        self.raised: BaseException | None = None
        self.former: dict[int, Callable[[int, FrameType | None], object]] = {}

    def handle(self, number: int, frame: FrameType | None) -> None:
        if self.raised is not None:  # the function goes on, though it was asked to end
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        try:
            self.former[number](number, frame)
        except BaseException as exc:
            self.raised = exc
            raise


@contextmanager
def _signals() -> Iterator[_Signals]:
    """Notice Ctrl-C and requests to end; whatever handlers are set meanwhile, those of before come back."""
    signals = _Signals()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            handler = signal.getsignal(number)
            # One that is ignored, or that ends the process, stays as it is.
            if callable(handler):
                signals.former[number] = handler
                signal.signal(number, signals.handle)
    try:
        yield signals
    finally:
        for which, former in signals.former.items():
            signal.signal(which, former)


@contextmanager
def _stdout_on_stderr() -> Iterator[None]:
    """Let everything that is written to stdout go to stderr, by child processes as well."""
    with redirect_stdout(sys.stderr), ExitStack() as stack:
        # Without a stdout the descriptor 1 may be any other file.
        if sys.__stdout__ is not None:
            _flush()
            saved = os.dup(1)
            stack.callback(os.close, saved)
            stack.callback(os.dup2, saved, 1)
            stack.callback(_flush)
            if sys.__stderr__ is not None:
                os.dup2(2, 1)
            else:
                nowhere = stack.enter_context(Path(os.devnull).open("wb"))
                os.dup2(nowhere.fileno(), 1)
        yield


def _flush() -> None:
    if sys.__stdout__ is not None and not sys.__stdout__.closed:
        sys.__stdout__.flush()
