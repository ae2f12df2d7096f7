"""The user's cache folder, and the fingerprints that validate cached files; safe to delete at any time."""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter import __version__


def cache_path(folder: Path, paths: Sequence[Path], suffix: str) -> Path:
    """Return the path of a cache file for builds of the sources `paths` into a folder.

    The path is not writable if the user has no cache folder.
    """
    # unlike `Path.resolve`, `realpath` does not raise on a loop of symbolic links
    name = digest(repr((os.path.realpath(folder), [os.path.realpath(path) for path in paths])).encode())
    return user_cache_folder() / f"{name}{suffix}"


def user_cache_folder() -> Path:
    """Return exporter's folder in the user's cache folder; below the null device if the user has no home."""
    from platformdirs import user_cache_path

    try:
        folder = user_cache_path("exporter", appauthor=False)
    except RuntimeError:
        folder = Path()
    # without a home folder, platformdirs raises; older versions return a path that begins with a tilde
    return folder if folder.is_absolute() else Path(os.devnull, "exporter")


def fingerprint_installation() -> str:
    """Return a fingerprint of this installation; output of another one may differ."""
    code = sorted(_iter_modules(str(Path(__file__).resolve().parents[1])))
    versions = (__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION)
    return digest(repr((*versions, code, _installed_packages())).encode())


def _iter_modules(folder: str) -> Iterator[tuple[str, int, int]]:
    """Yield path, size in bytes and time of change of each module; `Path.rglob` takes three times as long."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _iter_modules(entry.path)
        elif entry.name.endswith(".py"):
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns


def _installed_packages() -> list[str]:
    """Return the names of the metadata folders of installed packages; they contain the versions."""
    folders = filter(os.path.isdir, {folder or "." for folder in sys.path})
    return sorted(
        entry.name for folder in folders for entry in os.scandir(folder) if entry.name.endswith("-info")
    )


def digest(data: bytes) -> str:
    """Return the BLAKE2b digest of bytes, 128 bits in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
