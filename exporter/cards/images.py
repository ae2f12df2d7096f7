"""The images of a deck: their bytes are decoded and sized to fit a column."""

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

POINTS_PER_PIXEL = 72 / 96
"""Natural size of an image: 96 pixels per inch, as in CSS."""
MAX_WIDTH_SHARE, MAX_HEIGHT_SHARE = 0.9, 0.55  # unmeasured
"""Largest width and height of an image, as fractions of those of its column."""
_MIN_TRANSPOSED_ORIENTATION = 5
"""EXIF orientations from this one on exchange width and height."""
_OBJECT_ADDRESS = re.compile(r"\s*<[^<>]* at 0x\w+>|\n.*", re.DOTALL)
"""Parts of a decoder's message that mean nothing to people and differ between builds."""


class ImageHolder(Protocol):
    """What holds the data of the images that are drawn: a document."""

    def add_image(self, name: str, reader: ImageReader) -> None:
        """Add an image under a name; further calls with the same name have no effect."""


class NullImageHolder:
    """A holder for images that are only measured."""

    def add_image(self, name: str, reader: ImageReader) -> None:
        """Do nothing."""


class Gallery:
    """Places the images of a deck; `unreadable` has the targets that cannot be decoded, with the reason."""

    def __init__(self, media: Mapping[str, bytes], holder: ImageHolder, width: float, height: float) -> None:
        """Begin with no images placed, for a column of `width` × `height` points."""
        self._media = media
        self._holder = holder
        self._max_width, self._max_height = width * MAX_WIDTH_SHARE, height * MAX_HEIGHT_SHARE
        self._pictures: dict[str, Picture | None] = {}
        self.unreadable: dict[str, str] = {}

    def find_picture(self, target: str) -> Picture | None:
        """Return an image as it is placed, or None if it is missing or unreadable."""
        if target not in self._pictures:
            self._pictures[target] = self._place(target)
        return self._pictures[target]

    def _place(self, target: str) -> Picture | None:
        data = self._media.get(target)
        if data is None:
            return None
        # a digest of the file, not of the pixels: images may have equal pixels, but other masks or shapes
        name = f"I{hashlib.sha256(data).hexdigest()[:16]}"
        try:
            with warnings.catch_warnings():
                # warnings about invalid metadata, which is not printed
                warnings.simplefilter("ignore")
                reader, orientation = _read(data)
            width, height = reader.getSize()
            self._holder.add_image(name, reader)
        except Exception as exc:  # a decoder of untrusted bytes may raise anything
            self.unreadable[target] = _OBJECT_ADDRESS.sub("", str(exc)) or type(exc).__name__
            return None
        if orientation >= _MIN_TRANSPOSED_ORIENTATION:
            width, height = height, width
        scale = min(POINTS_PER_PIXEL, self._max_width / width, self._max_height / height)
        return Picture(name, width * scale, height * scale, orientation)


def _read(data: bytes) -> tuple[ImageReader, int]:
    """Return the decoded image and its orientation; raise what its decoder raises."""
    reader = ImageReader(BytesIO(data))
    image = reader._image
    image.load()
    orientation = _read_orientation(image)
    if image.has_transparency_data and image.mode not in ("LA", "RGBA"):
        # reportlab would mask by colour, and lose what is drawn in the transparent colour
        reader = ImageReader(image.convert("RGBA"))
    reader.getRGBData()
    return reader, orientation


def _read_orientation(image: Any) -> int:
    """Return the EXIF orientation of an image, from 1 to 8, as browsers apply it."""
    from PIL import ExifTags, Image

    # Chromium 156 rotates JPEG and PNG by EXIF only: not WebP, and not by XMP
    if image.format not in ("JPEG", "MPO", "PNG") or not image.info.get("exif"):
        return 1
    exif = Image.Exif()
    try:
        exif.load(image.info["exif"])
        orientation: Any = exif.get(ExifTags.Base.Orientation)
    except (SyntaxError, ValueError, OSError, KeyError, TypeError, struct.error):
        return 1  # damaged metadata is ignored
    return int(orientation) if orientation in range(1, 9) else 1
