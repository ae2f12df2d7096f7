"""Reading files up to a size limit, and paths as the user would type them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan
from exporter.system.standard_input import find_contents

MAX_SOURCE_BYTES = 64 * 1024 * 1024
"""Maximum size of a source; unmeasured: room for 100,000 questions of 600 bytes."""


def display_path(path: Path) -> Path:
    """Return a path relative to the working directory if it is below it, else unchanged."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def read_limited(path: Path, max_bytes: int = MAX_SOURCE_BYTES) -> tuple[bytes | None, Diagnostic | None]:
    """Return a source's bytes, or the diagnostic that says why it cannot be read.

    Report `no-such-file`, `no-permission`, `not-a-file` and `too-large`.
    """
    span = SourceSpan(str(path), 1)
    if (kept := find_contents(path)) is not None:
        return (kept, None) if len(kept) <= max_bytes else (None, report_too_large(span, max_bytes))
    try:
        # opening a FIFO would block
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None, error("no-such-file", "The file does not exist.", span, "Check the path.")
    except PermissionError:
        return None, error(
            "no-permission", "You do not have permission to read this file.", span, "Change its permissions."
        )
    except OSError as exc:
        message = f"The file cannot be opened: {exc.strerror}."
        return None, error("not-a-file", message, span, "Check the path.")
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            return None, error("not-a-file", "This is a folder, not a file.", span, "Name the files in it.")
        if not stat.S_ISREG(status.st_mode):
            return None, error("not-a-file", "This is not a regular file.", span, "Name a text file.")
        if status.st_size > max_bytes:
            return None, report_too_large(span, max_bytes)
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(), None
    finally:
        os.close(handle)


def report_too_large(span: SourceSpan, max_bytes: int) -> Diagnostic:
    """Return `too-large` for a file of more bytes than allowed."""
    message = f"The file is larger than {max_bytes >> 20} MiB."
    return error("too-large", message, span, "Split it into several files.")
