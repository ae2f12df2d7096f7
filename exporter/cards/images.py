"""Images: the bytes a deck holds become pictures that fit a column."""

from __future__ import annotations

import hashlib
import re
import struct
import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any, Protocol

from reportlab.lib.utils import ImageReader

from exporter.cards.measured_line import Picture

PIXEL = 72 / 96
"""A pixel's width in points at an image's natural size, as on the web."""
MOST_HEIGHT = 0.55
"""Up to what part of a column's height an image takes."""
_FIRST_ON_ITS_SIDE = 5
"""From this EXIF orientation on, width and height change places."""
_OURS = re.compile(r"\s*<[^<>]* at 0x\w+>|\n.*", re.DOTALL)
"""What a decoder says of our own objects: it means nothing to a person, and differs each time."""


class Holder(Protocol):
    """What holds the images that are drawn: a document."""

    def image(self, name: str, reader: ImageReader) -> None:
        """Add an image under a name, once however often it is drawn."""


class Undrawn:
    """Holds no image, where images are only measured."""

    def image(self, name: str, reader: ImageReader) -> None:
        """Do nothing."""


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
        # the bytes of the file: two pictures may have the same colours, but another mask or shape
        name = f"I{hashlib.sha256(data).hexdigest()[:16]}"
        try:
            with warnings.catch_warnings():
                # of odd data about the picture, which nobody sees
                warnings.simplefilter("ignore")
                reader, orientation = _read(data)
            width, height = reader.getSize()
            self._document.image(name, reader)
        except Exception as fault:  # whatever a damaged image makes its decoder raise
            self.broken[target] = _OURS.sub("", str(fault)) or type(fault).__name__
            return None
        if orientation >= _FIRST_ON_ITS_SIDE:
            width, height = height, width
        scale = min(PIXEL, self._width / width, self._height / height)
        return Picture(name, width * scale, height * scale, orientation)


def _read(data: bytes) -> tuple[ImageReader, int]:
    """Return what reads an image, decoded, and its orientation; raise what its decoder raises."""
    reader = ImageReader(BytesIO(data))
    image = reader._image
    image.load()
    orientation = _orientation(image)
    if image.has_transparency_data and image.mode not in ("LA", "RGBA"):
        # reportlab masks by colour, and so would lose what is drawn in the transparent colour
        reader = ImageReader(image.convert("RGBA"))
    reader.getRGBData()
    return reader, orientation


def _orientation(image: Any) -> int:
    """Return how a picture is to be turned, from 1 to 8 as EXIF counts: as browsers do."""
    from PIL import ExifTags, Image

    # Chromium 156 turns JPEG and PNG by EXIF alone, neither WebP nor by XMP; paper shows the same.
    if image.format not in ("JPEG", "MPO", "PNG") or not image.info.get("exif"):
        return 1
    exif = Image.Exif()
    try:
        exif.load(image.info["exif"])
        orientation: Any = exif.get(ExifTags.Base.Orientation)
    except (SyntaxError, ValueError, OSError, KeyError, TypeError, struct.error):
        return 1  # damaged data about the picture says nothing about it
    return int(orientation) if orientation in range(1, 9) else 1
