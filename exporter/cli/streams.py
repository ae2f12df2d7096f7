"""The standard streams: UTF-8 where they lead to a pipe or a file, whatever the system's code page."""

from __future__ import annotations

import io
from typing import TextIO


def configure(stream: TextIO | None) -> None:
    """Let a stream carry any text, so that data in a pipe or a file can be read back whole.

    A pipe or a file gets UTF-8 with LF at line ends. A terminal keeps its encoding; what it cannot
    show is escaped there. A lone surrogate, of a file's name that is not text, is always escaped.
    """
    if not isinstance(stream, io.TextIOWrapper):
        return
    if stream.isatty():
        stream.reconfigure(errors="backslashreplace")
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
