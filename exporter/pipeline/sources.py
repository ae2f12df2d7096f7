"""Finding the sources: what the user names, or every is_source file of the project's input."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from exporter.model.diagnostics import Diagnostic, error
from exporter.model.terminal_text import shell_command
from exporter.readers import SUFFIXES, reader_for_suffix
from exporter.system.files import display_path

INPUT = "input"

GENERATED_MARKER = b"<!-- exporter:"
"""How the sheets begin that the Markdown exporter writes."""
CONVERTED_MARKER = b"<!-- exporter: questions"
"""How a source begins that was converted to Markdown."""

MAX_NAMED_FILES = 5
"""So many files are named that could be sources."""

_NOT_SOURCES = re.compile(
    r"(?:readme|changelog|license|licence|contributing|code_of_conduct|security|requirements|package(?:-lock)?)\b"
    r"|[^.]*$|(?:tsconfig|composer)\.",
    re.IGNORECASE,
)
"""Files that stand beside a project's sources, but are none."""


def discover(paths: Sequence[str], root: Path) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Return the sources to read: those named, else those in the project's input folder.

    Reports `no-sources`.
    """
    if paths:
        return tuple(map(Path, dict.fromkeys(paths))), ()
    folder = display_path(root / INPUT)
    if not folder.is_dir():
        message = f"There is no folder {folder}/ to read from"
        return (), (_no_sources(message, root, f"Name a source, or put one into {folder}/."),)
    found = tuple(path for path in sorted(folder.iterdir()) if is_source(path))
    if not found:
        known = ", ".join(sorted(SUFFIXES))
        hint = f"Put a source there; these are read: {known}."
        return (), (_no_sources(f"The folder {folder}/ holds no source", root, hint),)
    return found, ()


def _no_sources(message: str, root: Path, hint: str) -> Diagnostic:
    """Return the error that there is nothing to read, which names the files beside that could be read."""
    beside = [
        path for path in sorted(root.iterdir()) if is_source(path) and not _NOT_SOURCES.match(path.name)
    ]
    if not beside:
        return error("no-sources", f"{message}.", hint=hint)
    names = ", ".join(str(display_path(path)) for path in beside[:MAX_NAMED_FILES])
    more = f" and {len(beside) - MAX_NAMED_FILES} more" if len(beside) > MAX_NAMED_FILES else ""
    command = shell_command("exporter", "build", str(display_path(beside[0])))
    hint = f"Build a file where it is with `{command}`, or begin a project with `exporter init`, which makes "
    hint += f"{INPUT}/, and move it there."
    return error("no-sources", f"{message}; here is {names}{more}.", hint=hint)


def is_source(path: Path) -> bool:
    """Say whether a file of the input folder is a source; a sheet that was written there is none."""
    if path.name.startswith(".") or not path.is_file() or not reader_for_suffix(path.suffix):
        return False
    if path.suffix.lower() != ".md":
        return True
    try:
        with path.open("rb") as file:
            start = file.read(len(CONVERTED_MARKER))
            return not start.startswith(GENERATED_MARKER) or start == CONVERTED_MARKER
    except OSError:
        return True
