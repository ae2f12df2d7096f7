"""Sheets: cards and the small line on each page, set right for the printer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import NamedTuple

from exporter.cards.canvas import Colour, text_width
from exporter.cards.card_renderer import truncate
from exporter.cards.crop_marks import EDGE, MARK_LENGTH, MARK_OFFSET
from exporter.cards.font_set import Fonts, Used
from exporter.cards.imposition import Page, Place, Side, rects
from exporter.cards.pdf_canvas import PdfCanvas, format_number
from exporter.cards.stocks import POINTS_PER_MM, Stock
from exporter.cards.text_style import REGULAR
from exporter.config.choices import PrintMode

LINE_SIZE = 7.0
LEAST_BAND = 8.0
"""How high the free band below the cards must be to hold the small line, in millimetres."""
FLIPS: Mapping[PrintMode, str] = {
    PrintMode.LONG_EDGE: "print at 100 %, on both sides, flip on the long edge",
    PrintMode.SHORT_EDGE: "print at 100 %, on both sides, flip on the short edge",
    PrintMode.FOLD: "print at 100 %, on one side, fold between question and answer",
    PrintMode.FRONTS_BACKS: "print at 100 %, fronts first, turn the stack over on its long edge, then backs",
    PrintMode.SINGLE: "print at 100 %, on one side",
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
        x, y = (side * POINTS_PER_MM / 2 for side in stock.sheet)
        c, s = cos(radians(-self.clockwise)), sin(radians(-self.clockwise))
        e = x - c * x + s * y + self.right * POINTS_PER_MM
        f = y - s * x - c * y - self.down * POINTS_PER_MM
        return f"{c:.6f} {s:.6f} {-s:.6f} {c:.6f} {e:.3f} {f:.3f} cm"


def placed(place: Place, stock: Stock) -> str:
    """Return the operator that takes a card's face to its place on the page."""
    rect = place.rect
    x, y = rect.x, stock.sheet[1] - rect.y - rect.height
    matrix = "1 0 0 1"
    if place.turned:
        x, y, matrix = x + rect.width, y + rect.height, "-1 0 0 -1"
    return f"{matrix} {format_number(x * POINTS_PER_MM)} {format_number(y * POINTS_PER_MM)} cm"


def content(page: Page, sides: Sequence[str], stock: Stock, furniture: Sequence[str]) -> str:
    """Return the operators of a page.

    `sides` are the operators of its cards, `furniture` those of what is printed around them.
    """
    parts = ["q", *filter(None, furniture)]
    for operators, (_, place) in zip(sides, page.cards, strict=True):
        parts += (f"q\n{placed(place, stock)}", operators, "Q")
    return "\n".join((*parts, "Q\n"))


class SlugLine(NamedTuple):
    """The line below the cards of a side: its operators before and after the sheet's number."""

    before: str
    after: str
    used: Used

    def on(self, sheet: int) -> str:
        """Return the operators on one sheet; sheets count from 0."""
        return f"{self.before}({sheet + 1}) Tj{self.after}"


def slug_line(
    side: Side, sheets: int, title: str, duplex: PrintMode, stock: Stock, fonts: Fonts
) -> SlugLine | None:
    """Return the line that says what a sheet is and how it is printed.

    It stands in the band below the cards; stock without such a band has none.
    """
    cards = rects(stock, duplex, side)
    band = stock.sheet[1] - max(rect.y + rect.height for rect in cards)
    if band < LEAST_BAND:
        return None
    sides = f" · {side}s" if duplex.two_sided else ""
    canvas = PdfCanvas(fonts)
    first, last = " · sheet ", f" of {sheets}{sides} · {FLIPS[duplex]}"
    left = max(EDGE, min(rect.x for rect in cards)) * POINTS_PER_MM
    words = text_width(fonts, REGULAR, LINE_SIZE, f"{first}{sheets}{last}")
    room = (stock.sheet[0] - EDGE) * POINTS_PER_MM - left - words
    y = max(EDGE + 1.5, band - MARK_OFFSET - MARK_LENGTH - 6) if band > 14 else band / 2 - 1
    canvas.text(
        left,
        y * POINTS_PER_MM,
        REGULAR,
        LINE_SIZE,
        truncate(title, fonts, LINE_SIZE, room) + first,
        Colour.GREY,
    )
    before = canvas.result().removesuffix("ET")
    canvas.append_text(REGULAR, LINE_SIZE, last, Colour.GREY)
    return SlugLine(before, "\n" + canvas.result().removeprefix(before), canvas.used())
