"""The output of plugins goes to stderr, so that it does not corrupt a document on stdout."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout

_lock = threading.Lock()
_users = 0
_restore = ExitStack()


@contextmanager
def stdout_on_stderr() -> Iterator[None]:
    """Redirect stdout to stderr, for child processes as well.

    Stdout is one for all threads: the first of several calls redirects it, and the last one restores it.
    """
    global _users
    with _lock:
        if not _users:
            _redirect(_restore)
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                _restore.close()


def _redirect(stack: ExitStack) -> None:
    """Redirect stdout until the stack is closed."""
    stack.enter_context(redirect_stdout(sys.stderr))
    # without a stdout, descriptor 1 may be any other file
    if sys.__stdout__ is None:
        return
    _flush()
    saved = os.dup(1)
    stack.callback(os.close, saved)
    stack.callback(os.dup2, saved, 1)
    stack.callback(_flush)
    if sys.__stderr__ is not None:
        os.dup2(2, 1)
    else:
        null_device = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null_device, 1)
        os.close(null_device)


def _flush() -> None:
    if sys.__stdout__ is not None and not sys.__stdout__.closed:
        sys.__stdout__.flush()
