"""The number and the size of the pages of a PDF that exporter wrote."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from exporter.cards.stocks import POINTS_PER_MM

CREATOR = b"/Creator (exporter)"
MAX_STREAM_BYTES = 2**24
"""Largest size of an object stream that is read; those of `pdf_serializer` have 200 small objects."""
_OBJECT_STREAM = re.compile(rb"/Type /ObjStm\b[^>]*/Length (\d{1,9}) >>\nstream\n")
_PAGE = re.compile(rb"/Type /Page\b[^>]*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")


class PdfPages(NamedTuple):
    """The pages of a PDF: their number, and the size of the first, in millimetres."""

    number: int
    size: tuple[float, float]


def read_pages(data: bytes) -> PdfPages | None:
    """Return the pages of a PDF; None for one that exporter did not write.

    `pdf_serializer` writes the creator as it is, and the pages into object streams; only those are read.
    """
    if not data.startswith(b"%PDF-"):
        return None
    objects = b"\n".join(_iter_object_streams(data))
    pages = _PAGE.findall(objects)
    if CREATOR not in data or not pages:
        return None
    width, height = pages[0]
    return PdfPages(len(pages), (float(width) / POINTS_PER_MM, float(height) / POINTS_PER_MM))


def _iter_object_streams(data: bytes) -> Iterator[bytes]:
    """Yield the contents of all object streams; damaged ones are left out."""
    for match in _OBJECT_STREAM.finditer(data):
        compressed = data[match.end() : match.end() + int(match[1])]
        try:
            yield zlib.decompressobj().decompress(compressed, MAX_STREAM_BYTES)
        except zlib.error:
            continue
