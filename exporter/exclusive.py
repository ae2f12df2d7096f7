"""One build at a time: two of them in one project would mix their locks and exports."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from exporter.output import sweep

PATIENCE = 60.0
"""How long a build waits for another, in seconds."""


class BusyError(Exception):
    """Another build holds a folder; the message says which."""


@contextmanager
def exclusive(folders: Iterable[Path], patience: float = PATIENCE) -> Iterator[None]:
    """Hold folders for one build; raises `BusyError` when another does not let go in time.

    A build that was killed holds nothing any more; what it left half-written is removed.
    What is locked lies among the system's temporary files, so that nothing is left beside the
    sources, and a source in a read-only folder can be built, if its lock need not change.
    """
    from filelock import FileLock, Timeout

    place = Path(tempfile.gettempdir()) / f"exporter-{os.getuid() if hasattr(os, 'getuid') else 'user'}"
    place.mkdir(mode=0o700, exist_ok=True)
    with ExitStack() as held:
        # Always in the same order, or two builds could each hold what the other waits for.
        for folder in sorted({Path(os.path.realpath(folder)) for folder in folders}):
            name = hashlib.blake2b(os.fsencode(folder), digest_size=12).hexdigest()
            try:
                held.enter_context(FileLock(place / f"{name}.lock", timeout=patience))
            except Timeout:
                message = f"Another build is working in {folder}. Wait until it is done, and run again."
                raise BusyError(message) from None
            sweep(folder)
        yield
