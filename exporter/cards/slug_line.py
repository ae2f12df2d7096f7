"""The slug line: the line below the cards that names the sheet and says how it is printed.

With it comes the scale bar, a line of 100 mm that shows whether the sheet was printed at 100 %.
"""

from __future__ import annotations

from typing import NamedTuple

from exporter.cards.canvas import text_width
from exporter.cards.crop_marks import MARK_LENGTH_MM, MARK_OFFSET_MM, PAPER_MARGIN_MM
from exporter.cards.font_set import Fonts, Used
from exporter.cards.imposition import Side, card_rects, has_turned_backs
from exporter.cards.one_line import truncate
from exporter.cards.pdf_canvas import CANVAS_END, PdfCanvas
from exporter.cards.printed_words import printable_words
from exporter.cards.stocks import POINTS_PER_MM, Stock
from exporter.cards.text_style import REGULAR
from exporter.config.choices import PrintMode
from exporter.config.words import Words, fill

SLUG_SIZE_PT = 8.0
"""Type size of the slug line: the smallest that is read at arm's length, as in the heads of cards."""
MIN_TITLE_PT = 60.0
"""Width that a title needs, about 14 letters; where less is left, the line begins at the paper's margin."""
MIN_BAND_MM = 8.0  # unmeasured
"""Smallest height of the free band below the cards for it to hold the slug line."""
MIN_BAND_WITH_MARKS_MM = 14.0
"""Height of the band from which the slug line is below the crop marks; in a lower one it is in the middle."""
MARK_GAP_MM = 6.0  # unmeasured
"""Distance of the slug line from the end of the crop marks."""
MIN_BASE_LINE_MM = PAPER_MARGIN_MM + 1.5
"""Smallest distance of the base line from the paper's edge: descenders stay out of the paper's margin."""
BAR_LENGTH_MM, BAR_TICK_MM = 100, 1.0
"""Length of the scale bar, and half that of the ticks at its ends."""
BAR_WIDTH_PT = 0.5
BAR_DISTANCE_MM = 5.0
"""Distance of the scale bar from the slug line's base line: ticks and letters (2.8 mm) stay 1 mm apart."""
BAR_CAPTION = f"{BAR_LENGTH_MM} mm"
BAR_CAPTION_GAP_MM = 2.0
SEPARATOR = " · "


def print_instruction(mode: PrintMode, words: Words) -> str:
    """Return how sheets are printed in a mode, in a few words."""
    match mode:
        case PrintMode.LONG_EDGE:
            return words.print_long_edge
        case PrintMode.SHORT_EDGE:
            return words.print_short_edge
        case PrintMode.FOLD:
            return words.print_fold
        case PrintMode.FRONTS_BACKS:
            return words.print_fronts_backs
        case PrintMode.SINGLE:
            return words.print_single


class SlugLine(NamedTuple):
    """The slug line of one side: its operators around the sheet's number, or those of each sheet."""

    before: str
    after: str
    used: Used
    lines: tuple[str, ...] = ()

    def on_sheet(self, sheet: int) -> str:
        """Return the operators for a sheet; `sheet` is its index, from 0."""
        if self.lines:
            return self.lines[sheet]
        return f"{self.before}({sheet + 1}) Tj{self.after}"


