"""The only code that writes to disk: whole files, and none outside its folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it now stands on disk; `changed` says whether its bytes are new."""

    path: Path
    size: int
    changed: bool


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[Written, ...]:
    """Write named bytes into a folder, which is made where it is missing.

    Every file is first written beside its place, whole; only then do all take their places.
    A file whose bytes are the same is not touched. Raises `OSError` where the disk says no,
    with all earlier files as they were, and `ValueError` for a name that leaves the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Written] = []
    moves: list[tuple[Path, Path]] = []
    with ExitStack() as cleaning:
        for name, data in files:
            path = _contained(folder, name)
            if path.is_dir():
                raise IsADirectoryError(21, "A folder stands where the file should be", str(path))
            changed = not _has_bytes(path, data)
            if changed:
                moves.append((_write_beside(path, data, cleaning), path))
            written.append(Written(path, len(data), changed))
        for temporary, path in moves:
            temporary.replace(path)
    return tuple(written)


def _contained(folder: Path, name: str) -> Path:
    path = folder / name
    if not name or "\0" in name or not path.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"“{name}” is no file within {folder}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _has_bytes(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False


def _write_beside(path: Path, data: bytes, cleaning: ExitStack) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".tmp", dir=path.parent)
    cleaning.callback(_remove, name)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    Path(name).chmod(mode)
    return Path(name)


def _remove(name: str) -> None:
    with suppress(FileNotFoundError):
        Path(name).unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
