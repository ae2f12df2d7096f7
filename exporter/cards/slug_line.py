"""The slug line: the line below the cards that names the sheet and says how it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from exporter.cards.canvas import text_width
from exporter.cards.card_renderer import truncate
from exporter.cards.crop_marks import MARK_LENGTH_MM, MARK_OFFSET_MM, PAPER_MARGIN_MM
from exporter.cards.font_set import Fonts, Used
from exporter.cards.imposition import Side, card_rects
from exporter.cards.pdf_canvas import CANVAS_END, PdfCanvas
from exporter.cards.stocks import POINTS_PER_MM, Stock
from exporter.cards.text_style import REGULAR
from exporter.config.choices import PrintMode

SLUG_SIZE_PT = 7.0  # unmeasured
MIN_BAND_MM = 8.0  # unmeasured
"""Smallest height of the free band below the cards for it to hold the slug line."""
MIN_BAND_WITH_MARKS_MM = 14.0
"""Height of the band from which the slug line is below the crop marks; in a lower one it is in the middle."""
MARK_GAP_MM = 6.0  # unmeasured
"""Distance of the slug line from the end of the crop marks."""
MIN_BASE_LINE_MM = PAPER_MARGIN_MM + 1.5
"""Smallest distance of the base line from the paper's edge: descenders stay out of the paper's margin."""
PRINT_INSTRUCTIONS: Mapping[PrintMode, str] = {
    PrintMode.LONG_EDGE: "print at 100 %, on both sides, flip on the long edge",
    PrintMode.SHORT_EDGE: "print at 100 %, on both sides, flip on the short edge",
    PrintMode.FOLD: "print at 100 %, on one side, fold between question and answer",
    PrintMode.FRONTS_BACKS: "print at 100 %, fronts first, turn the stack over on its long edge, then backs",
    PrintMode.SINGLE: "print at 100 %, on one side",
}


class SlugLine(NamedTuple):
    """The slug line of one side: its operators before and after the sheet's number."""

    before: str
    after: str
    used: Used

    def on_sheet(self, sheet: int) -> str:
        """Return the operators for a sheet; `sheet` is its index, from 0."""
        return f"{self.before}({sheet + 1}) Tj{self.after}"


def slug_line(
    side: Side, stock: Stock, *, mode: PrintMode, sheets: int, title: str, fonts: Fonts
) -> SlugLine | None:
    """Return the slug line of one side of `sheets` sheets; None if there is no room below the cards, or the
    sheet is one card."""
    rects = card_rects(stock, mode, side)
    band = stock.sheet[1] - max(rect.y + rect.height for rect in rects)
    if stock.is_one_card or band < MIN_BAND_MM:
        return None
    sides = f" · {side}s" if mode.two_sided else ""
    canvas = PdfCanvas(fonts)
    before, after = " · sheet ", f" of {sheets}{sides} · {PRINT_INSTRUCTIONS[mode]}"
    left = max(PAPER_MARGIN_MM, min(rect.x for rect in rects)) * POINTS_PER_MM
    width = text_width(fonts, REGULAR, SLUG_SIZE_PT, f"{before}{sheets}{after}")
    title_width = (stock.sheet[0] - PAPER_MARGIN_MM) * POINTS_PER_MM - left - width
    y = band / 2 - 1
    if band > MIN_BAND_WITH_MARKS_MM:
        y = max(MIN_BASE_LINE_MM, band - MARK_OFFSET_MM - MARK_LENGTH_MM - MARK_GAP_MM)
    start = truncate(title, fonts, size=SLUG_SIZE_PT, max_width=title_width) + before
    canvas.text(left, y * POINTS_PER_MM, REGULAR, SLUG_SIZE_PT, start)
    operators = canvas.result().removesuffix(CANVAS_END)
    canvas.append_text(REGULAR, SLUG_SIZE_PT, after)
    return SlugLine(operators, "\n" + canvas.result().removeprefix(operators), canvas.used())
