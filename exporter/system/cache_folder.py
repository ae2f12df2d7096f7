"""The user's cache folder, and the fingerprints that validate cached files; safe to delete at any time."""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Sequence
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
    code = [
        (str(path), status.st_size, status.st_mtime_ns)
        for path in sorted(Path(__file__).resolve().parents[1].rglob("*.py"))
        for status in [path.stat()]
    ]
    versions = (__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION)
    return digest(repr((*versions, code, _installed_packages())).encode())


def _installed_packages() -> list[str]:
    """Return the names of the metadata folders of installed packages; they contain the versions."""
    return sorted(path.name for folder in set(sys.path) for path in Path(folder).glob("*-info"))


def digest(data: bytes) -> str:
    """Return the BLAKE2b digest of bytes, 128 bits in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