def slug_line(
    side: Side, stock: Stock, *, mode: PrintMode, sheets: int, title: str, words: Words, fonts: Fonts
) -> SlugLine | None:
    """Return the slug line of one side of `sheets` sheets, with the scale bar where both have room.

    None if there is no room below the cards, or the sheet is one card.
    """
    words = printable_words(words, fonts)
    rects = card_rects(stock, mode, side)
    band = stock.sheet[1] - max(rect.y + rect.height for rect in rects)
    if stock.is_one_card or band < MIN_BAND_MM:
        return None
    before, _, after = fill(words.sheet_of, total=sheets).partition("{number}")
    after += f"{_describe_side(side, stock, mode, words)}{SEPARATOR}{print_instruction(mode, words)}"
    width = text_width(fonts, REGULAR, SLUG_SIZE_PT, f"{SEPARATOR}{before}{sheets}{after}")
    title_width = min(MIN_TITLE_PT, text_width(fonts, REGULAR, SLUG_SIZE_PT, title))
    for left in (max(PAPER_MARGIN_MM, min(rect.x for rect in rects)), PAPER_MARGIN_MM):
        room = (stock.sheet[0] - PAPER_MARGIN_MM - left) * POINTS_PER_MM - width
        if room >= title_width:
            break
    if room < 0:
        return None
    y = _base_line_mm(band)
    if room >= title_width:
        before = truncate(title, fonts, size=SLUG_SIZE_PT, max_width=room) + SEPARATOR + before
    if not words.sheet_of.isascii():
        # the number is shaped and ordered with its line, and not in the font of the text before it
        canvases = [PdfCanvas(fonts) for _ in range(sheets)]
        for number, canvas in enumerate(canvases, 1):
            _draw_scale_bar(canvas, stock, left=left, band=band, base_line=y)
            text = f"{before}{number}{after}"
            canvas.text(left * POINTS_PER_MM, y * POINTS_PER_MM, REGULAR, SLUG_SIZE_PT, text)
        used = tuple(part for canvas in canvases for part in canvas.used())
        return SlugLine("", "", used, tuple(canvas.result() for canvas in canvases))
    canvas = PdfCanvas(fonts)
    _draw_scale_bar(canvas, stock, left=left, band=band, base_line=y)
    canvas.text(left * POINTS_PER_MM, y * POINTS_PER_MM, REGULAR, SLUG_SIZE_PT, before)
    operators = canvas.result().removesuffix(CANVAS_END)
    canvas.append_text(REGULAR, SLUG_SIZE_PT, after)
    return SlugLine(operators, "\n" + canvas.result().removeprefix(operators), canvas.used())


def _describe_side(side: Side, stock: Stock, mode: PrintMode, words: Words) -> str:
    """Return which side of its sheet a page is, and whether its backs are turned."""
    is_turned = has_turned_backs(stock, mode)
    if mode is PrintMode.FOLD:
        return f"{SEPARATOR}{words.answers} {words.turned}" if is_turned else ""
    if not mode.two_sided:
        return ""
    sides = words.fronts if side is Side.FRONT else words.backs
    return f"{SEPARATOR}{sides}" + (f" {words.turned}" if is_turned and side is Side.BACK else "")


def _base_line_mm(band: float) -> float:
    """Return the height of the slug line above the sheet's lower edge; `band` is the free height there."""
    if band > MIN_BAND_WITH_MARKS_MM:
        return max(MIN_BASE_LINE_MM, band - MARK_OFFSET_MM - MARK_LENGTH_MM - MARK_GAP_MM)
    return band / 2 - 1


def _draw_scale_bar(canvas: PdfCanvas, stock: Stock, *, left: float, band: float, base_line: float) -> None:
    """Draw the scale bar below the slug line, or above it; not at all if there is room for neither.

    `left`, the height of the free `band` and the slug line's `base_line` are in millimetres.
    """
    marks = 0.0 if stock.is_perforated else MARK_LENGTH_MM
    top = band - MARK_OFFSET_MM - marks - BAR_TICK_MM
    heights = (base_line - BAR_DISTANCE_MM, base_line + BAR_DISTANCE_MM)
    y = next((height for height in heights if MIN_BASE_LINE_MM <= height <= top), None)
    right, end = left + BAR_LENGTH_MM, stock.sheet[0] - PAPER_MARGIN_MM
    caption_width = text_width(canvas.fonts, REGULAR, SLUG_SIZE_PT, BAR_CAPTION) / POINTS_PER_MM
    if y is None or right + BAR_CAPTION_GAP_MM + caption_width > end:
        return
    for x1, y1, x2, y2 in (
        (left, y, right, y),
        *((x, y - BAR_TICK_MM, x, y + BAR_TICK_MM) for x in (left, right)),
    ):
        points = [(x * POINTS_PER_MM, height * POINTS_PER_MM) for x, height in ((x1, y1), (x2, y2))]
        canvas.path(points, BAR_WIDTH_PT)
    x, height = (right + BAR_CAPTION_GAP_MM) * POINTS_PER_MM, (y - BAR_TICK_MM) * POINTS_PER_MM
    canvas.text(x, height, REGULAR, SLUG_SIZE_PT, BAR_CAPTION)
