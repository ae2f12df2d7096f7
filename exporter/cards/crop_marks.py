"""Crop marks and guides: where a sheet of plain stock is cut and folded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exporter.cards.imposition import Side, card_rects, card_slots
from exporter.cards.pdf_canvas import format_number
from exporter.cards.stocks import POINTS_PER_MM, Rect, Stock
from exporter.config.choices import CutMarks, PrintMode

MARK_OFFSET_MM, MARK_LENGTH_MM = 3.0, 6.0
"""Distance of crop marks from the cards, and their length: the usual ones, beyond a bleed of 3 mm."""
MIN_MARK_MM = 1.0  # unmeasured
"""Length below which a crop mark is left out."""
PAPER_MARGIN_MM = 5.0
"""Margin of the paper that stays empty: home printers leave 3 to 5 mm white."""
MAX_EDGE_DISTANCE_MM = 1.0
"""Distance from the sheet's edge up to which a cut is the edge itself."""
MARK_STYLE = "0 G 0.5 w [] 0 d"
GUIDE_STYLE = "0 G 0.5 w [0.5 2.5] 0 d"
FOLD_STYLE = "0 G 0.5 w [4 4] 0 d"
"""PDF operators: black, since a laser prints grey hairlines as a few dots; width in points; dash pattern."""

Segment = tuple[float, float, float, float]
"""A line from `x1`, `y1` to `x2`, `y2` in millimetres; the origin is the sheet's upper left corner."""


def cut_mark_operators(stock: Stock, mode: PrintMode, *, side: Side, kind: CutMarks) -> str:
    """Return the operators of crop marks outside the cards, and of guides between them.

    A sheet that is one card has neither. Guides are on fronts only: on a back they would be visible as
    soon as the printer drifts.
    """
    if stock.is_perforated or stock.is_one_card or kind is CutMarks.NONE:
        return ""
    grid = _cut_grid(card_rects(stock, mode, side), stock.sheet)
    parts = []
    if kind in (CutMarks.AUTO, CutMarks.CROP):
        parts += [MARK_STYLE, *line_operators(_iter_crop_marks(grid), stock)]
    if kind in (CutMarks.AUTO, CutMarks.GUIDES) and side is Side.FRONT:
        folds = set(_iter_folds(stock)) if mode is PrintMode.FOLD else set()
        guides = list(_iter_guides(grid))
        cuts = (guide for guide in guides if _axis_of(guide) not in folds)
        parts += [GUIDE_STYLE, *line_operators(cuts, stock)]
        parts += [
            FOLD_STYLE,
            *line_operators((guide for guide in guides if _axis_of(guide) in folds), stock),
        ]
    return "\n".join((*parts, "[] 0 d"))


def line_operators(segments: Iterable[Segment], stock: Stock) -> Iterator[str]:
    """Yield the operators of lines on a sheet."""
    height = stock.sheet[1]
    for x1, y1, x2, y2 in segments:
        a, b, c, d = (format_number(length * POINTS_PER_MM) for length in (x1, height - y1, x2, height - y2))
        yield f"{a} {b} m {c} {d} l S"


@dataclass(frozen=True, slots=True)
class _CutGrid:
    """The cuts of a sheet in millimetres: `xs` of the vertical, `ys` of the horizontal ones.

    `edges` is the bounding box of all cards: left, top, right and bottom.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    edges: Segment
    sheet: tuple[float, float]


def _cut_grid(cards: Sequence[Rect], sheet: tuple[float, float]) -> _CutGrid:
    """Return the cuts between and around cards, without those at the sheet's own edges."""
    xs = sorted({round(x, 3) for rect in cards for x in (rect.x, rect.x + rect.width)})
    ys = sorted({round(y, 3) for rect in cards for y in (rect.y, rect.y + rect.height)})
    return _CutGrid(
        tuple(x for x in xs if MAX_EDGE_DISTANCE_MM < x < sheet[0] - MAX_EDGE_DISTANCE_MM),
        tuple(y for y in ys if MAX_EDGE_DISTANCE_MM < y < sheet[1] - MAX_EDGE_DISTANCE_MM),
        (xs[0], ys[0], xs[-1], ys[-1]),
        sheet,
    )


def _axis_of(segment: Segment) -> tuple[bool, float]:
    """Return whether a line is vertical, and its `x` or `y` in millimetres."""
    x1, y1, x2, _ = segment
    return (True, round(x1, 3)) if x1 == x2 else (False, round(y1, 3))


def _iter_folds(stock: Stock) -> Iterator[tuple[bool, float]]:
    """Yield the lines between the fronts and backs of folded cards, as `_axis_of` does."""
    for front, back in card_slots(stock, PrintMode.FOLD):
        is_vertical = front.rect.y == back.rect.y
        yield is_vertical, round(back.rect.x if is_vertical else back.rect.y, 3)


def _iter_crop_marks(grid: _CutGrid) -> Iterator[Segment]:
    """Yield the crop marks on all four sides, as long as the paper's margin allows."""
    left, top, right, bottom = grid.edges
    width, height = grid.sheet
    for edge, direction, space in ((top, -1, top), (bottom, 1, height - bottom)):
        end = min(MARK_OFFSET_MM + MARK_LENGTH_MM, space - PAPER_MARGIN_MM)
        if end > MARK_OFFSET_MM + MIN_MARK_MM:
            yield from ((x, edge + direction * MARK_OFFSET_MM, x, edge + direction * end) for x in grid.xs)
    for edge, direction, space in ((left, -1, left), (right, 1, width - right)):
        end = min(MARK_OFFSET_MM + MARK_LENGTH_MM, space - PAPER_MARGIN_MM)
        if end > MARK_OFFSET_MM + MIN_MARK_MM:
            yield from ((edge + direction * MARK_OFFSET_MM, y, edge + direction * end, y) for y in grid.ys)


def _iter_guides(grid: _CutGrid) -> Iterator[Segment]:
    """Yield the lines between cards, without those around all of them."""
    left, top, right, bottom = grid.edges
    width, height = grid.sheet
    for x in grid.xs:
        if left < x < right:
            yield x, max(top, PAPER_MARGIN_MM), x, min(bottom, height - PAPER_MARGIN_MM)
    for y in grid.ys:
        if top < y < bottom:
            yield max(left, PAPER_MARGIN_MM), y, min(right, width - PAPER_MARGIN_MM), y
