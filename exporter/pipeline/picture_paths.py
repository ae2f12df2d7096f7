"""Where the pictures of a source are: names are compared as people read them, not by their bytes."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from exporter.model.deck import media_path

MAX_FOLDERS = 1_000
"""In so many folders a picture is looked for that is named without its folder; unmeasured."""

_SCHEME = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PicturePath:
    """Where a picture is, or would be; `written` is its path on disk where the source has another case."""

    path: Path
    written: str = ""


def is_on_network(target: str) -> bool:
    """Return whether a target is a URL; a malformed one is no file either. A drive letter is no scheme."""
    return target.startswith("//") or _SCHEME.match(target) is not None


def find_picture(target: str, folder: Path) -> PicturePath:
    """Return where the picture of a target is.

    Its name may be decomposed on disk (as on a Mac), or in another case. One that is named without
    a folder may be in any folder below the source's, if only one has it (as in Obsidian).
    """
    name = PurePosixPath(media_path(target))
    if name.is_absolute() and name.is_relative_to(folder.absolute()):
        name = name.relative_to(folder.absolute())
    path = folder / name
    if name.is_absolute() or ".." in name.parts or _exists(path):
        return PicturePath(path)
    for same in (_composed, _folded):
        if (found := _descend(folder, name.parts, same)) is not None:
            return PicturePath(found, found.relative_to(folder).as_posix() if same is _folded else "")
    if len(name.parts) == 1 and (found := _below(folder, name.name)) is not None:
        return PicturePath(found)
    return PicturePath(path)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _folded(name: str) -> str:
    return _composed(_composed(name).casefold())


def _descend(folder: Path, parts: tuple[str, ...], same: Callable[[str], str]) -> Path | None:
    """Return the only path below a folder whose parts are the same by `same`."""
    paths = [folder]
    for part in parts:
        paths = [
            path / name for path in paths for name in _names(path) if name == part or same(name) == same(part)
        ]
    return paths[0] if len(paths) == 1 else None


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except (OSError, ValueError):
        return []


def _below(folder: Path, name: str) -> Path | None:
    """Return the only file of a name in the folders below a folder, the hidden ones left out."""
    found: list[Path] = []
    for count, (place, folders, files) in enumerate(os.walk(folder)):
        if count >= MAX_FOLDERS:
            break
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        found += [Path(place) / each for each in files if _composed(each) == _composed(name)]
    return found[0] if len(found) == 1 else None
