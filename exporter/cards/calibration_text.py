"""The instructions on the calibration sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from exporter.cards import bidi
from exporter.cards.calibration_marks import LINE_HEIGHT_MM, LINE_ROOM_MM, SIDE_DEPTH_MM, TOP_DEPTH_MM
from exporter.cards.calibration_scales import Scale, too_small
from exporter.cards.canvas import draw_text_right, text_width
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import Side
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.printer_correction import PrinterCorrection
from exporter.cards.slug_line import print_instruction
from exporter.cards.stocks import POINTS_PER_MM, Stock
from exporter.cards.text_style import BOLD, REGULAR, Style
from exporter.config.choices import PrintMode
from exporter.config.words import Words, capitalize, fill

TEXT_SIZES_PT = (12.0, 10.0, 9.0, 8.0)
"""Sizes of the instructions; the largest is used that fits."""
LEADING = 1.25
"""Distance of the base lines, as a multiple of the size."""
MAX_TEXT_WIDTH_MM = 150.0
"""Longest line of the instructions: about 75 characters of 12 pt."""
_BREAKS = re.compile(r"[\u2e80-\uffef][\u3001\u3002\uff0c\uff1a\uff1b\uff1f]? *|[^ \u2e80-\uffef]+ *| +")
"""What is not divided between lines: words, and ideographs with the mark after them."""
NO_BREAK = "\N{NO-BREAK SPACE}"
SCALE_NAMES = {Side.FRONT: "ABC", Side.BACK: "DEF"}


class SheetText(NamedTuple):
    """The instructions on a side: a heading, and below it the first of the `versions` that fits."""

    heading: str
    versions: tuple[tuple[str, ...], ...]


def sheet_text(
    stock: Stock,
    mode: PrintMode,
    *,
    side: Side,
    length: float,
    number: str,
    correction: PrinterCorrection,
    words: Words,
) -> SheetText:
    """Return the instructions on a side of a sheet with a number and a line of `length` mm."""
    names = dict(zip("abc", SCALE_NAMES[side], strict=True))
    sides = words.front if side is Side.FRONT else words.back
    heading = f"{words.calibration_sheet} {number} · {sides}"
    values = (correction.right, correction.down, correction.clockwise)
    right, down, turn = (f"{value:g}" for value in values)
    printed = _fill(words.printed_with, right=right, down=down, turn=turn)
    if side is Side.BACK:
        back = _fill(words.read_back, **names)
        return SheetText(heading, ((back, printed), (back,)))
    command = f"exporter calibrate --sheet {number} --front A B C"
    if mode.two_sided:
        command += " --back D E F"
    steps = (f"1. {words.fold_sheet}", f"2. {_fill(words.read_scales, **names)}", f"3. {command}")
    instruction = capitalize(print_instruction(mode, words)) + words.fold_sheet[-1:]
    scaled = f"{instruction} {_fill(words.printer_scales, length=f'{length:g}')}"
    x, y = (f"{side / 2 - stock.bleed:g}" for side in stock.sheet)
    card = _fill(words.thick_card, x=x, y=y)
    brief = _fill(words.read_briefly, **names)
    return SheetText(
        heading, ((*steps, "", scaled, card, printed), (*steps, "", scaled), steps, (brief, command))
    )


def _fill(text: str, **values: str) -> str:
    """Return a sentence with its values, of which each stays on the line of its millimetres."""
    return fill(text.replace("} mm", f"}}{NO_BREAK}mm"), **values)


def draw_text(canvas: PdfCanvas, stock: Stock, scales: Sequence[Scale], text: SheetText) -> None:
    """Draw the instructions between the scales: below the middle if there is room, else from the top.

    Raise `SettingError` if there is none.
    """
    width, height = stock.sheet
    inner = width - 2 * (scales[1].x + SIDE_DEPTH_MM)
    bottom = stock.bleed + LINE_HEIGHT_MM + LINE_ROOM_MM
    room = min(inner, MAX_TEXT_WIDTH_MM) * POINTS_PER_MM
    for paragraphs in text.versions:
        for top in (height / 2 - 4, height - scales[0].y - TOP_DEPTH_MM):
            for size in TEXT_SIZES_PT:
                lines = [
                    *((BOLD, line) for line in _wrap(canvas.fonts, BOLD, size, [text.heading], room)),
                    *((REGULAR, line) for line in _wrap(canvas.fonts, REGULAR, size, paragraphs, room)),
                ]
                leading = size * LEADING
                if len(lines) * leading > (top - bottom) * POINTS_PER_MM:
                    continue
                x, y = (width * POINTS_PER_MM - room) / 2, top * POINTS_PER_MM - size
                for index, (style, line) in enumerate(lines):
                    if bidi.is_rtl(lines[0][1]):
                        draw_text_right(canvas, x + room, y - index * leading, style, size, line)
                        continue
                    canvas.text(x, y - index * leading, style, size, line)
                return
    raise too_small(stock)


def _wrap(fonts: Fonts, style: Style, size: float, paragraphs: Sequence[str], room: float) -> list[str]:
    """Return the lines of paragraphs, each as full as `room` points allow."""
    lines = []
    for paragraph in paragraphs:
        line = ""
        for word in _BREAKS.findall(paragraph):
            longer = line + word
            if line and text_width(fonts, style, size, longer.rstrip(" ")) > room:
                lines.append(line.rstrip(" "))
                longer = word
            line = longer
        lines.append(line.rstrip(" "))
    return lines
