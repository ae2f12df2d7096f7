"""The decoding of images made of pixels, and how they are held in a PDF: at most at 300 dpi, on white."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from exporter.cards.measured_line import MIN_TRANSPOSED_ORIENTATION

if TYPE_CHECKING:
    from PIL.Image import Image
    from reportlab.lib.utils import ImageReader

MAX_PICTURE_PIXELS = 100_000_000
"""Most pixels of a picture, which take 300 MB when decoded.

Cameras for 35 mm film have up to 61 million; a PNG of one colour may have 900 million in 3 MB.
"""
MAX_EMBEDDED_DPI = 300
"""Resolution of pictures on paper: twice the 150 lines of the finest screens of office printers."""
JPEG_QUALITY = 90
"""Quality of a JPEG that is made smaller: beyond it, files grow by half for no difference at 300 dpi."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
"""The formats that are decoded, MPO among them; others of Pillow's run programs or are seldom tested."""
_WHITE = 255


class PictureError(Exception):
    """Raised if a picture cannot be drawn; its text says why, `hint` what to do."""

    def __init__(self, reason: str, hint: str = "Save it again as PNG or JPEG.") -> None:
        """Begin with a reason that fits into brackets."""
        super().__init__(reason)
        self.hint = hint


def read_size(data: bytes) -> tuple[int, int, int]:
    """Return the width and height of an image in pixels, as it is seen, and its EXIF orientation.

    The image is decoded, so that no fault is found later. Raise `PictureError` if it has too many
    pixels, else what its decoder raises.
    """
    with _opened(data) as image:
        orientation = _read_orientation(image)
        width, height = image.size
        if image.format in ("JPEG", "MPO"):
            image.draft(image.mode, (1, 1))  # reads all of the file, but calculates an eighth of the pixels
        if image.mode in ("L", "RGB"):
            image.load()
        else:
            _flatten(image)
    if orientation >= MIN_TRANSPOSED_ORIENTATION:
        width, height = height, width
    return width, height, orientation


def read_for_pdf(data: bytes, max_width: float, max_height: float) -> ImageReader:
    """Return an image for a PDF in which it is at most so large, in points; before its rotation.

    A JPEG that is small enough is kept as it is.
    """
    from reportlab.lib.utils import ImageReader

    with _opened(data) as image:
        width, height = image.size
        limits = [max(1, ceil(side / 72 * MAX_EMBEDDED_DPI)) for side in (max_width, max_height)]
        size = min(width, limits[0]), min(height, limits[1])
        is_jpeg = image.format in ("JPEG", "MPO")
        if is_jpeg and size == (width, height) and image.mode in ("L", "RGB"):
            return ImageReader(BytesIO(data))
        if is_jpeg:
            image.draft(image.mode, size)  # decodes less, but at least so much
        flat = _flatten(image)
        if flat.size != size:
            from PIL.Image import Resampling

            flat = flat.resize(size, Resampling.LANCZOS)
        if not is_jpeg:
            return ImageReader(flat)
        encoded = BytesIO()
        flat.save(encoded, "JPEG", quality=JPEG_QUALITY, subsampling=0)
        return ImageReader(BytesIO(encoded.getvalue()))


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    """Open an image that has not too many pixels; it is not yet decoded."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about invalid metadata, which is not printed, and about size
        # before the size is checked, nothing is decoded
        limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                pixels = image.width * image.height
                if pixels > MAX_PICTURE_PIXELS:
                    raise PictureError(
                        f"it has {pixels // 1_000_000:,} million pixels, more than "
                        f"{MAX_PICTURE_PIXELS // 1_000_000} million",
                        "Save it again with fewer pixels: 2,000 in a row are enough for any card.",
                    )
                yield image
        finally:
            Image.MAX_IMAGE_PIXELS = limit


def _flatten(image: Image) -> Image:
    """Return an image decoded as grey or RGB on white; an RGB image without a hue becomes grey."""
    import PIL.Image
    from PIL import ImageChops

    image.load()
    if image.mode.startswith("I"):
        # 16 bits of grey, or 32 of which 16 are used
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        page = PIL.Image.new("RGBA", image.size, (_WHITE,) * 4)
        page.alpha_composite(image)
        image = page
    image = image.convert("L" if image.mode in ("1", "L") else "RGB")
    if image.mode == "RGB":
        red, green, blue = image.split()
        if not ImageChops.difference(red, green).getbbox() and not ImageChops.difference(red, blue).getbbox():
            return red
    return image


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
