"""The swatches of categories: eight small squares whose fills differ without any colour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from exporter.cards.card_figures import RULE_PT, SWATCH_MM
from exporter.cards.stocks import POINTS_PER_MM
from exporter.cards.vector_drawing import BLACK, Path, Rgb, Shape, VectorDrawing, box, polygon
from exporter.model.deck import Note

PEN = RULE_PT / (SWATCH_MM * POINTS_PER_MM)
"""Width of the outline, as all lengths here a fraction of the side."""
STRIPE = 0.16
"""Width of stripes and of the gaps between them: 0.5 mm, more than toner and ink spread."""


def _grid(share: float) -> Path:
    """Return three rows of three squares; `share` is the side of a square, in units of their distance."""
    pitch, centres = 1 / 3, (1 / 6, 1 / 2, 5 / 6)
    half = pitch * share / 2
    return tuple(
        segment for x in centres for y in centres for segment in box(x - half, y - half, x + half, y + half)
    )


_SQUARE = box(0, 0, 1, 1)
_BANDS = [(middle - STRIPE / 2, middle + STRIPE / 2) for middle in (0.18, 0.5, 0.82)]
_HORIZONTAL = tuple(segment for low, high in _BANDS for segment in box(0, low, 1, high))
_VERTICAL = tuple(segment for low, high in _BANDS for segment in box(low, 0, high, 1))
_REACH = STRIPE * 0.7
"""Half the height of a diagonal stripe: half its width times the square root of 2."""
_DIAGONAL = (
    *polygon((0, 0.5 - _REACH), (0.5 + _REACH, 1), (0.5 - _REACH, 1), (0, 0.5 + _REACH)),
    *polygon((0, 0), (_REACH, 0), (1, 1 - _REACH), (1, 1), (1 - _REACH, 1), (0, _REACH)),
    *polygon((0.5 - _REACH, 0), (0.5 + _REACH, 0), (1, 0.5 - _REACH), (1, 0.5 + _REACH)),
)
_FILLS: tuple[Path, ...] = (
    _SQUARE,
    (),
    _DIAGONAL,
    polygon((0, 0), (1, 0), (1, 1)),
    _HORIZONTAL,
    _grid(0.5),
    _VERTICAL,
    box(0, 0, 0.5, 0.5) + box(0.5, 0.5, 1, 1),
)
"""Solid, empty, hatched, halved, stripes that lie, dots, stripes that stand, and two squares of four."""


def _swatch(fill: Path) -> VectorDrawing:
    outline = Shape(box(PEN / 2, PEN / 2, 1 - PEN / 2, 1 - PEN / 2), None, BLACK, PEN)
    filled = (Shape(fill),) if fill else ()
    return VectorDrawing(1.0, 1.0, 0.0, (*filled, outline))


SWATCHES = tuple(map(_swatch, _FILLS))
"""The swatches, of side 1, in the order in which categories get them."""


def _colored(swatch: VectorDrawing, color: Rgb) -> VectorDrawing:
    shapes = (item for item in swatch.items if isinstance(item, Shape))
    colored = (replace(item, fill=item.fill and color, stroke=item.stroke and color) for item in shapes)
    return replace(swatch, items=tuple(colored))


def assign_swatches(notes: Iterable[Note], color: Rgb = BLACK) -> dict[str, VectorDrawing]:
    """Return the swatch of each category, in the order in which they occur; from the ninth on they repeat."""
    swatches = SWATCHES if color == BLACK else tuple(map(partial(_colored, color=color), SWATCHES))
    categories = dict.fromkeys(note.question.category for note in notes if note.question.category)
    return {
        category: swatches[index % len(swatches)] for index, category in enumerate(categories) if category
    }
