"""Reading Anki packages: ours, and those that Anki exports, in the old formats and the present one."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path

from exporter.exporters.anki.note_type import FIELDS, MODEL_ID

COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The collection's names within a package, newest first: an old one beside it is only a notice."""

LARGEST = 2**31
"""No collection is read that has more bytes than this when unpacked."""

_TIGHTEST, _HARMLESS = 100, 2**26
"""How many times smaller a collection of more bytes than are harmless may be packed: a bomb is tighter."""


class NotAPackageError(Exception):
    """A file is no package that can be read; the message says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class PackagedNote:
    """One of our notes in a package, with its fields by name.

    `modified` is in seconds since 1970; `created`, Anki's id of the note, in milliseconds.
    """

    key: str
    fields: dict[str, str]
    modified: int
    created: int


def read_package(path: Path) -> tuple[PackagedNote, ...]:
    """Return our notes in a package, in the order their new cards come in.

    Raises `NotAPackageError`, and `OSError` where the file cannot be read.
    """
    if not path.is_file():
        raise NotAPackageError(f"{path} is not an ordinary file.")
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            name = next((name for name in COLLECTIONS if name in names), None)
            if name is None:
                raise NotAPackageError(f"{path} holds no Anki collection.")
            entry = package.getinfo(name)
            if entry.file_size > _most(entry.compress_size):
                raise _TooLargeError
            data = package.read(name)
        return _notes(_unpacked(data) if name.endswith("b") else data)
    except _TooLargeError:
        raise NotAPackageError(f"The collection in {path} is too large to be read.") from None
    except (zipfile.BadZipFile, sqlite3.Error, ValueError, NotImplementedError, RuntimeError) as problem:
        raise NotAPackageError(f"{path} is no Anki package that can be read ({problem}).") from None


class _TooLargeError(Exception):
    """A collection would take more memory than one has."""


def _most(packed: int) -> int:
    """Return how many bytes a collection may have that is packed into so many."""
    return min(LARGEST, max(_HARMLESS, _TIGHTEST * packed))


def _unpacked(data: bytes) -> bytes:
    from zstandard import ZstdDecompressor, ZstdError

    most = _most(len(data))
    try:
        with ZstdDecompressor().stream_reader(io.BytesIO(data)) as stream:
            whole = bytes(stream.read(most + 1))
    except ZstdError as problem:
        raise ValueError(str(problem)) from None
    if len(whole) > most:
        raise _TooLargeError
    return whole


def _notes(data: bytes) -> tuple[PackagedNote, ...]:
    connection = sqlite3.connect(":memory:")
    try:
        # A database in memory has no write-ahead log: its two flags are put back to the plain journal.
        connection.deserialize(data[:18] + b"\x01\x01" + data[20:])
        tables = "select count(*) from sqlite_master where type = 'table' and name in ('notes', 'cards')"
        if connection.execute(tables).fetchone() != (2,):
            raise ValueError("it has no notes and cards")  # or views in their place, which may have no end
        rows = connection.execute(
            "select n.guid, n.flds, n.mod, n.id from notes n left join cards c on c.nid = n.id "
            "where n.mid = ? group by n.id order by min(c.due), n.id",
            (MODEL_ID,),
        ).fetchall()
    finally:
        connection.close()
    return tuple(
        PackagedNote(guid, dict(zip(FIELDS, fields.split("\x1f"), strict=True)), modified, created)
        for guid, fields, modified, created in rows
        if fields.count("\x1f") == len(FIELDS) - 1
    )
