"""The file watcher: calls a function after each change of the watched files."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path

from exporter.config import project_file
from exporter.config.project_plugins import FOLDER as PLUGINS
from exporter.pipeline import sources

DEBOUNCE_STEP_MS = 30
"""Time without further events after which a save is complete, in milliseconds (debounce)."""
DEBOUNCE_MAX_MS = 200
"""Maximum time that events are collected before a save counts as complete, in milliseconds."""
POLL_INTERVAL_MS = 2000
"""Interval at which the files are checked without any event, in milliseconds."""

CONFIGURATIONS = project_file.CONFIG_FILE_NAMES

Stamps = frozenset[tuple[str, int, int, int]]


def file_stamps(paths: Iterable[Path]) -> Stamps:
    """Return (path, inode, mtime, size) of each file; missing files are omitted."""
    stamps = set()
    for path in paths:
        try:
            status = path.stat()
        except (OSError, ValueError):  # the name of a picture may be invalid
            continue
        stamps.add((str(path), status.st_ino, status.st_mtime_ns, status.st_size))
    return frozenset(stamps)


def iter_build_inputs(named: Iterable[str], config_path: Path | None) -> Iterator[Path]:
    """Yield the inputs of a build that are known before it: sources, configurations, templates and plugins.

    `named` are the sources as named by the user. Some paths may not exist yet.
    """
    named_paths = list(map(Path, named))
    start = (named_paths[0].parent if named_paths else Path.cwd()).resolve()
    configuration = config_path or project_file.find_config_file(start).path
    root = configuration.parent if configuration else Path.cwd()
    folder = root / sources.INPUT
    plugin_files = tuple(map(str, sorted((root / PLUGINS).glob("*.py"))))
    yield from map(Path, plugin_files)
    yield from named_paths
    if not named_paths and folder.is_dir():
        yield from (path for path in folder.iterdir() if sources.is_source(path, plugin_files))
    if config_path:
        yield config_path
    else:
        yield from (parent / name for parent in (start, *start.parents) for name in CONFIGURATIONS)
    yield from (path for path in (root / "templates").rglob("*") if path.is_file())


def watch(files: Callable[[], Iterable[Path]], act: Callable[[], Iterable[Path]]) -> None:
    """Call `act` at once, and then whenever a file is saved, created or deleted; never return.

    `files` is called before each comparison. `act` returns further files to watch, such as pictures.
    A change while `act` runs causes another call.
    """
    extra: frozenset[Path] = frozenset()
    while True:
        stamps = file_stamps((*files(), *extra))
        reported = frozenset(act())
        # files reported by act() are compared from now on, the others from before it ran
        stamps |= file_stamps(reported - extra)
        extra |= reported
        with closing(_iter_wakeups(_find_folders((*files(), *extra)))) as wakeups:
            # an event only causes a comparison of the stamps
            for _ in wakeups:
                if file_stamps((*files(), *extra)) != stamps:
                    break
        extra = reported


def _iter_wakeups(folders: list[Path]) -> Generator[None, None, None]:
    """Yield at once, after each event in the folders, and once per poll interval."""
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


def _find_folders(files: Iterable[Path]) -> list[Path]:
    """Return the folders to watch: those of existing files; the others are only polled."""
    folders = {path.parent.resolve() for path in files if path.exists()} | {Path.cwd()}
    return sorted(folder for folder in folders if folder.is_dir())
