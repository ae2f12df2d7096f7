"""One build at a time: two of them in one project would mix their locks and exports."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from exporter.model.diagnostics import Diagnostic, warning
from exporter.system.atomic_write import sweep
from exporter.system.lock_folder import lock_folder

PATIENCE = 60.0
"""How long a build waits for another, in seconds."""


class BusyError(Exception):
    """Another build holds a folder; the message says which."""


@contextmanager
def exclusive(folders: Iterable[Path], patience: float = PATIENCE) -> Iterator[tuple[Diagnostic, ...]]:
    """Hold folders for one build; raises `BusyError` when another does not let go in time.

    A build that was killed holds nothing any more; what it left half-written is removed.
    The locks are in a folder of the user's own, so that nothing is left beside the sources, and a
    source in a read-only folder can be built, if its lock need not change. Yields `build-lock`
    where another user or the system keeps that folder from use: no build fails for that.
    """
    from filelock import FileLock, Timeout

    place, problem = lock_folder()
    with ExitStack() as held:
        # Always in the same order, or two builds could each hold what the other waits for.
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):
            name = hashlib.blake2b(os.fsencode(folder), digest_size=12).hexdigest()
            try:
                if place is not None:
                    held.enter_context(FileLock(place / f"{name}.lock", timeout=patience))
            except Timeout:
                message = f"Another build is working in {folder}. Wait until it is done, and run again."
                raise BusyError(message) from None
            sweep(folder)
        yield (_unsafe(place, problem),) if problem else ()


def _unsafe(place: Path | None, problem: str) -> Diagnostic:
    if place is None:
        message = f"No folder can be used for build locks ({problem})."
        hint = "Run one build at a time, or set XDG_RUNTIME_DIR to a folder that only you can write to."
    else:
        message = f"The usual folder for build locks is not safe ({problem}); {place} is used."
        hint = "Set XDG_RUNTIME_DIR to a folder that only you can write to, for all your builds."
    return warning("build-lock", message, hint=hint)
