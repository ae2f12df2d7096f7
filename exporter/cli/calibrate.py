"""`exporter calibrate`: write a sheet that shows how far a printer is off, and correct it by what is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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
from exporter.cli.printer_readings import Readings, iter_corrections, parse_readings
from exporter.config.config_writer import ConfigWriteError, write_values
from exporter.config.loader import Config
from exporter.system import atomic_write
from exporter.system.clock import clock
from exporter.system.files import display_path

if TYPE_CHECKING:
    from exporter.cards.imposition import Side

NAME = "calibration.pdf"
TABLE = "pdf.printer"


@click.command("calibrate")
@click.option("--front", nargs=3, metavar="A B C", callback=parse_readings, help="What is read on the front.")
@click.option("--back", nargs=3, metavar="D E F", callback=parse_readings, help="What is read on the back.")
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
    values = dict(iter_corrections(configuration.settings, readings, number))
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
