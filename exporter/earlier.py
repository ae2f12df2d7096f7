"""What a build leaves for the next: the indexes that exporters made of their files.

An index says what in a file still holds while other things change. It is believed only as long
as it is whole, the same exporter reads it, and the file it is of has not changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from exporter import caches, output
from exporter.exporters import Earlier, ExportedFile

SUFFIX = ".index"


class LastBuild:
    """The last build's files in a folder, with their indexes at a place; read when they are asked for."""

    def __init__(self, place: Path, folder: Path) -> None:
        """Begin with nothing read."""
        self._place, self._folder = place, folder

    def __call__(self, name: str) -> Earlier | None:
        """Return a file by its name, if it is there as the last build wrote it."""
        if name not in self._indexes:
            return None
        index, digest = self._indexes[name]
        try:
            data = (self._folder / name).read_bytes()
        except OSError:
            return None
        return Earlier(data, index) if caches.digest(data) == digest else None

    @cached_property
    def _indexes(self) -> dict[str, tuple[bytes, str]]:
        """Return the index of each file, and the digest of the file's bytes."""
        try:
            seal, _, rest = self._place.read_bytes().partition(b"\n")
            if seal != _seal(rest):
                return {}
        except OSError:
            return {}
        head, _, blob = rest.partition(b"\n")
        indexes, at = {}, 0
        for name, digest, length in json.loads(head):
            indexes[name] = blob[at : at + length], digest
            at += length
        return indexes


def keep(place: Path, files: Iterable[ExportedFile]) -> None:
    """Keep the indexes of files that have one; where that cannot be, the next build does without.

    What an earlier build kept goes, but for a build without any index.
    """
    indexed = [file for file in files if file.index]
    if not indexed:
        return
    head = [(file.name, caches.digest(file.data), len(file.index)) for file in indexed]
    rest = b"".join((json.dumps(head).encode(), b"\n", *(file.index for file in indexed)))
    with suppress(OSError):
        output.write_files(place.parent, [(place.name, _seal(rest) + b"\n" + rest)])


def _seal(data: bytes) -> bytes:
    """Return what stands before data that this very exporter wrote."""
    return caches.digest(caches.maker().encode() + data).encode()
