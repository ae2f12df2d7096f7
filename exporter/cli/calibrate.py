"""`exporter calibrate`: write a sheet that shows how far a printer is off, and correct it by what is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import (
    config_option,
    debug_option,
    load_project,
    out_option,
    resolve_exports_folder,
    set_option,
)
from exporter.config.config_writer import ConfigWriteError, write_values
from exporter.config.loader import Config
from exporter.system import atomic_write
from exporter.system.clock import clock
from exporter.system.files import display_path

if TYPE_CHECKING:
    from exporter.cards.imposition import Side

NAME = "calibration.pdf"
TABLE = "pdf.printer"
MM_DECIMALS, DEGREE_DECIMALS = 2, 3
"""Decimals of the corrections that are written: finer than is read; 0.001° is 0.003 mm at an A4 corner."""

Readings = tuple[float, float, float]


def _parse_readings(
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


@click.command("calibrate")
@click.option(
    "--front", nargs=3, metavar="A B C", callback=_parse_readings, help="What is read on the front."
)
@click.option("--back", nargs=3, metavar="D E F", callback=_parse_readings, help="What is read on the back.")
@click.option("--sheet", "number", metavar="NUMBER", help="The number of the sheet that is read.")
@click.option("--dry-run", "dry", is_flag=True, help="Only show the corrections.")
@set_option
@config_option
@out_option
@debug_option
def command(
    front: Readings | None,
    back: Readings | None,
    number: str | None,
    dry: bool,
    assignments: tuple[str, ...],
    config_path: Path | None,
    folder: Path | None,
) -> int:
    """Write a calibration sheet for your printer and stock, or correct the printer by it.

    Print the sheet as you print the cards, fold it in half both ways, and read the scales at the
    folds. With what you read, run the command again: it writes the corrections into [pdf.printer] of
    exporter.toml. Cards and cut marks then move together.

    \b
    Examples:
      exporter calibrate
      exporter calibrate --front 10.4 9.6 9.8 --back 8.5 10 11 --dry-run
    """
    from exporter.cards.imposition import Side

    clock()  # reports an invalid SOURCE_DATE_EPOCH before reportlab reads it and raises
    configuration = load_project(assignments, config_path)
    readings = {side: values for side, values in ((Side.FRONT, front), (Side.BACK, back)) if values}
    if readings:
        return _correct(configuration, readings, number, dry)
    if number is not None or dry:
        raise click.UsageError("Give what you read on the sheet: --front A B C --back D E F.")
    return _write_sheet(configuration, folder)


def _write_sheet(configuration: Config, folder: Path | None) -> int:
    from exporter.cards.calibration import calibration_sheet
    from exporter.pipeline.loader import load_source
    from exporter.pipeline.sources import discover

    settings = configuration.settings
    if not settings.language:
        # the words of the sheet are in the language that the cards have
        paths, _ = discover((), configuration.root)
        sources = (load_source(path, settings) for path in paths)
        languages = {source.find_language(settings) for source in sources if source.questions.questions}
        if len(languages) == 1:
            settings = replace(settings, language=languages.pop())
    data = calibration_sheet(settings)
    exports_folder = resolve_exports_folder(configuration, folder)
    with build_lock([exports_folder]):
        (written,) = atomic_write.write_files(exports_folder, [(NAME, data)])
    echo(f"Wrote {display_path(written.path)}. Print it at 100 %, as you print the cards; the sheet says how")
    echo("it is read, and the command that takes what you read.")
    return EXIT_OK


def _correct(configuration: Config, readings: Mapping[Side, Readings], number: str | None, dry: bool) -> int:
    """Write the corrections that follow from the readings of sides, and return the exit status."""
    values = dict(_iter_corrections(configuration, readings, number))
    for key, value in values.items():
        former = getattr(configuration.settings.pdf.printer, key)
        echo(f"{TABLE}.{key:<13} {former:g} → {value:g}")
    if dry:
        return EXIT_OK
    path = configuration.path
    if path is None:
        raise click.UsageError(
            "No exporter.toml was found to write the corrections into. Run `exporter init`, or name one "
            "with --config."
        )
    with build_lock([path.parent]):
        try:
            changed = write_values(path, TABLE, values)
        except ConfigWriteError as exc:
            raise click.UsageError(str(exc)) from None
    name = display_path(path)
    if not changed:
        echo(f"{name} is unchanged.")
        return EXIT_OK
    echo(f"Wrote {name}. `exporter build` writes the cards with these corrections; the next sheet of")
    echo("`exporter calibrate` shows whether they are right.")
    return EXIT_OK


def _iter_corrections(
    configuration: Config, readings: Mapping[Side, Readings], number: str | None
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

    settings = configuration.settings
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
