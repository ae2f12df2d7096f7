"""The user's caches: where they are, and what they hold true for. All can be deleted at any time."""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

from exporter import __version__


def place(folder: Path, paths: Sequence[Path], suffix: str) -> Path:
    """Return where something is cached for builds of these sources into a folder.

    Nothing can be written there if the user has no folder for caches.
    """
    # `Path.resolve` raises where links lead to each other; this stops there.
    name = digest(repr((os.path.realpath(folder), [os.path.realpath(path) for path in paths])).encode())
    return folder_of_caches() / f"{name}{suffix}"


def folder_of_caches() -> Path:
    """Return exporter's folder in the user's caches; below `/dev/null` if the user has none."""
    try:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        base = Path(os.devnull)
    return base / "exporter"


def maker() -> str:
    """Return the digest of the exporter that builds: another one may make other bytes."""
    code = [
        (str(path), status.st_size, status.st_mtime_ns)
        for path in sorted(Path(__file__).resolve().parents[1].rglob("*.py"))
        for status in [path.stat()]
    ]
    return digest(repr((__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION, code, _installed())).encode())


def _installed() -> list[str]:
    """Return the names of the installed packages' metadata, which tell the versions."""
    return sorted(path.name for folder in set(sys.path) for path in Path(folder).glob("*-info"))


def digest(data: bytes) -> str:
    """Return the digest of bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
