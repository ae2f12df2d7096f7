"""The folder of build locks: private to the user, whatever other users left in shared folders."""

from __future__ import annotations

import os
import stat
import warnings
from pathlib import Path

from exporter.system import cache_folder

OTHERS_MAY_WRITE = 0o022
"""The permissions that would let another user put files there, or take them away."""


def lock_folder() -> tuple[Path | None, str]:
    """Return the folder of build locks, and what is wrong with the first choice, if anything.

    It is the user's folder for running programs, or else one in the user's caches; nothing where
    neither can be used. A folder is used only if the user owns it, no other can write to it, and
    no link leads there: in a temporary folder anybody may have made it.
    """
    first, problem = _runtime_folder()
    if first is not None:
        problem = _prepare(first)
        if not problem:
            return first, ""
    second = cache_folder.folder_of_caches() / "locks"
    return (None if _prepare(second) else second), problem


def _runtime_folder() -> tuple[Path | None, str]:
    from platformdirs import user_runtime_path

    try:
        with warnings.catch_warnings():
            # It warns where a system has no such folder, and names one in the temporary folder.
            warnings.simplefilter("ignore")
            return user_runtime_path("exporter", appauthor=False), ""
    except OSError as exc:
        return None, str(exc)


def _prepare(folder: Path) -> str:
    """Make a folder in one of the user's own, and return why it is not safe to use, or nothing."""
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if problem := _problem(folder.parent):
            return problem
        folder.mkdir(mode=0o700, exist_ok=True)
        if problem := _problem(folder):
            return problem
    except OSError as exc:
        return f"{exc.filename or folder}: {exc.strerror or exc}"
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"{folder} is not writable"


def _problem(folder: Path) -> str:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return f"{folder} is not a folder"
    if not hasattr(os, "geteuid"):
        return ""
    if status.st_uid != os.geteuid():
        return f"{folder} belongs to another user"
    if status.st_mode & OTHERS_MAY_WRITE:
        return f"other users may write in {folder}"
    return ""
