"""Configuring the standard streams: UTF-8 for pipes and files, regardless of the system's code page."""

from __future__ import annotations

import io
from typing import TextIO


def configure(stream: TextIO | None) -> None:
    """Let a stream accept any text.

    Pipes and files get UTF-8 with LF at line ends. A terminal keeps its encoding, and characters
    outside of it are escaped. Lone surrogates, in file names that are not text, are always escaped.
    """
    if not isinstance(stream, io.TextIOWrapper):
        return
    if stream.isatty():
        stream.reconfigure(errors="backslashreplace")
    else:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
