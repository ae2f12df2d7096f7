"""Files: read within limits, and named as the user would type them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan

MAX_SOURCE_BYTES = 64 * 1024 * 1024
"""No source is read that has more bytes than this: a hundred thousand questions have fewer."""


def display_path(path: Path) -> Path:
    """Return a path as the user would type it from where they are."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def read_limited(path: Path, largest: int = MAX_SOURCE_BYTES) -> tuple[bytes | None, Diagnostic | None]:
    """Return a source's bytes, or the diagnostic that says why it cannot be read.

    Reports `no-such-file`, `no-permission`, `not-a-file` and `too-large`.
    """
    span = SourceSpan(str(path), 1)
    try:
        # A FIFO would block for ever on opening, a device never end.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None, error("no-such-file", "The file does not exist.", span, "Check the path.")
    except PermissionError:
        return None, error(
            "no-permission", "You do not have permission to read this file.", span, "Change its permissions."
        )
    except OSError as problem:
        message = f"The file cannot be opened: {problem.strerror}."
        return None, error("not-a-file", message, span, "Check the path.")
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            return None, error("not-a-file", "This is a folder, not a file.", span, "Name the files in it.")
        if not stat.S_ISREG(status.st_mode):
            return None, error("not-a-file", "This is not a regular file.", span, "Name a text file.")
        if status.st_size > largest:
            message = f"The file is larger than {largest >> 20} MiB."
            return None, error("too-large", message, span, "Split it into several files.")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(), None
    finally:
        os.close(handle)
