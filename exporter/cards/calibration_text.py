"""The instructions on the calibration sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exporter.cards.calibration_marks import LINE_HEIGHT_MM, LINE_ROOM_MM, SIDE_DEPTH_MM, TOP_DEPTH_MM
from exporter.cards.calibration_scales import Scale, too_small
from exporter.cards.canvas import text_width
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import Side
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.printer_correction import PrinterCorrection
from exporter.cards.slug_line import PRINT_INSTRUCTIONS
from exporter.cards.stocks import POINTS_PER_MM, Stock
from exporter.cards.text_style import BOLD, REGULAR, Style
from exporter.config.choices import PrintMode

TEXT_SIZES_PT = (12.0, 10.0, 9.0, 8.0)
"""Sizes of the instructions; the largest is used that fits."""
LEADING = 1.25
"""Distance of the base lines, as a multiple of the size."""
MAX_TEXT_WIDTH_MM = 150.0
"""Longest line of the instructions: about 75 characters of 12 pt."""
NO_BREAK = "\N{NO-BREAK SPACE}"
SCALE_NAMES = {Side.FRONT: "ABC", Side.BACK: "DEF"}


class SheetText(NamedTuple):
    """The instructions on a side: a heading, and below it the first of the `versions` that fits."""

    heading: str
    versions: tuple[tuple[str, ...], ...]


def sheet_text(
    stock: Stock, mode: PrintMode, *, side: Side, length: float, number: str, correction: PrinterCorrection
) -> SheetText:
    """Return the instructions on a side of a sheet with a number and a line of `length` mm."""
    names = "{}, {} and {}".format(*SCALE_NAMES[side])
    heading = f"Calibration sheet {number} · {side}"
    printed = (
        f"Printed with {correction.right:g}{NO_BREAK}mm to the right, {correction.down:g}{NO_BREAK}mm down, "
        f"{correction.clockwise:g}° clockwise."
    )
    if side is Side.BACK:
        back = f"Read {names} on this side, at the same folds."
        return SheetText(heading, ((back, printed), (back,)))
    command = f"exporter calibrate --sheet {number} --front A B C"
    if mode.two_sided:
        command += " --back D E F"
    steps = (
        "1. Fold the sheet in half both ways, edge on edge.",
        f"2. Read {names} at the folds, to a tenth, such as 10.3; 10 is right.",
        f"3. {command}",
    )
    instruction = PRINT_INSTRUCTIONS[mode]
    scaled = (
        f"{instruction[0].upper()}{instruction[1:]}. If the line below is not {length:g}{NO_BREAK}mm long, "
        "the printer scales."
    )
    middle = [f"{side / 2 - stock.bleed:g}{NO_BREAK}mm" for side in stock.sheet]
    card = (
        f"Thick card: do not fold it, but find the middle with a ruler, {middle[0]} from the left edge and "
        f"{middle[1]} from the upper one."
    )
    brief = f"Fold in half both ways. Read {names} at the folds; 10 is right."
    return SheetText(
        heading, ((*steps, "", scaled, card, printed), (*steps, "", scaled), steps, (brief, command))
    )


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
                    canvas.text(x, y - index * leading, style, size, line)
                return
    raise too_small(stock)


def _wrap(fonts: Fonts, style: Style, size: float, paragraphs: Sequence[str], room: float) -> list[str]:
    """Return the lines of paragraphs, each as full as `room` points allow."""
    lines = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".lstrip()
            if line and text_width(fonts, style, size, longer) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines
