"""Moving new files into place: all of them, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Move:
    """A new file, complete under a temporary name, and the path that it is to replace."""

    temporary: Path
    path: Path


class PartlyReplacedError(OSError):
    """A file could not be replaced, and not every file replaced before it could be put back.

    `new` are the files with new content, `old` those with the content they had.
    """

    def __init__(self, cause: OSError, new: Sequence[Path], old: Sequence[Path]) -> None:
        """Take the number, reason and file name of the fault that began it."""
        super().__init__(cause.errno, cause.strerror, cause.filename)
        self.new = tuple(new)
        self.old = tuple(old)


@contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Let an `OSError` name the file that was to be written, whichever step failed."""
    try:
        yield
    except OSError as fault:
        if fault.filename == str(path):
            raise
        raise OSError(fault.errno, fault.strerror or str(fault), str(path)) from fault


def replace_all(moves: Sequence[Move]) -> None:
    """Move every file into place, in order; if one cannot be moved, put back those before it.

    Each path holds its old or its new content at any moment, whole. A folder's renames are on disk
    before those of the next folder begin, so a power failure keeps their order, too. Raise
    `OSError` that names the file, or `PartlyReplacedError` where putting back fails as well.
    """
    with ExitStack() as cleaning:
        undo: list[tuple[Path, Path | None]] = []
        try:
            for folder, group in groupby(moves, key=lambda move: move.path.parent):
                for move in group:
                    with blaming(move.path):
                        # ends in the same suffix, by which a later build knows it as a leftover
                        kept = move.temporary.with_suffix(f".old{move.temporary.suffix}")
                        cleaning.callback(_remove, kept)
                        exists = _keep(move.path, kept)
                        move.temporary.replace(move.path)
                    undo.append((move.path, kept if exists else None))
                _sync(folder)
        except BaseException as fault:
            new = _put_back(undo)
            if new and isinstance(fault, OSError):
                old = [move.path for move in moves if move.path not in new]
                raise PartlyReplacedError(fault, new, old) from fault
            raise


def _keep(path: Path, kept: Path) -> bool:
    """Give the present file a second name; return whether there is such a file."""
    if not os.path.lexists(path):
        return False
    try:
        os.link(path, kept, follow_symlinks=False)
    except (OSError, NotImplementedError):
        # FAT has no hard links, and an immutable file takes none
        shutil.copy2(path, kept, follow_symlinks=False)
    return True


def _put_back(undo: Sequence[tuple[Path, Path | None]]) -> list[Path]:
    """Restore the files, last replaced first; return those that could not be restored."""
    failed = []
    for path, kept in reversed(undo):
        try:
            if kept:
                kept.replace(path)
            else:
                path.unlink()
        except OSError:
            failed.append(path)
    return failed[::-1]


def _sync(folder: Path) -> None:
    """Have the folder's renames on disk; where a folder cannot be synchronized, they follow later."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
