"""The scales of the calibration sheet, and the correction that follows from what is read on them.

The sheet is folded in half both ways. Wherever the printer put the image, the folds are the middle of
the paper, and the number at which a fold crosses a scale says how far the image is off there.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin

from exporter.cards.imposition import Side
from exporter.cards.printer_correction import PrinterCorrection, read_correction
from exporter.cards.stocks import Stock
from exporter.config.choices import PrintMode
from exporter.config.settings import SettingError, Settings

MIDDLE_READING, MAX_READING = 10.0, 20.0
"""What is read where nothing is off, and the last number of a scale; one is 1 mm, the first number is 0."""
MIN_SHEET_MM = (74.0, 54.0)
"""Smallest sheet, wide and high, on which the scales have room: A7 in portrait, and a business card."""
EDGE_DISTANCE_MM, SMALL_EDGE_DISTANCE_MM = 12.0, 10.0
"""Distance of the scales from the paper's edge, on a small sheet the lower one.

The farther apart B and C are, the finer the rotation is read; a printer that leaves 5 mm white and is off
by 4 mm still prints them.
"""
MIN_WIDE_SHEET_MM = 100.0
"""Width from which a sheet is not small."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale; its middle is at `x` and `y`, in millimetres from the sheet's upper left corner.

    The numbers run to the right, or down if it `is_vertical`.
    """

    x: float
    y: float
    is_vertical: bool


def find_scales(stock: Stock) -> tuple[Scale, Scale, Scale]:
    """Return the scales of a sheet: at the top, at the left and at the right (A, B and C on fronts).

    Raise `SettingError` for a sheet that is too small.
    """
    width, height = stock.sheet
    min_width, min_height = MIN_SHEET_MM
    if width - 2 * stock.bleed < min_width or height - 2 * stock.bleed < min_height:
        raise too_small(stock)
    edge = EDGE_DISTANCE_MM if width >= MIN_WIDE_SHEET_MM else SMALL_EDGE_DISTANCE_MM
    edge += stock.bleed
    return (
        Scale(width / 2, edge, False),
        Scale(edge, height / 2, True),
        Scale(width - edge, height / 2, True),
    )


def too_small(stock: Stock) -> SettingError:
    """Return the error for a sheet on which the scales and their instructions have no room."""
    width, height = stock.sheet
    return SettingError(
        f"A sheet of {width:g} × {height:g} mm is too small for the calibration sheet; "
        "set `pdf.stock` to a larger one of the same printer, and calibrate with that."
    )


def correct(current: PrinterCorrection, stock: Stock, readings: Sequence[float]) -> PrinterCorrection:
    """Return the correction that takes the place of the one with which the sheet was printed.

    `readings` are those of `find_scales`. The image of the sheet is the page, rotated about its centre
    and moved; both are found from the readings, and undone before what the current correction does.
    """
    top, left, right = find_scales(stock)
    a, b, c = (reading - MIDDLE_READING for reading in readings)
    centre_x, centre_y = stock.sheet[0] / 2, stock.sheet[1] / 2
    # a fold crosses a scale at the mark that the rotation and the movement bring to the middle
    turn = atan2(b - c, right.x - left.x)
    right_mm = (top.y - centre_y) * sin(turn) - a * cos(turn)
    down_mm = (centre_x - left.x) * sin(turn) - b * cos(turn)
    total = radians(current.clockwise) - turn
    return PrinterCorrection(
        current.right - (right_mm * cos(total) - down_mm * sin(total)),
        current.down - (right_mm * sin(total) + down_mm * cos(total)),
        degrees(total),
    )


def sheet_number(settings: Settings, stock: Stock, mode: PrintMode) -> str:
    """Return four digits that stand for the stock, the way of printing, and the corrections of a sheet.

    They show whether readings belong to the present corrections: applied twice, a correction is wrong.
    """
    corrections = [read_correction(settings, side) for side in Side]
    return f"{zlib.crc32(repr((stock.sheet, mode.value, corrections)).encode()) % 10_000:04d}"
