"""The build lock: only one build at a time writes to a folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from exporter.model.diagnostics import Diagnostic, warning
from exporter.system.atomic_write import remove_stale_temporaries
from exporter.system.lock_folder import lock_folder

LOCK_TIMEOUT_S = 60.0
"""How long a build waits for another one, in seconds; unmeasured."""


class BuildLockedError(Exception):
    """Another build holds the lock of a folder; the message names the folder."""


@contextmanager
def build_lock(
    folders: Iterable[Path], timeout_s: float = LOCK_TIMEOUT_S
) -> Iterator[tuple[Diagnostic, ...]]:
    """Hold the locks of folders for one build; raise `BuildLockedError` if one is not free in time.

    The system releases the locks of a killed build; its temporary files are removed here. The locks
    are in a private folder of the user, so that no file is left next to the sources, and a source in
    a read-only folder can be built if its `exporter.lock` does not change. Yield the diagnostic
    `build-lock` if that folder cannot be used, or is not safe; the build continues.
    """
    from filelock import FileLock, Timeout

    locks, problem = lock_folder()
    with ExitStack() as acquired:
        # sorted, so that two builds with the same folders cannot deadlock
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):
            name = hashlib.blake2b(os.fsencode(folder), digest_size=12).hexdigest()
            try:
                if locks is not None:
                    acquired.enter_context(FileLock(locks / f"{name}.lock", timeout=timeout_s))
            except Timeout:
                message = f"Another build is working in {folder}. Wait until it is done, and run again."
                raise BuildLockedError(message) from None
            remove_stale_temporaries(folder)
        yield (_lock_folder_warning(locks, problem),) if problem else ()


def _lock_folder_warning(folder: Path | None, problem: str) -> Diagnostic:
    if folder is None:
        message = f"No folder can be used for build locks ({problem})."
        hint = "Run one build at a time, or set XDG_RUNTIME_DIR to a folder that only you can write to."
    else:
        message = f"The usual folder for build locks is not safe ({problem}); {folder} is used."
        hint = "Set XDG_RUNTIME_DIR to a folder that only you can write to, for all your builds."
    return warning("build-lock", message, hint=hint)
