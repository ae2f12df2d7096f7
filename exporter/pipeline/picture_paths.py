"""Finding the pictures of a source; names are also compared by Unicode normalization and case."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from exporter.model.deck import media_path

MAX_FOLDERS = 1_000
"""Maximum number of folders searched for a picture that is named without its folder."""  # unmeasured

_SCHEME = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PicturePath:
    """The path of a picture; `written` is its name on disk if that differs in case from the source."""

    path: Path
    written: str = ""


def is_on_network(target: str) -> bool:
    """Return whether a target is a URL, even a malformed one; a drive letter is not a scheme."""
    return target.startswith("//") or _SCHEME.match(target) is not None


def find_picture(target: str, folder: Path) -> PicturePath:
    """Return the path of the picture with a target in a source in `folder`.

    Its name may be in another Unicode normalization form on disk (NFD, as on macOS), or in another
    case. A picture named without its folder may be in any folder below `folder`, if it is in only one
    (as in Obsidian).
    """
    name = PurePosixPath(media_path(target))
    if name.is_absolute() and name.is_relative_to(folder.absolute()):
        name = name.relative_to(folder.absolute())
    path = folder / name
    if name.is_absolute() or ".." in name.parts or _exists(path):
        return PicturePath(path)
    for normalize in (_normalize_form, _normalize_case):
        if (match := _find_normalized(folder, name.parts, normalize)) is not None:
            written = match.relative_to(folder).as_posix() if normalize is _normalize_case else ""
            return PicturePath(match, written)
    if len(name.parts) == 1 and (match := _find_below(folder, name.name)) is not None:
        return PicturePath(match)
    return PicturePath(path)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _normalize_form(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _normalize_case(name: str) -> str:
    return _normalize_form(_normalize_form(name).casefold())


def _find_normalized(folder: Path, parts: tuple[str, ...], normalize: Callable[[str], str]) -> Path | None:
    """Return the path below a folder whose parts are equal after `normalize`, if there is only one."""
    paths = [folder]
    for part in parts:
        paths = [
            path / name
            for path in paths
            for name in _list_names(path)
            if name == part or normalize(name) == normalize(part)
        ]
    return paths[0] if len(paths) == 1 else None


def _list_names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except (OSError, ValueError):
        return []


def _find_below(folder: Path, name: str) -> Path | None:
    """Return the file with a name in the folders below `folder` that are not hidden, if there is only one."""
    matches: list[Path] = []
    for count, (parent, folders, files) in enumerate(os.walk(folder)):
        if count >= MAX_FOLDERS:
            break
        folders[:] = sorted(subfolder for subfolder in folders if not subfolder.startswith("."))
        matches += [Path(parent) / file for file in files if _normalize_form(file) == _normalize_form(name)]
    return matches[0] if len(matches) == 1 else None
