"""Finding the pictures of a source among files that are in memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath

from exporter.model.deck import media_path


def find_in_memory(target: str, pictures: Mapping[str, bytes]) -> str | None:
    """Return the name of the picture with a target in a source, or None.

    `pictures` are the contents by paths relative to the source. As on disk, the name may be in another
    Unicode normalization form or case, and a picture named without its folder may be in any, if it is in
    only one.
    """
    path = media_path(target)
    for simplify in (_keep, media_path, _fold):
        names = [name for name in pictures if simplify(name) == simplify(path)]
        if len(names) == 1:
            return names[0]
    below = [name for name in pictures if PurePosixPath(media_path(name)).name == path]
    return below[0] if len(below) == 1 else None


def _keep(name: str) -> str:
    return name


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", media_path(name).casefold())
