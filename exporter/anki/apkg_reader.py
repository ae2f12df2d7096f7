"""Reading Anki packages, our own and those that Anki exports, in the old formats and the current one.

A package is untrusted: it is extracted in chunks, and every size is checked while it is read.
"""

from __future__ import annotations

import errno
import io
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TypeVar

from exporter.anki.collection_database import DatabaseError
from exporter.anki.collection_reader import PackagedNote, read_notes

__all__ = ["NotAPackageError", "PackagedNote", "read_collection", "read_package"]

Result = TypeVar("Result")

COLLECTION_NAMES = ("collection.anki21b", "collection.anki21", "collection.anki2")
"""The names of the collection in a package, newest format first; an older one only holds a notice."""

MAX_COLLECTION_BYTES = 1 << 30
"""The largest collection; one with 100,000 notes has about 300 MB."""

MAX_COMPRESSION_RATIO, MAX_UNCHECKED_BYTES = 100, 64 << 20  # unmeasured
"""The compression ratio of a collection of more than `MAX_UNCHECKED_BYTES`; that of a ZIP bomb is higher."""

MAX_DIRECTORY_BYTES = 16 << 20
"""The largest ZIP directory; it lists about 250,000 files, which take 250 MB of memory."""

MAX_WINDOW_BYTES = 32 << 20
"""The largest window of a zstd stream; those of Anki have at most 8 MiB."""

_CHUNK_BYTES = 1 << 20
"""The size of a chunk; Ctrl-C takes effect between two chunks."""

_COMPRESSION_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The compression methods that Anki uses; others, such as LZMA, may require any amount of memory."""

_ENCRYPTED_FLAG = 0x1
"""The flag of an encrypted entry (APPNOTE.TXT, 4.4.4, bit 0)."""


class NotAPackageError(Exception):
    """A file is not a readable package; the message is a sentence with the reason."""


def read_package(path: Path) -> tuple[PackagedNote, ...]:
    """Return the notes of our note type in a package, in the order of their new cards.

    Raises as `read_collection`.
    """
    return read_collection(path, read_notes)


def read_collection(path: Path, read: Callable[[Path], Result]) -> Result:
    """Return what a function reads from the collection of a package.

    Raises `NotAPackageError`, and `OSError` if the file cannot be read, or the temporary folder has no
    space for the collection.
    """
    if not path.is_file():
        raise NotAPackageError(f"{path} is not a regular file.")
    with tempfile.TemporaryDirectory(prefix="exporter-", ignore_cleanup_errors=True) as folder:
        collection = Path(folder) / "collection.db"
        try:
            with _DirectoryLimitedFile(path) as file, zipfile.ZipFile(file) as package:
                _extract_collection(package, collection)
            return read(collection)
        except _CollectionTooLargeError:
            raise NotAPackageError(f"The collection in {path} is too large to read.") from None
        except DatabaseError as exc:
            raise NotAPackageError(f"{path} is not a readable Anki package: {exc}.") from None
        except _READ_ERRORS as exc:
            if isinstance(exc, OSError) and exc.errno != errno.EINVAL:
                raise  # an error of the disk; seeking to a negative offset in a malformed package is EINVAL
            reason = str(exc).rstrip(".") or type(exc).__name__
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
"""The exceptions that the libraries raise for truncated, corrupt or malicious files."""


class _CollectionTooLargeError(Exception):
    """The collection is larger than the limits."""


class _DirectoryLimitedFile(io.FileIO):
    """A file without single reads of more than `MAX_DIRECTORY_BYTES`: `zipfile` reads a directory at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY_BYTES:
            raise _CollectionTooLargeError
        return super().read(size) or b""


def _extract_collection(package: zipfile.ZipFile, target: Path) -> None:
    """Write the collection of a package to the file `target`, in chunks."""
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
        for chunk in _iter_chunks(packed, zstd=name.endswith("b")):
            limit -= len(chunk)
            if limit < 0:
                raise _CollectionTooLargeError
            file.write(chunk)


def _max_extracted_bytes(packed: int) -> int:
    """Return the size limit of a collection that has `packed` bytes in the package."""
    return min(MAX_COLLECTION_BYTES, max(MAX_UNCHECKED_BYTES, MAX_COMPRESSION_RATIO * packed))


def _iter_chunks(packed: IO[bytes], zstd: bool) -> Iterator[bytes]:
    if not zstd:
        while chunk := packed.read(_CHUNK_BYTES):
            yield chunk
        return
    from zstandard import ZstdDecompressor, ZstdError

    try:
        with ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES).stream_reader(packed) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                yield chunk
    except ZstdError as exc:
        raise ValueError(str(exc)) from None
