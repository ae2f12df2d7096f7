"""The number and the size of the pages of a PDF that exporter wrote."""

from __future__ import annotations

import re
from typing import NamedTuple

from exporter.cards.stocks import POINTS_PER_MM

CREATOR = b"/Creator (exporter)"
_PAGE = re.compile(rb"/Type /Page\b[^>]*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]")


class PdfPages(NamedTuple):
    """The pages of a PDF: their number, and the size of the first, in millimetres."""

    number: int
    size: tuple[float, float]


def read_pages(data: bytes) -> PdfPages | None:
    """Return the pages of a PDF; None for one that exporter did not write.

    `PdfDocument` writes an uncompressed object for each page, and only those are read.
    """
    pages = _PAGE.findall(data)
    if not data.startswith(b"%PDF-") or CREATOR not in data or not pages:
        return None
    width, height = pages[0]
    return PdfPages(len(pages), (float(width) / POINTS_PER_MM, float(height) / POINTS_PER_MM))
