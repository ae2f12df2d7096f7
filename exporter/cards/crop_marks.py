"""Marks: where a sheet is to be cut and folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exporter.cards.imposition import Side, rects, slots
from exporter.cards.pdf_canvas import format_number
from exporter.cards.stocks import POINTS_PER_MM, Rect, Stock
from exporter.config.choices import CutMarks, PrintMode

MARK_OFFSET, MARK_LENGTH = 3.0, 6.0
"""How far crop marks stand off the cards, and how long they are, in millimetres."""
EDGE = 5.0
"""What is left free along the sheet's edge, in millimetres: printers do not reach it."""
MARK_STYLE = "0.4 G 0.5 w [] 0 d"
GUIDE_STYLE = "0.55 G 0.5 w [0.5 2] 0 d"
FOLD_STYLE = "0.55 G 0.5 w [4 4] 0 d"


def cut_marks(stock: Stock, duplex: PrintMode, side: Side, kind: CutMarks) -> str:
    """Return the operators of the cut marks: crop marks outside the cards, guides between them.

    Guides are on fronts alone, for on a back they would show as soon as the printer drifts.
    """
    if stock.is_perforated or kind is CutMarks.NONE:
        return ""
    grid = _grid(rects(stock, duplex, side), stock.sheet)
    parts = []
    if kind in (CutMarks.AUTO, CutMarks.CROP):
        parts += [MARK_STYLE, *lines(_crop_marks(grid), stock)]
    if kind in (CutMarks.AUTO, CutMarks.GUIDES) and side is Side.FRONT:
        folds = set(_folds(stock)) if duplex is PrintMode.FOLD else set()
        guides = list(_guides(grid))
        parts += [GUIDE_STYLE, *lines((guide for guide in guides if _line_of(guide) not in folds), stock)]
        parts += [FOLD_STYLE, *lines((guide for guide in guides if _line_of(guide) in folds), stock)]
    return "\n".join((*parts, "[] 0 d"))


Segment = tuple[float, float, float, float]
"""A line's two ends, `x` and `y` each, in millimetres from the sheet's top left corner."""


def lines(segments: Iterable[Segment], stock: Stock) -> Iterator[str]:
    """Yield the operators of lines on a sheet."""
    height = stock.sheet[1]
    for x1, y1, x2, y2 in segments:
        a, b, c, d = (format_number(length * POINTS_PER_MM) for length in (x1, height - y1, x2, height - y2))
        yield f"{a} {b} m {c} {d} l S"


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where cuts run, upright and level, and the edges of all cards together, in millimetres."""

    upright: tuple[float, ...]
    level: tuple[float, ...]
    edges: Segment
    sheet: tuple[float, float]


def _grid(cards: Sequence[Rect], sheet: tuple[float, float]) -> _Grid:
    """Return the grid of the cuts; a sheet's own edge is none."""
    xs = sorted({round(x, 3) for rect in cards for x in (rect.x, rect.x + rect.width)})
    ys = sorted({round(y, 3) for rect in cards for y in (rect.y, rect.y + rect.height)})
    return _Grid(
        tuple(x for x in xs if 1 < x < sheet[0] - 1),
        tuple(y for y in ys if 1 < y < sheet[1] - 1),
        (xs[0], ys[0], xs[-1], ys[-1]),
        sheet,
    )


def _line_of(segment: Segment) -> tuple[bool, float]:
    """Return whether a line is upright, and where it runs, in millimetres."""
    x1, y1, x2, _ = segment
    return (True, round(x1, 3)) if x1 == x2 else (False, round(y1, 3))


def _folds(stock: Stock) -> Iterator[tuple[bool, float]]:
    """Yield the lines between the fronts and the backs of cards that are folded."""
    for front, back in slots(stock, PrintMode.FOLD):
        beside = front.rect.y == back.rect.y
        yield beside, round(back.rect.x if beside else back.rect.y, 3)


def _crop_marks(grid: _Grid) -> Iterator[Segment]:
    left, top, right, bottom = grid.edges
    width, height = grid.sheet
    for near, out, room in ((top, -1, top), (bottom, 1, height - bottom)):
        reach = min(MARK_OFFSET + MARK_LENGTH, room - EDGE)
        if reach > MARK_OFFSET + 1:
            yield from ((x, near + out * MARK_OFFSET, x, near + out * reach) for x in grid.upright)
    for near, out, room in ((left, -1, left), (right, 1, width - right)):
        reach = min(MARK_OFFSET + MARK_LENGTH, room - EDGE)
        if reach > MARK_OFFSET + 1:
            yield from ((near + out * MARK_OFFSET, y, near + out * reach, y) for y in grid.level)


def _guides(grid: _Grid) -> Iterator[Segment]:
    left, top, right, bottom = grid.edges
    width, height = grid.sheet
    for x in grid.upright:
        if left < x < right:
            yield x, max(top, EDGE), x, min(bottom, height - EDGE)
    for y in grid.level:
        if top < y < bottom:
            yield max(left, EDGE), y, min(right, width - EDGE), y
