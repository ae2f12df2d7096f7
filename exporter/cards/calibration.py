"""The calibration sheet: scales on both sides of a sheet that show how far a printer is off."""

from __future__ import annotations

from exporter.cards.calibration_marks import (
    check_line,
    check_line_length,
    draw_check_line_label,
    draw_labels,
    iter_marks,
)
from exporter.cards.calibration_scales import find_scales, sheet_number
from exporter.cards.calibration_text import SCALE_NAMES, draw_text, sheet_text
from exporter.cards.crop_marks import line_operators
from exporter.cards.imposition import Side
from exporter.cards.pdf_canvas import PdfCanvas
from exporter.cards.pdf_document import PdfDocument, compress
from exporter.cards.pdf_metadata import DocumentInfo
from exporter.cards.print_setup import load_fonts
from exporter.cards.printed_words import printable_words
from exporter.cards.printer_correction import read_correction
from exporter.cards.stock_choice import find_stock
from exporter.cards.stocks import POINTS_PER_MM
from exporter.config.choices import PrintMode
from exporter.config.settings import Settings
from exporter.config.words import find_words

LINE_STYLE = "0 G 0.4 w [] 0 d"
"""PDF operators: black, 0.4 pt wide, solid. Marks are 1.4 pt apart."""


def calibration_sheet(settings: Settings) -> bytes:
    """Return the PDF of a sheet that is printed like the cards, folded, and read.

    It has the size of the chosen stock, and as many sides as the cards' sheets. The current printer
    corrections are applied: the next sheet shows whether they are right.
    Raise `SettingError` for an impossible stock or correction, and for a sheet that is too small.
    """
    stock, mode = find_stock(settings), settings.pdf.print_mode
    language = settings.language
    fonts = load_fonts(settings, language)
    words = printable_words(find_words(language, settings.words), fonts)
    size = stock.sheet[0] * POINTS_PER_MM, stock.sheet[1] * POINTS_PER_MM
    duplex = "DuplexFlipShortEdge" if mode is PrintMode.SHORT_EDGE else "DuplexFlipLongEdge"
    if not mode.two_sided:
        duplex = "Simplex"
    info = DocumentInfo(words.calibration_sheet, words.calibration_subject, language or "en", 0, duplex)
    document = PdfDocument(size, info, fonts)
    scales, length = find_scales(stock), check_line_length(stock)
    number = sheet_number(settings, stock, mode)
    for side in calibrated_sides(mode):
        label = words.front if side is Side.FRONT else words.back
        correction = read_correction(settings, side)
        text = sheet_text(
            stock, mode, side=side, length=length, number=number, correction=correction, words=words
        )
        canvas = PdfCanvas(fonts)
        draw_labels(canvas, stock, scales, SCALE_NAMES[side])
        draw_check_line_label(canvas, stock, length)
        draw_text(canvas, stock, scales, text)
        fonts.use(canvas.used())
        lines = (
            *(line for scale in scales for line in iter_marks(scale, stock)),
            *check_line(stock, length),
        )
        operators = [correction.operator(stock), LINE_STYLE, *line_operators(lines, stock), canvas.result()]
        document.add_page(compress("q\n" + "\n".join(filter(None, operators)) + "\nQ\n"), label)
    return document.to_bytes([])


def calibrated_sides(mode: PrintMode) -> tuple[Side, ...]:
    """Return the sides of a sheet that are printed, and so calibrated."""
    return (Side.FRONT, Side.BACK) if mode.two_sided else (Side.FRONT,)
