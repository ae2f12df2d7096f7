"""The only code that writes to disk: whole files, and none outside its folder."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from exporter.system.file_replacement import Move, blaming, replace_all

_PREFIX, _SUFFIX = ".exporter-", ".tmp"
"""How the files are called that are still being written: no file of anybody else's is."""
_TEMPORARY = f"{_PREFIX}*{_SUFFIX}"


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it now stands on disk; `changed` says whether its bytes are new."""

    path: Path
    size: int
    changed: bool


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[Written, ...]:
    """Write named bytes into a folder as `write_folders` does."""
    (written,) = write_folders([(folder, files)])
    return written


def write_folders(
    folders: Iterable[tuple[Path, Iterable[tuple[str, bytes]]]],
) -> tuple[tuple[Written, ...], ...]:
    """Write named bytes into folders, all or nothing; a folder is made where it is missing.

    Every file is first written under another name, whole; only then do all take their places, in
    the order given. A file whose bytes are the same is not touched. Raises `OSError` with the
    name of the file where the disk says no, with all earlier files as they were;
    `PartlyReplacedError` where they could not be put back; and `PathLeavesFolderError` for a name
    that leads out of its folder.
    """
    written: list[tuple[Written, ...]] = []
    moves: list[Move] = []
    with ExitStack() as cleaning:
        for folder, files in folders:
            folder.mkdir(parents=True, exist_ok=True)
            here: list[Written] = []
            for name, data in files:
                path = folder / name
                with blaming(path):
                    _check(folder, name)
                    changed = not _has_bytes(path, data)
                    if changed:
                        moves.append(Move(_write_aside(folder, path, data, cleaning), path))
                here.append(Written(path, len(data), changed))
            written.append(tuple(here))
        replace_all(moves)
    return tuple(written)


def remove_files(paths: Iterable[Path]) -> None:
    """Remove files; one that is gone already is no fault."""
    for path in paths:
        with blaming(path):
            path.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what a killed build left half-written; only who holds the folder alone may do so."""
    with suppress(OSError):
        for path in folder.glob(_TEMPORARY):
            with suppress(OSError):
                path.unlink()


def needs_sweep(folder: Path) -> bool:
    """Return whether a killed build left temporary files in a folder."""
    try:
        return any(folder.glob(_TEMPORARY))
    except OSError:
        return False


class PathLeavesFolderError(OSError):
    """A file's name, or a link on its way, leads out of the folder it should be in."""


def _check(folder: Path, name: str) -> None:
    path = folder / name
    # `Path.resolve` raises where links lead to each other; this stops there.
    home, real = os.path.realpath(folder), os.path.realpath(path) if "\0" not in name else ""
    inside = bool(name) and real != home and Path(real).is_relative_to(home)
    if not inside:
        raise PathLeavesFolderError(0, "The name leads out of the folder", str(path))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "A folder is where the file should be", str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.ENODEV, "A device or another special file is there", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)


def _has_bytes(path: Path, data: bytes) -> bool:
    try:
        status = path.stat()
        return status.st_size == len(data) and path.read_bytes() == data
    except (FileNotFoundError, PermissionError):
        return False


def _write_aside(folder: Path, path: Path, data: bytes, cleaning: ExitStack) -> Path:
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
    cleaning.callback(_remove, name)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    mode = path.stat().st_mode & 0o777 if path.is_file() else 0o666 & ~_umask()
    Path(name).chmod(mode)
    return Path(name)


def _remove(name: str) -> None:
    with suppress(FileNotFoundError):
        Path(name).unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
