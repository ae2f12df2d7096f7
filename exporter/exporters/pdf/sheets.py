"""Sheets: cards, cut marks and the small line on each page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import NamedTuple

from exporter.exporters.pdf import fonts as face
from exporter.exporters.pdf.cards import cut
from exporter.exporters.pdf.fonts import Fonts, Used
from exporter.exporters.pdf.geometry import Duplex, Page, Place, Side, mirrored, slots
from exporter.exporters.pdf.ink import GREY, Ink, number
from exporter.exporters.pdf.stocks import MILLIMETRE, Rect, Stock

MARK_OFFSET, MARK_LENGTH = 3.0, 6.0
"""How far crop marks stand off the cards, and how long they are, in millimetres."""
EDGE = 5.0
"""What is left free along the sheet's edge, in millimetres: printers do not reach it."""
MARK_STYLE = "0.4 G 0.5 w [] 0 d"
GUIDE_STYLE = "0.55 G 0.5 w [0.5 2] 0 d"
FOLD_STYLE = "0.55 G 0.5 w [4 4] 0 d"
LINE_SIZE = 7.0
LEAST_BAND = 8.0
"""How high the free band below the cards must be to hold the small line, in millimetres."""

FLIPS: Mapping[Duplex, str] = {
    Duplex.LONG_EDGE: "print at 100 %, on both sides, flip on the long edge",
    Duplex.SHORT_EDGE: "print at 100 %, on both sides, flip on the short edge",
    Duplex.FOLD: "print at 100 %, on one side, fold between question and answer",
    Duplex.FRONTS_BACKS: "print at 100 %, fronts first, turn the stack over on its long edge, then backs",
    Duplex.SINGLE: "print at 100 %, on one side",
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What sets a printer's drift right: millimetres to the right and down, degrees clockwise."""

    right: float = 0.0
    down: float = 0.0
    clockwise: float = 0.0

    def operator(self, stock: Stock) -> str:
        """Return the operator that moves and turns the whole page about its middle."""
        if not (self.right or self.down or self.clockwise):
            return ""
        x, y = (side * MILLIMETRE / 2 for side in stock.sheet)
        c, s = cos(radians(-self.clockwise)), sin(radians(-self.clockwise))
        e = x - c * x + s * y + self.right * MILLIMETRE
        f = y - s * x - c * y - self.down * MILLIMETRE
        return f"{c:.6f} {s:.6f} {-s:.6f} {c:.6f} {e:.3f} {f:.3f} cm"


def placed(place: Place, stock: Stock) -> str:
    """Return the operator that takes a card's face to its place on the page."""
    rect = place.rect
    x, y = rect.x, stock.sheet[1] - rect.y - rect.height
    if place.turned:
        return (
            f"-1 0 0 -1 {number((x + rect.width) * MILLIMETRE)} {number((y + rect.height) * MILLIMETRE)} cm"
        )
    return f"1 0 0 1 {number(x * MILLIMETRE)} {number(y * MILLIMETRE)} cm"


def content(page: Page, faces: Sequence[str], stock: Stock, around: Sequence[str]) -> tuple[str, list[int]]:
    """Return the operators of a page, and where in them each face begins.

    `faces` are the operators of its cards, `around` those of what stands around them.
    """
    parts = ["q", *filter(None, around)]
    length = sum(map(len, parts)) + len(parts)
    starts = []
    for operators, (_, place) in zip(faces, page.cards, strict=True):
        before = f"q\n{placed(place, stock)}"
        parts += (before, operators, "Q")
        starts.append(length + len(before) + 1)
        length = starts[-1] + len(operators) + 3
    return "\n".join((*parts, "Q\n")), starts


def rects(stock: Stock, duplex: Duplex, side: Side) -> tuple[Rect, ...]:
    """Return the rectangles of all cards on one side of a sheet."""
    if side is Side.BACK:
        return tuple(mirrored(slot, stock, duplex).rect for slot in stock.slots)
    return stock.slots


class SmallLine(NamedTuple):
    """The line below the cards of a side: its operators before and after the sheet's number."""

    before: str
    after: str
    used: Used

    def on(self, sheet: int) -> str:
        """Return the operators on one sheet; sheets count from 0."""
        return f"{self.before}({sheet + 1}) Tj{self.after}"


def small_line(
    side: Side, sheets: int, title: str, duplex: Duplex, stock: Stock, fonts: Fonts
) -> SmallLine | None:
    """Return the line that says what a sheet is and how it is printed.

    It stands in the band below the cards; stock without such a band has none.
    """
    cards = rects(stock, duplex, side)
    band = stock.sheet[1] - max(rect.y + rect.height for rect in cards)
    if band < LEAST_BAND:
        return None
    sides = f" · {side}s" if duplex.two_sided else ""
    ink = Ink(fonts)
    first, last = " · sheet ", f" of {sheets}{sides} · {FLIPS[duplex]}"
    left = max(EDGE, min(rect.x for rect in cards)) * MILLIMETRE
    words = ink.width(face.REGULAR, LINE_SIZE, f"{first}{sheets}{last}")
    room = (stock.sheet[0] - EDGE) * MILLIMETRE - left - words
    y = max(EDGE + 1.5, band - MARK_OFFSET - MARK_LENGTH - 6) if band > 14 else band / 2 - 1
    ink.text(left, y * MILLIMETRE, face.REGULAR, LINE_SIZE, cut(title, ink, LINE_SIZE, room) + first, GREY)
    before = ink.operators().removesuffix("ET")
    ink.more(face.REGULAR, LINE_SIZE, last, GREY)
    return SmallLine(before, "\n" + ink.operators().removeprefix(before), ink.used())


def marks(stock: Stock, duplex: Duplex, side: Side, kind: str) -> str:
    """Return the operators of the cut marks: crop marks outside the cards, guides between them.

    Guides are on fronts alone, for on a back they would show as soon as the printer drifts.
    """
    if stock.perforated or kind == "none":
        return ""
    grid = _grid(rects(stock, duplex, side), stock.sheet)
    parts = []
    if kind in ("auto", "crop"):
        parts += [MARK_STYLE, *lines(_crop_marks(grid), stock)]
    if kind in ("auto", "guides") and side is Side.FRONT:
        folds = set(_folds(stock)) if duplex is Duplex.FOLD else set()
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
        a, b, c, d = (number(length * MILLIMETRE) for length in (x1, height - y1, x2, height - y2))
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
    for front, back in slots(stock, Duplex.FOLD):
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
