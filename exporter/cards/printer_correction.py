"""The correction of a printer's drift: settings in millimetres and degrees, and a PDF matrix."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

from exporter.cards.imposition import Side
from exporter.cards.stocks import POINTS_PER_MM, Stock
from exporter.config.settings import SettingError, Settings

MAX_OFFSET_MM, MAX_ROTATION_DEGREES = 20.0, 5.0
"""Largest correction: several times the usual drift of 3 to 4 mm."""


@dataclass(frozen=True, slots=True)
class PrinterCorrection:
    """What compensates a printer's drift: millimetres to the right and down, degrees clockwise."""

    right: float = 0.0
    down: float = 0.0
    clockwise: float = 0.0

    def operator(self, stock: Stock) -> str:
        """Return the operator that moves the page, and rotates it about its centre."""
        if not (self.right or self.down or self.clockwise):
            return ""
        x, y = (side * POINTS_PER_MM / 2 for side in stock.sheet)
        c, s = cos(radians(-self.clockwise)), sin(radians(-self.clockwise))
        e = x - c * x + s * y + self.right * POINTS_PER_MM
        f = y - s * x - c * y - self.down * POINTS_PER_MM
        return f"{c:.6f} {s:.6f} {-s:.6f} {c:.6f} {e:.3f} {f:.3f} cm"


def read_correction(settings: Settings, side: Side) -> PrinterCorrection:
    """Return the correction that is set for one side of a sheet.

    Raise `SettingError` for more than 20 mm or 5 degrees.
    """
    printer = settings.pdf.printer
    prefix = "pdf.printer." if side is Side.FRONT else "pdf.printer.back_"
    offset_x, offset_y, rotation = (
        (printer.offset_x, printer.offset_y, printer.rotation)
        if side is Side.FRONT
        else (printer.back_offset_x, printer.back_offset_y, printer.back_rotation)
    )
    for name, value, limit in (
        ("offset_x", offset_x, MAX_OFFSET_MM),
        ("offset_y", offset_y, MAX_OFFSET_MM),
        ("rotation", rotation, MAX_ROTATION_DEGREES),
    ):
        if not -limit <= value <= limit:
            raise SettingError(
                f"A printer correction of {value:g} is out of range; "
                f"set `{prefix}{name}` between -{limit:g} and {limit:g}."
            )
    return PrinterCorrection(float(offset_x), float(offset_y), float(rotation))
