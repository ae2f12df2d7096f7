"""Atomic writes of files into folders: the only code that writes exports and locks to disk."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from exporter.system.file_replacement import Move, naming_file, replace_all

_PREFIX, _SUFFIX = ".exporter-", ".tmp"
"""Prefix and suffix of temporary files; no other program names its files so."""
_TEMPORARY_PATTERN = f"{_PREFIX}*{_SUFFIX}"


@dataclass(frozen=True, slots=True)
class WriteResult:
    """A file after a write: `size` in bytes; `changed` is whether its bytes differ from those before."""

    path: Path
    size: int
    changed: bool


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[WriteResult, ...]:
    """Write named bytes into a folder as `write_folders` does."""
    (results,) = write_folders([(folder, files)])
    return results


def write_folders(
    folders: Iterable[tuple[Path, Iterable[tuple[str, bytes]]]],
) -> tuple[tuple[WriteResult, ...], ...]:
    """Write named bytes into folders, all files or none; missing folders are created.

    Each file is written completely under a temporary name; then all are renamed, in the given order.
    A file that already has the same bytes is not touched. Raise `OSError` with the file's name if
    a step fails, with all files as they were before; `PartlyReplacedError` if they could not be
    restored; and `PathLeavesFolderError` for a name that leads out of its folder.
    """
    results: list[tuple[WriteResult, ...]] = []
    moves: list[Move] = []
    with ExitStack() as cleanup:
        for folder, files in folders:
            folder.mkdir(parents=True, exist_ok=True)
            folder_results: list[WriteResult] = []
            for name, data in files:
                path = folder / name
                with naming_file(path):
                    _check_path(folder, name)
                    changed = not _has_bytes(path, data)
                    if changed:
                        moves.append(Move(_write_temporary(folder, path, data, cleanup), path))
                folder_results.append(WriteResult(path, len(data), changed))
            results.append(tuple(folder_results))
        replace_all(moves)
    return tuple(results)


def remove_files(paths: Iterable[Path]) -> None:
    """Remove files; missing ones are ignored."""
    for path in paths:
        with naming_file(path):
            path.unlink(missing_ok=True)


def remove_stale_temporaries(folder: Path) -> None:
    """Remove the temporary files of a killed build; the caller must hold the folder's build lock."""
    with suppress(OSError):
        for path in folder.glob(_TEMPORARY_PATTERN):
            with suppress(OSError):
                path.unlink()


def has_stale_temporaries(folder: Path) -> bool:
    """Return whether a killed build left temporary files in a folder."""
    try:
        return any(folder.glob(_TEMPORARY_PATTERN))
    except OSError:
        return False


class PathLeavesFolderError(OSError):
    """A file's name, or a symbolic link in its path, leads out of the folder for the file."""


def _check_path(folder: Path, name: str) -> None:
    """Raise `OSError` if a file of this name cannot be written in the folder; create its parent folder."""
    path = folder / name
    # unlike `Path.resolve`, `realpath` does not raise on a loop of symbolic links
    real_folder, real_path = os.path.realpath(folder), os.path.realpath(path) if "\0" not in name else ""
    is_inside = bool(name) and real_path != real_folder and Path(real_path).is_relative_to(real_folder)
    if not is_inside:
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


def _write_temporary(folder: Path, path: Path, data: bytes, cleanup: ExitStack) -> Path:
    """Write the bytes for `path` to a temporary file with its permissions, and return that file's path."""
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=folder)
    cleanup.callback(_remove, name)
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
