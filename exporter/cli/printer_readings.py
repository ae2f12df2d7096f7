"""What is read on a calibration sheet: three readings a side, and the corrections that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import TYPE_CHECKING

import click

from exporter.config.settings import Settings

if TYPE_CHECKING:
    from exporter.cards.imposition import Side

MM_DECIMALS, DEGREE_DECIMALS = 2, 3
"""Decimals of the corrections that are written: finer than is read; 0.001° is 0.003 mm at an A4 corner."""

Readings = tuple[float, float, float]


def parse_readings(
    _context: click.Context, parameter: click.Parameter, values: tuple[str, ...] | None
) -> Readings | None:
    """Return three readings; raise a usage error if they are none."""
    from exporter.cards.calibration_scales import MAX_READING

    if values is None:
        return None
    given = [*takewhile(lambda value: not value.startswith("--"), values)]
    if len(given) < len(values):
        message = f"{' '.join(given)} are not the three readings {parameter.metavar}."
        raise click.BadParameter(message)
    try:
        first, second, third = (float(value.replace(",", ".")) for value in values)
    except ValueError:
        message = f"{' '.join(values)} are not three numbers. Give what is read at {parameter.metavar}."
        raise click.BadParameter(message) from None
    if not all(0 <= reading <= MAX_READING for reading in (first, second, third)):
        raise click.BadParameter(
            f"{' '.join(values)} are not all on the scales, which go from 0 to {MAX_READING:g}."
        )
    return first, second, third


def iter_corrections(
    settings: Settings, readings: Mapping[Side, Readings], number: str | None
) -> Iterator[tuple[str, float]]:
    """Yield the keys in the table `pdf.printer` with their new values.

    Raise a usage error for another sheet than that of the present settings, and for a correction that is
    out of range.
    """
    from exporter.cards.calibration import calibrated_sides
    from exporter.cards.calibration_scales import correct, sheet_number
    from exporter.cards.imposition import Side
    from exporter.cards.printer_correction import MAX_OFFSET_MM, MAX_ROTATION_DEGREES, read_correction
    from exporter.cards.stock_choice import find_stock

    stock, mode = find_stock(settings), settings.pdf.print_mode
    present = sheet_number(settings, stock, mode)
    if number is not None and number.strip() != present:
        raise click.UsageError(
            f"Sheet {number} was printed with other corrections, or on another stock, than are set now "
            f"(sheet {present}). Run `exporter calibrate`, and print and read that sheet."
        )
    for side, values in readings.items():
        if side not in calibrated_sides(mode):
            raise click.UsageError(f"With `pdf.duplex` {mode}, sheets have no back. Leave out --back.")
        correction = correct(read_correction(settings, side), stock, values)
        if max(abs(correction.right), abs(correction.down)) > MAX_OFFSET_MM or (
            abs(correction.clockwise) > MAX_ROTATION_DEGREES
        ):
            raise click.UsageError(
                f"The readings of the {side} give a correction of more than {MAX_OFFSET_MM:g} mm or "
                f"{MAX_ROTATION_DEGREES:g}°. Check them, and how the paper is fed."
            )
        prefix = "" if side is Side.FRONT else "back_"
        yield f"{prefix}offset_x", round(correction.right, MM_DECIMALS) + 0.0
        yield f"{prefix}offset_y", round(correction.down, MM_DECIMALS) + 0.0
        yield f"{prefix}rotation", round(correction.clockwise, DEGREE_DECIMALS) + 0.0
