"""The only code that writes to disk: whole files, and none outside its folder."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

_PREFIX, _SUFFIX = ".exporter-", ".tmp"
"""How the files are called that are still being written: no file of anybody else's is."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it now stands on disk; `changed` says whether its bytes are new."""

    path: Path
    size: int
    changed: bool


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[Written, ...]:
    """Write named bytes into a folder, which is made where it is missing.

    Every file is first written into the folder under another name, whole; only then do all take
    their places. A file whose bytes are the same is not touched. Raises `OSError` with the name
    of the file where the disk says no, with all earlier files as they were, and
    `PathLeavesFolderError` for a name that leads out of the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Written] = []
    moves: list[tuple[Path, Path]] = []
    with ExitStack() as cleaning:
        for name, data in files:
            path = folder / name
            with _blaming(path):
                _check(folder, name)
                changed = not _has_bytes(path, data)
                if changed:
                    moves.append((_write_aside(folder, path, data, cleaning), path))
            written.append(Written(path, len(data), changed))
        for temporary, path in moves:
            with _blaming(path):
                temporary.replace(path)
    return tuple(written)


def sweep(folder: Path) -> None:
    """Remove what a killed build left half-written; only who holds the folder alone may do so."""
    with suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with suppress(OSError):
                path.unlink()


class PathLeavesFolderError(OSError):
    """A file's name, or a link on its way, leads out of the folder it should be in."""


@contextmanager
def _blaming(path: Path) -> Iterator[None]:
    """Let a fault name the file that was to be written, whatever the step was that failed."""
    try:
        yield
    except PathLeavesFolderError:
        raise
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror or str(fault), str(path)) from fault


def _check(folder: Path, name: str) -> None:
    path = folder / name
    # `Path.resolve` raises where links lead to each other; this stops there.
    home, real = os.path.realpath(folder), os.path.realpath(path) if "\0" not in name else ""
    inside = bool(name) and real != home and Path(real).is_relative_to(home)
    if not inside:
        raise PathLeavesFolderError(0, "The name leads out of the folder", str(path))
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "A folder stands where the file should be", str(path))
    if path.exists() and not path.is_file():
        raise OSError(errno.ENODEV, "A device, or a file of no ordinary kind, stands there", str(path))
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
