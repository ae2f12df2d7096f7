"""Images: the bytes a deck holds become pictures that fit a column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Protocol

from reportlab.lib.utils import ImageReader

from exporter.exporters.pdf.measure import Picture

PIXEL = 72 / 96
"""A pixel's width in points at an image's natural size, as on the web."""
MOST_HEIGHT = 0.55
"""Up to what part of a column's height an image takes."""
_OURS = re.compile(r"\s*<[^<>]* at 0x\w+>|\n.*", re.DOTALL)
"""What a decoder says of our own objects: it means nothing to a person, and differs each time."""


class Holder(Protocol):
    """What holds the images that are drawn: a document."""

    def image(self, reader: ImageReader) -> str:
        """Add an image, and return its name."""


class Gallery:
    """Places a deck's images; `broken` gathers the targets whose bytes are no image."""

    def __init__(self, media: Mapping[str, bytes], document: Holder, width: float, height: float) -> None:
        """Begin with no image placed, for a column of `width` × `height` points."""
        self._media = media
        self._document = document
        self._width, self._height = width * 0.9, height * MOST_HEIGHT
        self._placed: dict[str, Picture | None] = {}
        self.broken: dict[str, str] = {}

    def place(self, target: str) -> Picture | None:
        """Return an image by its target, as it is placed, or nothing."""
        if target not in self._placed:
            self._placed[target] = self._made(target)
        return self._placed[target]

    def _made(self, target: str) -> Picture | None:
        data = self._media.get(target)
        if data is None:
            return None
        try:
            reader = ImageReader(BytesIO(data))
            width, height = reader.getSize()
            name = self._document.image(reader)
        except Exception as fault:  # whatever a damaged image makes its decoder raise
            self.broken[target] = _OURS.sub("", str(fault)) or type(fault).__name__
            return None
        scale = min(PIXEL, self._width / width, self._height / height)
        return Picture(name, width * scale, height * scale)
