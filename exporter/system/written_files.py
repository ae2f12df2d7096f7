"""What exporter wrote into a folder, among the user's caches: shows what was changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from exporter.system import atomic_write, cache_folder


def read_written(folder: Path) -> dict[str, str]:
    """Return the digest of each file that exporter wrote into a folder, by its name."""
    try:
        value = json.loads(_place(folder).read_text("utf-8"))
        return {str(name): str(digest) for name, digest in value.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def remember_written(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Remember files that were written, beside those of former builds that are still there."""
    written = {name: digest for name, digest in read_written(folder).items() if (folder / name).is_file()}
    added = written | {name: cache_folder.digest(data) for name, data in files}
    if added != written:
        place = _place(folder)
        with suppress(OSError):
            atomic_write.write_files(place.parent, [(place.name, json.dumps(added).encode())])


def _place(folder: Path) -> Path:
    return cache_folder.place(folder, (), ".written")
