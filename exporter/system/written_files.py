"""The record of written files in the user's cache, by which files changed since are recognized."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from exporter.system import atomic_write, cache_folder


def read_written(folder: Path) -> dict[str, str]:
    """Return the digests of the files that exporter wrote into a folder, by file name."""
    try:
        value = json.loads(_record_path(folder).read_text("utf-8"))
        return {str(name): str(digest) for name, digest in value.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def remember_written(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Add files to the record of a folder; entries of files that no longer exist are dropped."""
    recorded = {name: digest for name, digest in read_written(folder).items() if (folder / name).is_file()}
    updated = recorded | {name: cache_folder.digest(data) for name, data in files}
    if updated != recorded:
        path = _record_path(folder)
        with suppress(OSError):
            atomic_write.write_files(path.parent, [(path.name, json.dumps(updated).encode())])


def _record_path(folder: Path) -> Path:
    return cache_folder.cache_path(folder, (), ".written")
