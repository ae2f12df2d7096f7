"""Pictures that are in a page itself, as `data:` addresses."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import unquote, unquote_to_bytes

MAX_PICTURES_BYTES = 128 * 1024 * 1024  # bound: memory
"""Maximum size of all pictures that are in a page."""

_DATA = re.compile(r"data:image/(?P<type>[a-z+.-]{1,20})(?P<parameters>[^,]{0,200}),", re.IGNORECASE)
_TYPES = frozenset("png jpg gif webp svg bmp".split())
"""The types of picture that the exports can hold."""

_SUFFIXES = {"jpeg": "jpg", "svg+xml": "svg", "x-ms-bmp": "bmp", "pjpeg": "jpg"}


@dataclass(slots=True)
class Pictures:
    """The pictures that are in a page, by the names that they are given."""

    media: dict[str, bytes] = field(default_factory=dict)
    _size: int = 0

    def name(self, target: str) -> str:
        """Return the target of a picture: for one in the page, a name; empty if it cannot be read."""
        match = _DATA.match(target)
        if match is None:
            return "" if target[:5].lower() == "data:" else unquote(target) if "%" in target else target
        data = _decode(target[match.end() :], "base64" in match["parameters"].lower())
        if not data or self._size + len(data) > MAX_PICTURES_BYTES:
            return ""
        kind = match["type"].lower()
        suffix = _SUFFIXES.get(kind, kind)
        if suffix not in _TYPES:
            return ""
        name = f"picture-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}"
        if name not in self.media:
            self._size += len(data)
            self.media[name] = data
        return name


def _decode(text: str, is_base64: bool) -> bytes:
    if not is_base64:
        return unquote_to_bytes(text)
    try:
        return base64.b64decode("".join(unquote(text).split()), validate=False)
    except (binascii.Error, ValueError):
        return b""
