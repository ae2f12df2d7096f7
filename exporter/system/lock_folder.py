"""The folder of build locks, private to the user."""

from __future__ import annotations

import os
import stat
import warnings
from pathlib import Path

from exporter.system import cache_folder

OTHERS_MAY_WRITE = 0o022
"""Mode bits of write permission for group and others, who could create or delete files there."""


def lock_folder() -> tuple[Path | None, str]:
    """Return the folder of build locks, or `None`, and why the first choice is not used, or "".

    The first choice is in the user's runtime folder, the second in the user's cache folder. A folder
    is used only if the user owns it, no one else can write to it, and it is not a symbolic link:
    in a shared temporary folder another user may have created it.
    """
    runtime_folder, problem = _runtime_folder()
    if runtime_folder is not None:
        problem = _prepare(runtime_folder)
        if not problem:
            return runtime_folder, ""
    fallback = cache_folder.user_cache_folder() / "locks"
    return (None if _prepare(fallback) else fallback), problem


def _runtime_folder() -> tuple[Path | None, str]:
    from platformdirs import user_runtime_path

    try:
        with warnings.catch_warnings():
            # platformdirs warns if the system has no runtime folder, and returns one in the temporary folder
            warnings.simplefilter("ignore")
            return user_runtime_path("exporter", appauthor=False), ""
    except (OSError, RuntimeError) as exc:  # on macOS the folder is in the home folder
        return None, str(exc)


def _prepare(folder: Path) -> str:
    """Create a folder and its parent, and return why it is not safe to use, or an empty string."""
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if problem := _safety_problem(folder.parent):
            return problem
        folder.mkdir(mode=0o700, exist_ok=True)
        if problem := _safety_problem(folder):
            return problem
    except OSError as exc:
        return f"{exc.filename or folder}: {exc.strerror or exc}"
    return "" if os.access(folder, os.W_OK | os.X_OK) else f"{folder} is not writable"


def _safety_problem(folder: Path) -> str:
    """Return why other users could change the files in a folder, or an empty string."""
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
