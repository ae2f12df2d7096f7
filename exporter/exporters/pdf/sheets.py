"""Sheets: cards, cut marks and the small line on each page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from exporter.exporters.pdf import fonts as face
from exporter.exporters.pdf.cards import MILLIMETRE
from exporter.exporters.pdf.fonts import Fonts
from exporter.exporters.pdf.geometry import Duplex, Page, Place, Side
from exporter.exporters.pdf.ink import GREY, Ink, number
from exporter.exporters.pdf.stocks import Stock

MARK_OFFSET, MARK_LENGTH = 3.0, 6.0
"""How far crop marks stand off the cards, and how long they are, in millimetres."""
EDGE = 5.0
"""What is left free along the sheet's edge, in millimetres: printers do not reach it."""
MARK_STYLE = "0.4 G 0.5 w [] 0 d"
GUIDE_STYLE = "0.55 G 0.5 w [0.5 2] 0 d"
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


def content(
    page: Page, faces: Sequence[Mapping[Side, str]], stock: Stock, furniture: str, correction: Correction
) -> str:
    """Return the operators of a page; `faces` holds each card's sides, `furniture` marks and line."""
    parts = ["q", correction.operator(stock), furniture]
    for card, place in page.cards:
        parts += ("q", placed(place, stock), faces[card][place.side], "Q")
    parts.append("Q\n")
    return "\n".join(filter(None, parts))


def small_line(page: Page, sheets: int, title: str, duplex: Duplex, stock: Stock, fonts: Fonts) -> str:
    """Return the operators of the line that says what a sheet is and how it is printed.

    It stands in the band below the cards; stock without such a band has none.
    """
    bottom = stock.sheet[1] - max(slot.y + slot.height for slot in stock.slots)
    if bottom < LEAST_BAND:
        return ""
    sides = f" · {page.side}s" if duplex.two_sided else ""
    words = f"{title} · sheet {page.sheet + 1} of {sheets}{sides} · {FLIPS[duplex]}"
    ink = Ink(fonts)
    left = max(EDGE, stock.left) * MILLIMETRE
    y = max(EDGE + 1.5, bottom - MARK_OFFSET - MARK_LENGTH - 6) if bottom > 14 else EDGE + 0.5
    ink.text(left, y * MILLIMETRE, face.REGULAR, LINE_SIZE, words, GREY)
    return ink.operators()


def marks(stock: Stock, side: Side, kind: str) -> str:
    """Return the operators of the cut marks: crop marks outside the cards, guides between them.

    Guides are on fronts alone, for on a back they would show as soon as the printer drifts.
    """
    if stock.perforated or kind == "none":
        return ""
    parts = []
    if kind in ("auto", "crop"):
        parts += [MARK_STYLE, *_lines(_crop_marks(stock), stock)]
    if kind in ("auto", "guides") and side is Side.FRONT:
        parts += [GUIDE_STYLE, *_lines(_guides(stock), stock)]
    return "\n".join((*parts, "[] 0 d"))


Segment = tuple[float, float, float, float]


def _lines(segments: Iterator[Segment], stock: Stock) -> Iterator[str]:
    height = stock.sheet[1]
    for x1, y1, x2, y2 in segments:
        a, b, c, d = (number(length * MILLIMETRE) for length in (x1, height - y1, x2, height - y2))
        yield f"{a} {b} m {c} {d} l S"


def _cuts(stock: Stock) -> tuple[list[float], list[float]]:
    """Return where cuts run upright and level, in millimetres; a sheet's own edge is none."""
    width, height = stock.sheet
    upright = {round(x, 3) for slot in stock.slots for x in (slot.x, slot.x + slot.width)}
    level = {round(y, 3) for slot in stock.slots for y in (slot.y, slot.y + slot.height)}
    return (
        sorted(x for x in upright if 1 < x < width - 1),
        sorted(y for y in level if 1 < y < height - 1),
    )


def _extent(stock: Stock) -> Segment:
    first, last = stock.slots[0], stock.slots[-1]
    return first.x, first.y, last.x + last.width, last.y + last.height


def _crop_marks(stock: Stock) -> Iterator[Segment]:
    left, top, right, bottom = _extent(stock)
    width, height = stock.sheet
    upright, level = _cuts(stock)
    for x in upright:
        for near, far, end in ((top, 0.0, -1), (bottom, height, 1)):
            reach = min(MARK_OFFSET + MARK_LENGTH, abs(far - near) - EDGE)
            if reach > MARK_OFFSET + 1:
                yield x, near + end * MARK_OFFSET, x, near + end * reach
    for y in level:
        for near, far, end in ((left, 0.0, -1), (right, width, 1)):
            reach = min(MARK_OFFSET + MARK_LENGTH, abs(far - near) - EDGE)
            if reach > MARK_OFFSET + 1:
                yield near + end * MARK_OFFSET, y, near + end * reach, y


def _guides(stock: Stock) -> Iterator[Segment]:
    left, top, right, bottom = _extent(stock)
    width, height = stock.sheet
    upright, level = _cuts(stock)
    for x in upright:
        if left < x < right - 0.01:
            yield x, max(top, EDGE), x, min(bottom, height - EDGE)
    for y in level:
        if top < y < bottom - 0.01:
            yield max(left, EDGE), y, min(right, width - EDGE), y
