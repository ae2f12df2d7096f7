"""What was read from standard input in place of a file."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

_contents: dict[Path, bytes] = {}


def keep_contents(path: Path, stream: BinaryIO, max_bytes: int) -> None:
    """Read a stream, at most one byte more than `max_bytes`, as the contents of `path` in this process."""
    _contents[path.absolute()] = stream.read(max_bytes + 1)


def find_contents(path: Path) -> bytes | None:
    """Return the contents of a path that were read from standard input, or nothing."""
    return _contents.get(path.absolute()) if _contents else None
