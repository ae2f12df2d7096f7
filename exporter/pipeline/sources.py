"""Finding the sources: the files that the user names, or all readable files of the input folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from exporter.model.diagnostics import Diagnostic, error
from exporter.model.terminal_text import shell_command
from exporter.readers import SUFFIXES, reader_for_name
from exporter.system.files import display_path

INPUT = "input"

GENERATED_MARKER = b"<!-- exporter:"
"""The beginning of Markdown files written by exporter."""
GENERATED_PAGE_MARKER = b'<meta name="generator" content="exporter">'
"""What is near the beginning of pages written by exporter."""
MARKER_SEARCH_BYTES = 4096
"""Size of the beginning of a page that is searched for its marker, in bytes."""
CONVERTED_MARKER = b"<!-- exporter: questions"
"""The beginning of a source that was converted to Markdown."""

MAX_NAMED_FILES = 5
"""Maximum number of possible sources named in a diagnostic."""

_NOT_SOURCES = re.compile(
    r"(?:readme|changelog|license|licence|contributing|code_of_conduct|security|requirements|package(?:-lock)?)\b"
    r"|[^.]*$|(?:tsconfig|composer)\.",
    re.IGNORECASE,
)
"""Names of files in a project's folder that are not sources."""


def discover(
    paths: Sequence[str], root: Path, plugin_files: tuple[str, ...] = ()
) -> tuple[tuple[Path, ...], tuple[Diagnostic, ...]]:
    """Return the sources to read: those of `paths`, or else those in the input folder of the project `root`.

    `plugin_files` are the plugins of the project, here and below. The diagnostic is `no-sources`.
    """
    if paths:
        return tuple(map(Path, dict.fromkeys(paths))), ()
    folder = display_path(root / INPUT)
    if not folder.is_dir():
        message = f"There is no folder {folder}/ to read from"
        return (), (_no_sources(message, root, f"Name a source, or put one into {folder}/."),)
    sources = tuple(path for path in sorted(folder.iterdir()) if is_source(path, plugin_files))
    if not sources:
        suffixes = ", ".join(sorted(SUFFIXES))
        hint = f"Put a source there; these are read: {suffixes}."
        return (), (_no_sources(f"The folder {folder}/ holds no source", root, hint),)
    return sources, ()


def _no_sources(message: str, root: Path, hint: str) -> Diagnostic:
    """Return `no-sources`, which names the possible sources in the folder `root`."""
    candidates = [
        path for path in sorted(root.iterdir()) if is_source(path) and not _NOT_SOURCES.match(path.name)
    ]
    if not candidates:
        return error("no-sources", f"{message}.", hint=hint)
    names = ", ".join(str(display_path(path)) for path in candidates[:MAX_NAMED_FILES])
    more = f" and {len(candidates) - MAX_NAMED_FILES} more" if len(candidates) > MAX_NAMED_FILES else ""
    command = shell_command("exporter", "build", str(display_path(candidates[0])))
    hint = f"Build a file where it is with `{command}`, or create a project with `exporter init`, "
    hint += f"and move the file into its folder {INPUT}/."
    return error("no-sources", f"{message}; here is {names}{more}.", hint=hint)


def is_source(path: Path, plugin_files: tuple[str, ...] = ()) -> bool:
    """Return whether a file is a source: its format is known, and exporter did not write it as a sheet."""
    if path.name.startswith(".") or not path.is_file() or not reader_for_name(path.name, plugin_files):
        return False
    suffix = path.suffix.lower()
    if suffix not in (".md", ".html"):
        return True
    try:
        with path.open("rb") as file:
            if suffix == ".html":
                return GENERATED_PAGE_MARKER not in file.read(MARKER_SEARCH_BYTES)
            start = file.read(len(CONVERTED_MARKER))
            return not start.startswith(GENERATED_MARKER) or start == CONVERTED_MARKER
    except OSError:
        return True
