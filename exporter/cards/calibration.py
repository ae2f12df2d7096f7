"""The calibration sheet: rulers on both sides of a sheet that show how far a printer drifts."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, degrees

from exporter.cards.crop_marks import Segment, line_operators
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import Side
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.pdf_document import DocumentInfo, PdfDocument, compress
from exporter.cards.printer_correction import read_correction
from exporter.cards.slug_line import PRINT_INSTRUCTIONS
from exporter.cards.stocks import POINTS_PER_MM, Stock, find_stock
from exporter.cards.text_style import BOLD, REGULAR
from exporter.config.choices import PrintMode
from exporter.config.settings import SettingError, Settings

FIRST_MM, LAST_MM, TARGET_MM = 10, 30, 20
"""Begin and end of the rulers, and the line that should be read, in millimetres from the paper's edge."""
SCALE_REACH_MM, SCALE_OFFSET_MM, CROSS_REACH_MM = 6, 9, 12
"""Half the length of a target's scales, their distance from its centre, and half the size of a cross."""
LINE_STYLE = "0 G 0.4 w [] 0 d"
"""PDF operators: black, 0.4 pt wide, solid."""
TEXT_SIZE_PT = 9.0
LEADING_PT = TEXT_SIZE_PT * 1.6
TEXT_MARGIN_MM = 25.0
TEXT_HEIGHT_SHARE = 0.36
"""Height of the first line of text, as a fraction of the sheet's height: below the targets."""


def calibration_sheet(settings: Settings) -> bytes:
    """Return the PDF of a sheet that is printed on both sides, measured, and held against the light.

    It has the size of the chosen stock, and the current printer corrections are applied: what is
    read from a sheet is added to them, and the next sheet shows whether they are right.
    Raise `SettingError` for an impossible stock or correction, and for one card a sheet, which is too small.
    """
    stock, mode = find_stock(settings), settings.pdf.print_mode
    if stock.is_one_card:
        raise SettingError(
            f"The rulers have no room on {stock.name}; set `pdf.stock` to sheets of several cards."
        )
    if not mode.two_sided:
        mode = PrintMode.LONG_EDGE
    fonts = Fonts()
    size = stock.sheet[0] * POINTS_PER_MM, stock.sheet[1] * POINTS_PER_MM
    duplex = "DuplexFlipShortEdge" if mode is PrintMode.SHORT_EDGE else "DuplexFlipLongEdge"
    document = PdfDocument(
        size, DocumentInfo("Calibration sheet", "Rulers for a printer", "en", 0, duplex), fonts
    )
    for side in Side:
        operators = [read_correction(settings, side).operator(stock), LINE_STYLE]
        operators += line_operators((*_iter_rulers(stock), *_iter_targets(stock, side)), stock)
        operators.append(_instructions(stock, mode, side, fonts))
        document.add_page(compress("q\n" + "\n".join(filter(None, operators)) + "\nQ\n"), str(side))
    return document.to_bytes([])


def _iter_rulers(stock: Stock) -> Iterator[Segment]:
    """Yield the lines of the rulers: A from the left edge, B and C from the upper edge."""
    middle = stock.sheet[1] / 2
    for distance in range(FIRST_MM, LAST_MM + 1):
        length = 12 if distance == TARGET_MM else 6 if distance % 5 == 0 else 3
        yield distance, middle - length, distance, middle
        for x, _ in _target_centres(stock):
            yield x - length, distance, x, distance


def _target_centres(stock: Stock) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the centres of the left and the right target, in millimetres from the upper left corner."""
    width, height = stock.sheet
    return (width * 0.25, height * 0.5), (width * 0.75, height * 0.5)


def _iter_targets(stock: Stock, side: Side) -> Iterator[Segment]:
    """Yield scales on the front, and crosses behind them on the back.

    The targets are symmetric to the centre of the sheet, so that front and back match whichever
    edge the sheet is flipped on.
    """
    for x, y in _target_centres(stock):
        if side is Side.BACK:
            yield x - CROSS_REACH_MM, y, x + CROSS_REACH_MM, y
            yield x, y - CROSS_REACH_MM, x, y + CROSS_REACH_MM
            continue
        for distance in range(-SCALE_REACH_MM, SCALE_REACH_MM + 1):
            length = 2.5 if distance == 0 else 1.5 if distance % 5 == 0 else 1
            top, left = y - SCALE_OFFSET_MM, x - SCALE_OFFSET_MM
            yield x + distance, top - length, x + distance, top + length
            yield left - length, y + distance, left + length, y + distance


def _instructions(stock: Stock, mode: PrintMode, side: Side, fonts: Fonts) -> str:
    """Return the operators of the instructions on a side, and of the names of the rulers."""
    canvas = PdfCanvas(fonts)
    (left, _), (right, _) = _target_centres(stock)
    height = stock.sheet[1]
    prefix = "pdf.printer." if side is Side.FRONT else "pdf.printer.back_"
    degrees_per_mm = degrees(atan2(1, right - left))
    lines = [
        f"Calibration sheet · {side} · {PRINT_INSTRUCTIONS[mode]}",
        "1. Measure from the paper's edge to the longest line of each ruler: A, B and C, in millimetres.",
        f"2. Add {TARGET_MM} - A to {prefix}offset_x",
        f"3. Add {TARGET_MM} - (B + C) / 2 to {prefix}offset_y",
        f"4. Add (B - C) × {degrees_per_mm:.2f} to {prefix}rotation",
        "5. Print this sheet again. Against the light, the crosses of the back are now in the middle",
        "of the scales of the front; one mark is 1 mm.",
    ]
    y = height * TEXT_HEIGHT_SHARE * POINTS_PER_MM
    for index, line in enumerate(lines):
        style = REGULAR if index else BOLD
        canvas.text(TEXT_MARGIN_MM * POINTS_PER_MM, y - index * LEADING_PT, style, TEXT_SIZE_PT, line)
    names = (("A", LAST_MM + 2, height / 2), ("B", left, LAST_MM + 5), ("C", right, LAST_MM + 5))
    for name, x, down in names:
        canvas.text(x * POINTS_PER_MM, (height - down) * POINTS_PER_MM, BOLD, TEXT_SIZE_PT * 1.5, name)
    fonts.use(canvas.used())
    return canvas.result()
