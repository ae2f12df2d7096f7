"""The configuration file: where it is searched for, whose it may be, and what stands in it."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporter.model.diagnostics import Diagnostic, error, warning
from exporter.model.questions import SourceSpan
from exporter.system.files import display_path, read_limited

FILE_NAME = "exporter.toml"
SHARED_NAME = "pyproject.toml"
CONFIG_FILE_NAMES = (FILE_NAME, SHARED_NAME)

MAX_CONFIG_BYTES = 256 * 1024
"""No configuration is read that has more bytes than this."""

MAX_LINE_CHARS = 10_000
"""No line of it may be longer: `tomllib` takes time with the square of what nests within one."""

MAX_KEY_PARTS = 20
"""No key has more parts, as in `a.b.c`: every line below a heading costs as much as that has parts."""

_DEEP_KEY = re.compile(
    rf"""^[ \t]*\[?\[?(?:[ \t]*(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*\.){{{MAX_KEY_PARTS},}}""", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """The file that was found, if any; `diagnostics` tell of one that is not used."""

    path: Path | None
    diagnostics: tuple[Diagnostic, ...] = ()


class TomlError(ValueError):
    """A text is not TOML that can be read; the message says why, without a full stop."""

    def __init__(self, reason: str, line: int, column: int = 1) -> None:
        """Keep the reason and its place, both from 1."""
        super().__init__(reason)
        self.line, self.column = line, column


def find_config_file(start: Path) -> ConfigFile:
    """Return the nearest configuration file, from a folder upwards.

    The search ends at the folder of a repository, at the home folder, at the edge of a file system
    and at a folder of another user. Reports `config-owner` for a file of another user: an error
    in a folder that is searched, a warning where the search ends.
    """
    trusted = _trusted_owners(start)
    for folder in (start, *start.parents):
        path = next((folder / name for name in CONFIG_FILE_NAMES if _configures(folder / name)), None)
        if folder != start and not _is_owned(folder, trusted):
            return ConfigFile(None, (warning(*_foreign(path)),) if path else ())
        if path:
            refused = () if _is_owned(path, trusted) else (error(*_foreign(path)),)
            return ConfigFile(None if refused else path, refused)
        if _ends_at(folder):
            break
    return ConfigFile(None)


def _ends_at(folder: Path) -> bool:
    """Return whether the search goes no further up than this folder."""
    if (folder / ".git").exists() or folder == _home():
        return True
    try:
        return folder.stat().st_dev != folder.parent.stat().st_dev
    except OSError:
        return True


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except (OSError, RuntimeError):
        return None


def _trusted_owners(start: Path) -> frozenset[int] | None:
    """Return the users whose files are used; nothing where files have no owners.

    Besides the user and the administrator it is the owner of the first folder, of the sources: a
    container's user builds in a folder of the host's.
    """
    if not hasattr(os, "geteuid"):
        return None
    try:
        return frozenset({os.geteuid(), 0, start.stat().st_uid})
    except OSError:
        return frozenset({os.geteuid(), 0})


def _is_owned(path: Path, trusted: frozenset[int] | None) -> bool:
    try:
        return trusted is None or path.stat().st_uid in trusted
    except OSError:
        return False


def _foreign(path: Path) -> tuple[str, str, SourceSpan, str]:
    message = f"{display_path(path)} belongs to another user, and is not used."
    hint = "If you trust it, name it with --config, or copy it; otherwise move it away."
    return "config-owner", message, SourceSpan(str(path), 1), hint


def _configures(path: Path) -> bool:
    """Return whether a file is a configuration, or would be if it were TOML."""
    try:
        if not path.is_file():
            return False
    except OSError:
        return False
    if path.name == FILE_NAME:
        return True
    data = read_limited(path)[0] or b""
    if b"exporter" not in data or len(data) > MAX_CONFIG_BYTES:
        return b"tool.exporter" in data
    try:
        tools = parse(data.decode("utf-8-sig", "replace")).get("tool")
    except TomlError:
        return b"tool.exporter" in data
    return "exporter" in tools if isinstance(tools, dict) else b"tool.exporter" in data


def parse(text: str) -> dict[str, Any]:
    """Return the table of a text, in bounded time; raises `TomlError`."""
    for number, content in enumerate(text.split("\n"), 1):
        if len(content) > MAX_LINE_CHARS:
            raise TomlError(f"This line has more than {MAX_LINE_CHARS:,} characters", number)
    if deep := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        raise TomlError(f"A key in it has more than {MAX_KEY_PARTS} parts", line)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(problem))
        line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
        raise TomlError(re.sub(r" \(at .*\)", "", str(problem)), line, column) from None
    except (RecursionError, ValueError):
        raise TomlError("A value in it is nested too deeply, or a number is too long", 1) from None


def flatten(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every key of nested tables, dotted, with its value; tables below the limit are values."""
    stack = [("", 0, iter(table.items()))]
    while stack:
        prefix, depth, items = stack[-1]
        for name, value in items:
            if isinstance(value, dict) and depth < MAX_KEY_PARTS:
                stack.append((f"{prefix}{name}.", depth + 1, iter(value.items())))
                break
            yield prefix + name, value
        else:
            stack.pop()


def key_spans(path: str, text: str) -> dict[str, SourceSpan]:
    """Return where each key is set first, by its dotted name; `tomllib` does not tell."""
    found: dict[str, SourceSpan] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if heading := re.match(r"\s*+\[\s*([^\[\]]+?)\s*\]", line):
            section = re.sub(r"[\s\"']", "", heading[1]) + "."
        elif setting := re.match(r"\s*+([\w.\-\"' ]++)=", line):
            name = section + re.sub(r"[\s\"']", "", setting[1])
            found.setdefault(name, SourceSpan(path, number, setting.start(1) + 1, line))
    return found


def key_span(key: str, known: Mapping[str, SourceSpan], path: str) -> SourceSpan:
    """Return where a key is set, itself or as a table; the first line where that is not known."""
    parts = key.split(".")
    spans = [known[name] for end in range(1, len(parts) + 1) if (name := ".".join(parts[:end])) in known]
    return min(spans, key=lambda span: span.line) if spans else SourceSpan(path, 1)
