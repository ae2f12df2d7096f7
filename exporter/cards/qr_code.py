"""The QR code on a card, as a drawing: the search that finds the card's note in Anki."""

from __future__ import annotations

from itertools import groupby

from exporter.cards.card_figures import QR_MODULES
from exporter.cards.vector_drawing import Segment, Shape, VectorDrawing, box

QR_VERSION = (QR_MODULES - 17) // 4
"""A code has 17 modules, and 4 more for each version (ISO/IEC 18004, 5.3.1)."""


def build_search(key: str) -> str:
    """Return the Anki search for the note with a key."""
    return f"Key:{key}"


def qr_code(text: str) -> VectorDrawing:
    """Return the code of a text of at most 32 bytes; a module is 1 unit, the quiet zone is not in it.

    The error correction is the highest for which the text fits: 25 % (Q) up to 20 bytes, as that of a key.
    """
    import segno

    code = segno.make_qr(text, error="l", version=QR_VERSION, boost_error=True)
    path: list[Segment] = []
    for row, modules in enumerate(code.matrix):
        top, column = float(QR_MODULES - row), 0
        for is_dark, run in groupby(modules):
            length = len(list(run))
            if is_dark:
                left, right = float(column), float(column + length)
                path += box(left, top - 1, right, top)
            column += length
    return VectorDrawing(float(QR_MODULES), float(QR_MODULES), 0.0, (Shape(tuple(path)),))
