"""Whether the value of a setting names a file."""

from __future__ import annotations

from pathlib import Path


def names_file(name: str, folder: Path | None = None) -> bool:
    """Return whether a name is that of a file in a folder, by default the working folder.

    A name that no file can have, such as one that is too long, names none.
    """
    try:
        return Path(folder or "", name).is_file()
    except (OSError, ValueError):
        return False
