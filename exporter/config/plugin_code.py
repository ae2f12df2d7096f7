"""The code of plugins: its files, and the places in it where something went wrong."""

from __future__ import annotations

import importlib.util
import inspect
import linecache
import os
import sys
import sysconfig
import traceback
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

from exporter.config.project_plugins import FileEntry
from exporter.model.questions import SourceSpan

MAX_CODE_FILES = 2000
"""Maximum number of files of a plugin whose state is compared; a build with a larger one is never skipped.

Measured: to find 2,000 files and their stamps takes 33 ms, and as long again to digest them.
"""

Entry = EntryPoint | FileEntry
Stamp = tuple[int, int]

_stamps: dict[str, dict[str, Stamp]] = {}
"""The files of each plugin when this process loaded it, by the entry's key, with size and time of change."""

_imported: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
"""The names of the modules that were imported before and with each plugin."""


def templates_folder(function: Callable[..., object], name: str) -> str:
    """Return the folder of a plugin's templates, beside the module of its function; empty for no name."""
    module = sys.modules.get(function.__module__)
    file = getattr(module, "__file__", None)
    return str(Path(file).resolve().parent / name) if name and file else ""


def find_files(entry: Entry) -> tuple[Path, ...] | None:
    """Return the files of a plugin's code, without importing it; `None` if there are too many or none.

    They are all files of its top-level package, or its module, and of modules outside of the installed
    packages that it imported: those of the latter have a version.
    """
    roots = [Path(entry.path)] if isinstance(entry, FileEntry) else _find_roots(entry.module)
    files: list[Path] = []
    for path in (*roots, *_imported_files(entry)):
        for file in _iter_files(path):
            files.append(file)
            if len(files) > MAX_CODE_FILES:
                return None
    return tuple(dict.fromkeys(files)) or None


def _find_roots(module: str) -> list[Path]:
    """Return the folder of the top-level package of a module, or the module's file.

    A namespace package is that of several authors: then it is the first package within it.
    """
    parts = module.split(".")
    for count in range(1, len(parts) + 1):
        try:
            spec = importlib.util.find_spec(".".join(parts[:count]))
        except (ImportError, ValueError, AttributeError):
            return []
        if spec is None:
            return []
        if spec.origin and spec.has_location:
            return [Path(folder) for folder in spec.submodule_search_locations or [spec.origin]]
    return []


def _iter_files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names))


def remember(entry: Entry) -> None:
    """Remember the state of a plugin's files before this process loads it for the first time."""
    key = _key(entry)
    if key not in _stamps:
        _stamps[key] = _stamp(find_files(entry) or ())
        _imported[key] = (frozenset(sys.modules), frozenset())


def remember_imported(entry: Entry) -> None:
    """Remember which modules a plugin has imported, after it is loaded."""
    key = _key(entry)
    before, _ = _imported[key]
    if before:
        _imported[key] = (frozenset(), frozenset(sys.modules) - before)
        _stamps[key] |= _stamp(_imported_files(entry))


def is_current(entry: Entry) -> bool:
    """Return whether this process runs a plugin's files as they are now; it may have loaded former ones."""
    return _stamps.get(_key(entry)) == _stamp(find_files(entry) or ())


def _key(entry: Entry) -> str:
    if isinstance(entry, FileEntry):
        return entry.path
    return f"{entry.dist.name if entry.dist else ''} {entry.value}"


def _stamp(paths: tuple[Path, ...]) -> dict[str, Stamp]:
    stamps = {}
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        stamps[str(path)] = (status.st_size, status.st_mtime_ns)
    return stamps


def _imported_files(entry: Entry) -> tuple[Path, ...]:
    """Return the files that a plugin imported, but for those of installed packages and of exporter."""
    _, names = _imported.get(_key(entry), (None, frozenset[str]()))
    folders = [str(Path(__file__).resolve().parents[1]), *_installation()]
    files = (getattr(sys.modules.get(name), "__file__", None) for name in sorted(names))
    return tuple(Path(file) for file in files if file and not file.startswith(tuple(folders)))


def _installation() -> list[str]:
    """Return the folders of Python and of installed packages."""
    paths = sysconfig.get_paths()
    return [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]


def span_of(function: Callable[..., object]) -> SourceSpan | None:
    """Return the place of a function's definition."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return _span(code.co_filename, code.co_firstlineno) if code else None


def span_of_exception(exc: BaseException, entry: Entry) -> SourceSpan | None:
    """Return the place in a plugin's own code that raised an exception, or called what raised it.

    If none of its files is in the traceback, it is the last place in it.
    """
    if isinstance(exc, SyntaxError) and exc.filename and exc.lineno:
        return SourceSpan(exc.filename, exc.lineno, exc.offset or 1, (exc.text or "").rstrip("\n"))
    ours = str(Path(__file__).resolve().parents[1])
    frames = [
        frame
        for frame in traceback.extract_tb(exc.__traceback__)
        if not frame.filename.startswith((ours, "<"))
    ]
    files = {str(file) for file in find_files(entry) or ()}
    own = [frame for frame in frames if frame.filename in files or os.path.realpath(frame.filename) in files]
    frame = next(iter([*own[-1:], *frames[-1:]]), None)
    return _span(frame.filename, frame.lineno or 1) if frame else None


def _span(path: str, line: int) -> SourceSpan:
    text = linecache.getline(path, line).rstrip()
    return SourceSpan(path, line, len(text) - len(text.lstrip()) + 1, text)


def log_exception(exc: BaseException) -> None:
    """Log the traceback of an exception of a plugin, which `--debug` shows."""
    import logging

    logging.getLogger("exporter.plugins").debug("A plugin failed.", exc_info=exc)
