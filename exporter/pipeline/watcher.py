"""Watching files: waking when one of them is saved, and never missing a change."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from exporter.config import project_file
from exporter.pipeline import sources

DEBOUNCE_STEP_MS = 30
"""For how long nothing more may happen before a save counts as done, in milliseconds."""
DEBOUNCE_MAX_MS = 200
"""After how long it counts as done all the same, in milliseconds."""
POLL_INTERVAL_MS = 2000
"""How often the files are looked at without any event, in milliseconds."""

CONFIGURATIONS = project_file.CONFIG_FILE_NAMES

Stamps = frozenset[tuple[str, int, int, int]]


def file_stamps(paths: Iterable[Path]) -> Stamps:
    """Return what tells one state of the files from another; a missing one leaves no trace."""
    found = set()
    for path in paths:
        try:
            status = path.stat()
        except (OSError, ValueError):  # a picture may be called what no file can be
            continue
        found.add((str(path), status.st_ino, status.st_mtime_ns, status.st_size))
    return frozenset(found)


def build_inputs(named: Iterable[str], config_path: Path | None) -> Iterator[Path]:
    """Yield what a build reads before it knows more: sources, configuration, templates.

    Some may not be there, and matter as soon as they are.
    """
    given = list(map(Path, named))
    start = (given[0].parent if given else Path.cwd()).resolve()
    configuration = config_path or project_file.find_config_file(start).path
    root = configuration.parent if configuration else Path.cwd()
    folder = root / sources.INPUT
    yield from given
    if not given and folder.is_dir():
        yield from (path for path in folder.iterdir() if sources.is_source(path))
    if config_path:
        yield config_path
    else:
        yield from (place / name for place in (start, *start.parents) for name in CONFIGURATIONS)
    yield from (path for path in (root / "templates").rglob("*") if path.is_file())


def watch(files: Callable[[], Iterable[Path]], act: Callable[[], Iterable[Path]]) -> None:
    """Act at once, and then each time any of the files is saved, comes or goes; never returns.

    `files` is asked anew each time; `act` returns further files that it found to matter, such
    as pictures. What changes while `act` is at work makes it act again.
    """
    known: frozenset[Path] = frozenset()
    while True:
        seen = file_stamps((*files(), *known))
        found = frozenset(act())
        # What the act made known counts from now, all else from before it.
        seen |= file_stamps(found - known)
        known |= found
        with closing(_wakes(_folders((*files(), *known)))) as wakes:
            # Events only wake: what counts is whether the files are what they were.
            for _ in wakes:
                if file_stamps((*files(), *known)) != seen:
                    break
        known = found


def _wakes(folders: list[Path]) -> Generator[None, None, None]:
    """Yield at once, after anything in the folders happened, and now and then."""
    from watchfiles import watch as watch_folders

    yield None
    for _ in watch_folders(
        *folders,
        watch_filter=None,
        debounce=DEBOUNCE_MAX_MS,
        step=DEBOUNCE_STEP_MS,
        rust_timeout=POLL_INTERVAL_MS,
        yield_on_timeout=True,
        recursive=False,
    ):
        yield None


def _folders(files: Iterable[Path]) -> list[Path]:
    """Return the folders to be told of; of those far up, the patrol will do."""
    here = Path.cwd()
    folders = {path.parent.resolve() for path in files if path.exists()} | {here}
    return sorted(folder for folder in folders if folder.is_dir())
