"""Patches of sources as `git apply` takes them: byte for byte, whatever their encoding and line ends."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter.patching.source_write import FileChange

CONTEXT_LINES = 3

PATCH_START = b"--- "

_NO_LINE_END = b"\n\\ No newline at end of file\n"


def render_patch(changes: Sequence[FileChange]) -> bytes:
    """Return changes of files as one patch; paths in the current folder are relative to it."""
    return b"".join(line for change in changes for line in _iter_diff(change))


def _iter_diff(change: FileChange) -> Iterator[bytes]:
    """Yield the lines of a unified diff; a line ends with a line feed, as git has it."""
    before, after = (_split(data) for data in (change.before, change.after))
    old, new = (_quote(f"{side}/{_name(change.path)}") for side in "ab")
    for line in difflib.diff_bytes(
        difflib.unified_diff, before, after, old, new, n=CONTEXT_LINES, lineterm=b"\n"
    ):
        yield line if line.endswith(b"\n") else line + _NO_LINE_END


def _split(data: bytes) -> list[bytes]:
    return [line for line in re.split(rb"(?<=\n)", data) if line]


def _name(path: Path) -> str:
    resolved, here = path.absolute(), Path.cwd()
    return (resolved.relative_to(here) if resolved.is_relative_to(here) else path).as_posix().lstrip("/")


def _quote(name: str) -> bytes:
    """Return a path as git writes it: between quotation marks if it has signs that would end it."""
    if not re.search(r'["\\\x00-\x1f\x7f]', name):
        return name.encode()
    escaped = "".join(
        f"\\{ord(char):03o}" if char in '"\\' or char < " " or char == "\x7f" else char for char in name
    )
    return b'"' + escaped.encode() + b'"'
