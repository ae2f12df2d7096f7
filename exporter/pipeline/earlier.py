"""What a build leaves for the next: cues, and the indexes that exporters made of their files.

An index says what in a file still holds while other things change; it is believed only as long
as the file is what it was. Nothing is believed that is not whole, or that another exporter left.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path

from exporter.cues import Cue
from exporter.exporters import Earlier, ExportedFile
from exporter.model.deck import Deck
from exporter.system import atomic_write, cache_folder

SUFFIX = ".index"
LEAST_KEPT = 300
"""From how many notes on it pays to keep anything."""


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
        path = self._folder / name
        try:
            # a FIFO would block, and a link may lead to a device without end
            data = path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else b""
        except OSError:
            return None
        return Earlier(data, index) if cache_folder.digest(data) == digest else None

    def give_cues(self, decks: Sequence[Deck]) -> None:
        """Give each note of many the cues that were made of it, if it has not changed."""
        if _few(decks):
            return
        known = json.loads(self._cues or b"{}")
        # digests that are taken here, before the work is divided, are taken once for all
        for note in (note for deck in decks for note in deck.notes):
            if note.digest in known:
                note.take_cues(tuple(Cue(*cue) for cue in known[note.digest]))

    @cached_property
    def _parts(self) -> tuple[bytes, ...]:
        """Return what was kept: a table of files, cues, and the index of each file; or nothing."""
        try:
            seal, lengths, rest = self._place.read_bytes().split(b"\n", 2)
            ends = list(accumulate(map(int, lengths.split())))
        except (OSError, ValueError):
            return ()
        parts = tuple(rest[start:end] for start, end in pairwise((0, *ends)))
        return parts if seal == _seal(parts) and ends[-1:] == [len(rest)] else ()

    @property
    def _cues(self) -> bytes:
        return self._parts[1] if self._parts else b""

    @cached_property
    def _indexes(self) -> dict[str, tuple[bytes, str]]:
        """Return the index of each file, and the digest of the file's bytes."""
        if not self._parts:
            return {}
        table, _, *indexes = self._parts
        rows = zip(json.loads(table), indexes, strict=True)
        return {name: (index, digest) for (name, digest), index in rows}


def keep(place: Path, decks: Sequence[Deck], files: Iterable[ExportedFile]) -> None:
    """Keep the cues of many notes, and the indexes of files that have one.

    What an earlier build kept of files goes, but for a build that has none to keep. Where nothing
    can be kept, the next build does without.
    """
    if _few(decks):
        return
    indexes = {file.name: (file.index, cache_folder.digest(file.data)) for file in files if file.index}
    indexes = indexes or LastBuild(place, Path())._indexes
    table = [(name, digest) for name, (_, digest) in indexes.items()]
    notes = (note for deck in decks for note in deck.notes)
    cues = {note.digest: note.made_cues for note in notes if note.made_cues is not None}
    parts = [*(json.dumps(one).encode() for one in (table, cues)), *(index for index, _ in indexes.values())]
    lengths = " ".join(str(len(part)) for part in parts).encode()
    data = b"".join((_seal(parts), b"\n", lengths, b"\n", *parts))
    with suppress(OSError):
        atomic_write.write_files(place.parent, [(place.name, data)])


def _few(decks: Sequence[Deck]) -> bool:
    return sum(len(deck.notes) for deck in decks) < LEAST_KEPT


def _seal(parts: Iterable[bytes]) -> bytes:
    """Return what stands before parts that this very exporter wrote."""
    return cache_folder.digest(
        " ".join((cache_folder.maker(), *map(cache_folder.digest, parts))).encode()
    ).encode()
