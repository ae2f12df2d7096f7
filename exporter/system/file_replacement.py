"""Replacement of several files: all of them, or none."""

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
    """A new file, complete under a temporary name, and the path that it replaces."""

    temporary: Path
    path: Path


class PartlyReplacedError(OSError):
    """A file could not be replaced, and not all files replaced before it could be restored.

    `new` are the files with new content, `old` those with their former content.
    """

    def __init__(self, cause: OSError, new: Sequence[Path], old: Sequence[Path]) -> None:
        """Copy the number, reason and file name of the original error."""
        super().__init__(cause.errno, cause.strerror, cause.filename)
        self.new = tuple(new)
        self.old = tuple(old)


@contextmanager
def naming_file(path: Path) -> Iterator[None]:
    """Make an `OSError` name the file to be written, not the temporary file of the step that failed."""
    try:
        yield
    except OSError as exc:
        if exc.filename == str(path):
            raise
        raise OSError(exc.errno, exc.strerror or str(exc), str(path)) from exc


def replace_all(moves: Sequence[Move]) -> None:
    """Rename every file into place, in order; if one rename fails, restore the files replaced before it.

    At any moment each path has its complete old or its complete new content. The renames in one folder
    are synchronized to disk before those in the next folder begin, so that a power failure keeps their
    order. Raise `OSError` that names the file, or `PartlyReplacedError` if restoring fails as well.
    """
    with ExitStack() as cleanup:
        undo: list[tuple[Path, Path | None]] = []
        try:
            for folder, group in groupby(moves, key=lambda move: move.path.parent):
                for move in group:
                    with naming_file(move.path):
                        # same suffix as temporary files, so that a later build removes it if left over
                        backup = move.temporary.with_suffix(f".old{move.temporary.suffix}")
                        cleanup.callback(_remove, backup)
                        exists = _back_up(move.path, backup)
                        move.temporary.replace(move.path)
                    undo.append((move.path, backup if exists else None))
                _sync(folder)
        except BaseException as exc:
            new = _restore(undo)
            if new and isinstance(exc, OSError):
                old = [move.path for move in moves if move.path not in new]
                raise PartlyReplacedError(exc, new, old) from exc
            raise


def _back_up(path: Path, backup: Path) -> bool:
    """Give the present file a second name; return whether there is such a file."""
    if not os.path.lexists(path):
        return False
    try:
        os.link(path, backup, follow_symlinks=False)
    except (OSError, NotImplementedError):
        # FAT has no hard links, and immutable files cannot be linked
        shutil.copy2(path, backup, follow_symlinks=False)
    return True


def _restore(undo: Sequence[tuple[Path, Path | None]]) -> list[Path]:
    """Restore the files, last replaced first; return those that could not be restored."""
    failed = []
    for path, backup in reversed(undo):
        try:
            if backup:
                backup.replace(path)
            else:
                path.unlink()
        except OSError:
            failed.append(path)
    return failed[::-1]


def _sync(folder: Path) -> None:
    """Synchronize the folder's renames to disk, if the system can synchronize a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
