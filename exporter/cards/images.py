"""The images of a deck: their size in a column, and which of them cannot be drawn."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from math import inf
from typing import TYPE_CHECKING, NamedTuple, Protocol

from exporter.cards.measured_line import Picture
from exporter.cards.raster_images import PictureError, read_for_pdf, read_size
from exporter.cards.svg_pictures import is_svg, read_svg
from exporter.cards.vector_drawing import Label

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader

POINTS_PER_PIXEL = 72 / 96
"""Natural size of an image: 96 pixels per inch, as in CSS."""
MAX_POINTS_PER_PIXEL = 1.0
"""Largest size of a pixel: images are enlarged to 72 pixels per inch where there is room.

At 40 cm an eye sees pixels from about 220 per inch on; below 72 the letters of a screenshot dissolve.
"""
_OBJECT_ADDRESS = re.compile(r"\s*<[^<>]* at 0x\w+>|\n.*", re.DOTALL)
"""Parts of a decoder's message that mean nothing to people and differ between builds."""


class ImageHolder(Protocol):
    """What holds the data of the images that are drawn: a document."""

    def add_image(self, name: str, reader: ImageReader) -> None:
        """Add an image under a name; further calls with the same name have no effect."""


class UnreadableImage(NamedTuple):
    """Why an image cannot be drawn, and what to do."""

    reason: str
    hint: str


class Gallery:
    """Sizes the images of a deck; `unreadable` has the targets that cannot be drawn.

    `labels` has the text on vector drawings.
    """

    def __init__(self, media: Mapping[str, bytes], width: float, height: float) -> None:
        """Begin with no images; at its smallest size, one takes at most `width` × `height` points."""
        self._media = media
        self._max_width, self._max_height = width, height
        self._pictures: dict[str, Picture | None] = {}
        self._data: dict[str, bytes] = {}
        self._sizes: dict[str, tuple[float, float]] = {}
        self.unreadable: dict[str, UnreadableImage] = {}
        self.labels: dict[str, str] = {}

    def find_picture(self, target: str) -> Picture | None:
        """Return an image at its smallest size, or None if it is missing or unreadable."""
        if target not in self._pictures:
            self._pictures[target] = self._place(target)
        return self._pictures[target]

    @property
    def is_empty(self) -> bool:
        """Whether the deck has no images."""
        return not self._media

    def use(self, picture: Picture) -> None:
        """Take note of the size of an image that is drawn."""
        width, height = self._sizes.get(picture.name, (0.0, 0.0))
        self._sizes[picture.name] = max(width, picture.width), max(height, picture.height)

    def embed(self, holder: ImageHolder) -> None:
        """Add the data of all images that are drawn, each for its largest size."""
        for name, (width, height) in self._sizes.items():
            if name in self._data:
                # the sides of a rotated image are exchanged; the larger one is enough for both
                picture = next(one for one in self._pictures.values() if one and one.name == name)
                sides = (height, width) if picture.is_transposed else (width, height)
                holder.add_image(name, read_for_pdf(self._data[name], *sides))

    def _place(self, target: str) -> Picture | None:
        data = self._media.get(target)
        if data is None:
            return None
        try:
            picture = self._read(data)
        except PictureError as exc:
            self.unreadable[target] = UnreadableImage(str(exc), exc.hint)
            return None
        except Exception as exc:  # a decoder of untrusted bytes may raise anything
            reason = _OBJECT_ADDRESS.sub("", str(exc)) or type(exc).__name__
            self.unreadable[target] = UnreadableImage(reason, PictureError("").hint)
            return None
        if picture.drawing:
            labels = (item.text for item in picture.drawing.items if isinstance(item, Label))
            self.labels[target] = "".join(labels)
        scale = min(1.0, self._max_width / picture.width, self._max_height / picture.height)
        return picture.resized(scale)

    def _read(self, data: bytes) -> Picture:
        """Return an image at its natural size; raise what its decoder raises."""
        # a digest of the file, not of the pixels: images may have equal pixels, but other masks or shapes
        name = f"I{hashlib.sha256(data).hexdigest()[:16]}"
        if is_svg(data):
            drawing = read_svg(data)
            return Picture(name, drawing.width, drawing.height, max_width=inf, drawing=drawing)
        width, height, orientation = read_size(data)
        self._data[name] = data
        return Picture(
            name,
            width * POINTS_PER_PIXEL,
            height * POINTS_PER_PIXEL,
            orientation,
            max_width=width * MAX_POINTS_PER_PIXEL,
        )
