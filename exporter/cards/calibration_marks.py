"""The lines and numbers of the calibration sheet: its scales, and a line of known length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.cards.calibration_scales import MAX_READING, MIDDLE_READING, Scale
from exporter.cards.canvas import draw_text_right, text_width
from exporter.cards.crop_marks import PAPER_MARGIN_MM, Segment
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.stocks import POINTS_PER_MM, Stock
from exporter.cards.text_style import BOLD, REGULAR

TICK_MM, LABELLED_TICK_MM, MIDDLE_TICK_MM, HALF_TICK_MM = 2.2, 3.2, 4.5, 1.2
"""Length of the marks of a scale: each millimetre, each fifth, the middle, and between two."""
LABEL_STEP = 5
"""Each fifth millimetre has its number; at 8 pt, two figures are 3.2 mm wide."""
LABEL_SIZE_PT, NAME_SIZE_PT = 8.0, 14.0
"""Sizes of the numbers on a scale, and of its letter."""
SIDE_DEPTH_MM, TOP_DEPTH_MM = 10.0, 7.8
"""Space that a scale takes from its base line inwards, with its numbers: at the left or right, at the top."""
LINES_MM = (100.0, 50.0)
"""Lengths of the line that shows whether the printer scales; the first is used that fits."""
LINE_HEIGHT_MM, LINE_ROOM_MM = 7.5, 4.5
"""Height of that line above the lower edge (printers leave up to 5 mm white), and the room for its label."""


def _inwards(scale: Scale, stock: Stock) -> int:
    """Return where a scale has its marks: 1 for right of its base line or below it, -1 for left."""
    return -1 if scale.is_vertical and scale.x > stock.sheet[0] / 2 else 1


def iter_marks(scale: Scale, stock: Stock) -> Iterator[Segment]:
    """Yield the base line of a scale, and its marks."""
    start, end = -MIDDLE_READING, MAX_READING - MIDDLE_READING
    inwards = _inwards(scale, stock)
    yield _across(scale, start, 0, end, 0)
    for half in range(int(2 * start), int(2 * end) + 1):
        length = HALF_TICK_MM if half % 2 else TICK_MM
        if half % (2 * LABEL_STEP) == 0:
            length = LABELLED_TICK_MM if half else MIDDLE_TICK_MM
        yield _across(scale, half / 2, 0, half / 2, inwards * length)


def _across(scale: Scale, along1: float, across1: float, along2: float, across2: float) -> Segment:
    """Return a line by distances from the middle of a scale, along its base line and across it."""
    if scale.is_vertical:
        return scale.x + across1, scale.y + along1, scale.x + across2, scale.y + along2
    return scale.x + along1, scale.y + across1, scale.x + along2, scale.y + across2


def draw_labels(canvas: PdfCanvas, stock: Stock, scales: Sequence[Scale], names: str) -> None:
    """Draw the numbers of the scales, and their letters, which are `names`."""
    height = stock.sheet[1]
    for scale, name in zip(scales, names, strict=True):
        inwards = _inwards(scale, stock)
        for reading in range(0, int(MAX_READING) + 1, LABEL_STEP):
            style = BOLD if reading == MIDDLE_READING else REGULAR
            along, label = reading - MIDDLE_READING, str(reading)
            size, width = LABEL_SIZE_PT, text_width(canvas.fonts, style, LABEL_SIZE_PT, label)
            if scale.is_vertical:
                x = (scale.x + inwards * (MIDDLE_TICK_MM + 0.8)) * POINTS_PER_MM
                y = (height - scale.y - along) * POINTS_PER_MM - size * 0.36
                canvas.text(x if inwards > 0 else x - width, y, style, size, label)
            else:
                y = (height - scale.y - MIDDLE_TICK_MM - 0.5) * POINTS_PER_MM - size * 0.75
                canvas.text((scale.x + along) * POINTS_PER_MM - width / 2, y, style, size, label)
        start = MIDDLE_READING + 3
        if scale.is_vertical:
            x, y = scale.x, height - scale.y + start - 1
        else:
            x, y = scale.x - start - 1, height - scale.y - 3
        if inwards > 0 and scale.is_vertical:
            canvas.text(x * POINTS_PER_MM, y * POINTS_PER_MM, BOLD, NAME_SIZE_PT, name)
        else:
            draw_text_right(canvas, x * POINTS_PER_MM, y * POINTS_PER_MM, BOLD, NAME_SIZE_PT, name)


def check_line_length(stock: Stock) -> float:
    """Return the length of the line that shows whether the printer scales, in millimetres."""
    room = stock.sheet[0] - 2 * (stock.bleed + PAPER_MARGIN_MM)
    return next((length for length in LINES_MM if length <= room), LINES_MM[-1])


def check_line(stock: Stock, length: float) -> Iterator[Segment]:
    """Yield the line that shows whether the printer scales, with its ends."""
    left, y = (stock.sheet[0] - length) / 2, stock.sheet[1] - stock.bleed - LINE_HEIGHT_MM
    yield left, y, left + length, y
    yield left, y - 1.5, left, y + 1.5
    yield left + length, y - 1.5, left + length, y + 1.5


def draw_check_line_label(canvas: PdfCanvas, stock: Stock, length: float) -> None:
    """Draw the length of that line above it."""
    label = f"{length:g} mm"
    width = text_width(canvas.fonts, BOLD, LABEL_SIZE_PT, label)
    x = stock.sheet[0] / 2 * POINTS_PER_MM - width / 2
    canvas.text(x, (stock.bleed + LINE_HEIGHT_MM + 1) * POINTS_PER_MM, BOLD, LABEL_SIZE_PT, label)
