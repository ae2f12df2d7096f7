"""The configuration file: the search for it, the check of its owner, and its TOML keys with their lines."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exporter.model.diagnostics import Diagnostic, error, warning
from exporter.model.questions import SourceSpan
from exporter.system.files import display_path, read_limited

FILE_NAME = "exporter.toml"
PYPROJECT_NAME = "pyproject.toml"
CONFIG_FILE_NAMES = (FILE_NAME, PYPROJECT_NAME)

MAX_CONFIG_BYTES = 256 * 1024
"""Maximum size of a configuration; unmeasured."""

MAX_LINE_CHARS = 10_000
"""Maximum length of a line: the time of `tomllib` is quadratic in the nesting depth of a line."""

MAX_KEY_PARTS = 20
"""Maximum number of parts of a key such as `a.b.c`: the time of `tomllib` per line grows with the parts of
its table's header."""

_DEEP_KEY = re.compile(
    rf"""^[ \t]*\[?\[?(?:[ \t]*(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*\.){{{MAX_KEY_PARTS},}}""", re.MULTILINE
)


_HEADER = re.compile(r"""\s*+\[\s*((?:"[^"\n]*+"|'[^'\n]*+'|[^\[\]"'])++)\]""")


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """The configuration file, if there is one; `diagnostics` report a file that is not used."""

    path: Path | None
    diagnostics: tuple[Diagnostic, ...] = ()


class TomlError(ValueError):
    """A text is not valid TOML, or exceeds a limit; the message has no full stop."""

    def __init__(self, reason: str, line: int, column: int = 1) -> None:
        """Keep the reason, and its line and column, both from 1."""
        super().__init__(reason)
        self.line, self.column = line, column


def find_config_file(start: Path) -> ConfigFile:
    """Return the nearest configuration file in a folder or its parents.

    The search ends at the root of a repository, at the home folder, at a mount point and at a folder
    of another user. Report `config-owner` for a file of another user: an error in a folder that is
    searched, a warning in the folder where the search ends.
    """
    trusted = _trusted_owners(start)
    for folder in (start, *start.parents):
        path = next((folder / name for name in CONFIG_FILE_NAMES if _is_config(folder / name)), None)
        if folder != start and not _is_owned(folder, trusted):
            return ConfigFile(None, (warning(*_owner_problem(path)),) if path else ())
        if path:
            diagnostics = () if _is_owned(path, trusted) else (error(*_owner_problem(path)),)
            return ConfigFile(None if diagnostics else path, diagnostics)
        if _is_search_end(folder):
            break
    return ConfigFile(None)


def _is_search_end(folder: Path) -> bool:
    """Return whether the search does not continue in the parent of this folder."""
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
    """Return the ids of the users whose files are used; `None` if files have no owners.

    They are the user, root, and the owner of the sources' folder, since a container's user may build
    in a folder of the host.
    """
    if not hasattr(os, "geteuid"):
        return None
    try:
        return frozenset({os.geteuid(), 0, start.stat().st_uid})
    except OSError:
        return frozenset({os.geteuid(), 0})


def is_trusted(path: Path, folder: Path) -> bool:
    """Return whether a file of the project in a folder belongs to a user whose files are used."""
    return _is_owned(path, _trusted_owners(folder))


def _is_owned(path: Path, trusted: frozenset[int] | None) -> bool:
    try:
        return trusted is None or path.stat().st_uid in trusted
    except OSError:
        return False


def _owner_problem(path: Path) -> tuple[str, str, SourceSpan, str]:
    message = f"{display_path(path)} belongs to another user, and is not used."
    hint = "If you trust it, name it with --config, or copy it; otherwise move it away."
    return "config-owner", message, SourceSpan(str(path), 1), hint


def _is_config(path: Path) -> bool:
    """Return whether a file is a configuration, or would be if it were valid TOML."""
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
    """Parse TOML in bounded time; raise `TomlError`."""
    for number, line_text in enumerate(text.split("\n"), 1):
        if len(line_text) > MAX_LINE_CHARS:
            raise TomlError(f"This line has more than {MAX_LINE_CHARS:,} characters", number)
    if deep_key := _DEEP_KEY.search(text):
        line = text.count("\n", 0, deep_key.start()) + 1
        raise TomlError(f"A key in it has more than {MAX_KEY_PARTS} parts", line)
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        location = re.search(r"\(at line (\d+), column (\d+)\)", str(exc))
        line, column = (int(location[1]), int(location[2])) if location else (text.count("\n") + 1, 1)
        raise TomlError(re.sub(r" \(at .*\)", "", str(exc)), line, column) from None
    except (RecursionError, ValueError):
        raise TomlError("A value in it is nested too deeply, or a number is too long", 1) from None


def flatten(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield every dotted key of nested tables with its value; tables below `MAX_KEY_PARTS` are values."""
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
    """Return the span where each dotted key is first set, which `tomllib` does not report.

    The header of a table has its name in brackets as a key. Names have no quotes and no white space.
    """
    spans: dict[str, SourceSpan] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        if heading := _HEADER.match(line):
            section = strip_quotes(heading[1]) + "."
            spans.setdefault(f"[{section[:-1]}]", SourceSpan(path, number, heading.start(1) + 1, line))
        elif setting := re.match(r"\s*+([\w.\-\"' ]++)=", line):
            name = section + strip_quotes(setting[1])
            spans.setdefault(name, SourceSpan(path, number, setting.start(1) + 1, line))
    return spans


def strip_quotes(key: str) -> str:
    """Return a key as `key_spans` has it, without quotes and white space."""
    return re.sub(r"[\s\"']", "", key)


def key_span(key: str, spans: Mapping[str, SourceSpan], path: str) -> SourceSpan:
    """Return the span of a key or of its table; line 1 if neither is known."""
    parts = key.split(".")
    prefixes = (".".join(parts[:end]) for end in range(1, len(parts) + 1))
    key_and_tables = [spans[prefix] for prefix in prefixes if prefix in spans]
    return min(key_and_tables, key=lambda span: span.line) if key_and_tables else SourceSpan(path, 1)
