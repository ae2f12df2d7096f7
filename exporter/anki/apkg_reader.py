"""Reading Anki packages: ours, and those that Anki exports, in the old formats and the present one.

A package is untrusted: nothing is read whole into memory, and every size is checked as it comes.
"""

from __future__ import annotations

import errno
import io
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from exporter.anki.collection_reader import DatabaseError, PackagedNote, read_notes

__all__ = ["NotAPackageError", "PackagedNote", "read_package"]

COLLECTION_NAMES = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The collection's names within a package, newest first: an old one beside it is only a notice."""

MAX_COLLECTION_BYTES = 1 << 30
"""No collection is unpacked that has more bytes: those of 100,000 notes have some 300 MB."""

MAX_COMPRESSION_RATIO, MAX_UNCHECKED_BYTES = 100, 64 << 20
"""How many times smaller a collection of more than `MAX_UNCHECKED_BYTES` may be packed: a bomb is tighter."""

MAX_DIRECTORY_BYTES = 16 << 20
"""No ZIP directory is read that has more bytes: it lists some 250,000 files, in 250 MB of memory."""

MAX_WINDOW_BYTES = 32 << 20
"""The memory that a zstd stream may ask for: Anki's take 8 MiB at most."""

_CHUNK_BYTES = 1 << 20
"""How much is unpacked at a time: Ctrl-C is answered between two pieces."""

_COMPRESSION_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The compressions that Anki uses; LZMA and others may ask for any memory."""

_ENCRYPTED_FLAG = 0x1
"""The flag of an entry that needs a password."""


class NotAPackageError(Exception):
    """A file is not a package that can be read; the message says why, in a sentence."""


def read_package(path: Path) -> tuple[PackagedNote, ...]:
    """Return our notes in a package, in the order their new cards come in.

    Raises `NotAPackageError`, and `OSError` where the file cannot be read, or the temporary folder
    has no room for the collection.
    """
    if not path.is_file():
        raise NotAPackageError(f"{path} is not a regular file.")
    with tempfile.TemporaryDirectory(prefix="exporter-", ignore_cleanup_errors=True) as folder:
        collection = Path(folder) / "collection.db"
        try:
            with _DirectoryLimitedFile(path) as file, zipfile.ZipFile(file) as package:
                _extract_collection(package, collection)
            return read_notes(collection)
        except _CollectionTooLargeError:
            raise NotAPackageError(f"The collection in {path} is too large to read.") from None
        except DatabaseError as problem:
            raise NotAPackageError(f"{path} is not a readable Anki package: {problem}.") from None
        except _READ_ERRORS as problem:
            if isinstance(problem, OSError) and problem.errno != errno.EINVAL:
                raise  # the disk's fault, not the package's, which asks for places before its beginning
            reason = str(problem).rstrip(".") or type(problem).__name__
            raise NotAPackageError(f"{path} is not a readable Anki package ({reason}).") from None


_READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    sqlite3.Error,
    struct.error,
    ValueError,
    OverflowError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What the libraries raise for files that are cut short, changed, or made to hurt."""


class _CollectionTooLargeError(Exception):
    """A collection would take more room than one has."""


class _DirectoryLimitedFile(io.FileIO):
    """A file of which no piece is read at once that is larger than a ZIP directory may be."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY_BYTES:
            raise _CollectionTooLargeError
        return super().read(size) or b""


def _extract_collection(package: zipfile.ZipFile, target: Path) -> None:
    """Write the collection of a package into a file of its own, piece by piece."""
    names = set(package.namelist())
    name = next((name for name in COLLECTION_NAMES if name in names), None)
    if name is None:
        raise ValueError("it contains no Anki collection")
    entry = package.getinfo(name)
    if entry.compress_type not in _COMPRESSION_METHODS or entry.flag_bits & _ENCRYPTED_FLAG:
        raise ValueError("its collection is compressed in a way that Anki does not use")
    if entry.file_size > _max_extracted_bytes(entry.compress_size):
        raise _CollectionTooLargeError
    with package.open(entry) as packed, target.open("wb") as file:
        limit = _max_extracted_bytes(entry.compress_size)
        for piece in _iter_chunks(packed, zstd=name.endswith("b")):
            limit -= len(piece)
            if limit < 0:
                raise _CollectionTooLargeError
            file.write(piece)


def _max_extracted_bytes(packed: int) -> int:
    """Return how many bytes a collection may have that is packed into so many."""
    return min(MAX_COLLECTION_BYTES, max(MAX_UNCHECKED_BYTES, MAX_COMPRESSION_RATIO * packed))


def _iter_chunks(packed: IO[bytes], zstd: bool) -> Iterator[bytes]:
    if not zstd:
        while piece := packed.read(_CHUNK_BYTES):
            yield piece
        return
    from zstandard import ZstdDecompressor, ZstdError

    try:
        with ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES).stream_reader(packed) as stream:
            while piece := stream.read(_CHUNK_BYTES):
                yield piece
    except ZstdError as problem:
        raise ValueError(str(problem)) from None
