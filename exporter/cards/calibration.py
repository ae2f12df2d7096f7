"""Calibration: a two-sided sheet of rulers that shows how far a printer drifts."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, degrees

from exporter.cards import crop_marks, page_content
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import Side
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.pdf_document import About, Document, compressed
from exporter.cards.print_setup import correction, duplex
from exporter.cards.stocks import POINTS_PER_MM, Stock, find_stock
from exporter.cards.text_style import BOLD, REGULAR
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings

FIRST, LAST = 10, 30
"""Where the rulers begin and end, in millimetres from the paper's edge."""
MIDDLE = 20
"""The line of a ruler that is read, in millimetres from the paper's edge."""
REACH, ASIDE, CROSS = 6, 9, 12
"""How far a target's scale runs, how far it lies off the middle, and how far the cross reaches, in mm."""
LINE = "0 G 0.4 w [] 0 d"
SIZE = 9.0
MARGIN = 25.0


def sheet(settings: Settings) -> bytes:
    """Return the PDF of a sheet to be printed on both sides, measured, and held against the light.

    It is made for the sheet of the chosen stock, with the corrections that are set now, so that
    a second sheet shows whether they are right; what is read from it is added to them. Raises
    `SettingError` for a stock or a way of printing that does not exist.
    """
    stock, way = find_stock(settings), duplex(settings)
    if not way.two_sided:
        way = PrintMode.LONG_EDGE
    fonts = Fonts()
    size = stock.sheet[0] * POINTS_PER_MM, stock.sheet[1] * POINTS_PER_MM
    hint = "DuplexFlipShortEdge" if way is PrintMode.SHORT_EDGE else "DuplexFlipLongEdge"
    document = Document(size, About("Calibration sheet", "Rulers for a printer", "en", 0, hint), fonts)
    for side in Side:
        operators = [correction(settings, side).operator(stock), LINE]
        operators += crop_marks.lines((*_rulers(stock), *_targets(stock, side)), stock)
        operators.append(_words(stock, way, side, fonts))
        document.page(compressed("q\n" + "\n".join(filter(None, operators)) + "\nQ\n"), str(side))
    return document.data([])


def _rulers(stock: Stock) -> Iterator[crop_marks.Segment]:
    """Yield the rulers: A from the left edge, B and C from the top edge."""
    down = stock.sheet[1] / 2
    for at in range(FIRST, LAST + 1):
        length = 12 if at == MIDDLE else 6 if at % 5 == 0 else 3
        yield at, down - length, at, down
        for x, _ in _centres(stock):
            yield x - length, at, x, at


def _centres(stock: Stock) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the middles of the two targets, left and right."""
    width, height = stock.sheet
    return (width * 0.25, height * 0.5), (width * 0.75, height * 0.5)


def _targets(stock: Stock, side: Side) -> Iterator[crop_marks.Segment]:
    """Yield scales on the front and, where they come to lie behind them, crosses on the back.

    The targets lie on the middle line of the sheet and mirror each other, so that they meet
    whichever edge the sheet is flipped on.
    """
    for x, y in _centres(stock):
        if side is Side.BACK:
            yield x - CROSS, y, x + CROSS, y
            yield x, y - CROSS, x, y + CROSS
            continue
        for at in range(-REACH, REACH + 1):
            length = 2.5 if at == 0 else 1.5 if at % 5 == 0 else 1
            yield x + at, y - ASIDE - length, x + at, y - ASIDE + length
            yield x - ASIDE - length, y + at, x - ASIDE + length, y + at


def _words(stock: Stock, way: PrintMode, side: Side, fonts: Fonts) -> str:
    """Return what is written on a side: how it is read, and what is done with it."""
    canvas = PdfCanvas(fonts)
    (left, _), (right, _) = _centres(stock)
    height = stock.sheet[1]
    prefix = "pdf.printer." if side is Side.FRONT else "pdf.printer.back_"
    turn = degrees(atan2(1, right - left))
    lines = [
        f"Calibration sheet · {side} · {page_content.FLIPS[way]}",
        "1. Measure from the paper's edge to the longest line of each ruler: A, B and C, in millimetres.",
        f"2. Add {MIDDLE} - A to {prefix}offset_x",
        f"3. Add {MIDDLE} - (B + C) / 2 to {prefix}offset_y",
        f"4. Add (B - C) × {turn:.2f} to {prefix}rotation",
        "5. Print this sheet again. Against the light, the crosses of the back are now in the middle",
        "of the scales of the front; one mark is 1 mm.",
    ]
    y = height * 0.36 * POINTS_PER_MM
    for at, line in enumerate(lines):
        style = BOLD if at == 0 else REGULAR
        canvas.text(MARGIN * POINTS_PER_MM, y - at * SIZE * 1.6, style, SIZE, line)
    for name, x, down in (("A", LAST + 2, height / 2), ("B", left, LAST + 5), ("C", right, LAST + 5)):
        canvas.text(x * POINTS_PER_MM, (height - down) * POINTS_PER_MM, BOLD, SIZE * 1.5, name)
    fonts.use(canvas.used())
    return canvas.result()
