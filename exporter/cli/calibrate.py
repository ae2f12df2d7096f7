"""`exporter calibrate`: write a two-sided ruler sheet that shows how far a printer is off."""

from __future__ import annotations

from pathlib import Path

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
from exporter.system import atomic_write
from exporter.system.clock import clock
from exporter.system.files import display_path

NAME = "calibration.pdf"


@click.command("calibrate")
@set_option
@config_option
@out_option
@debug_option
def command(assignments: tuple[str, ...], config_path: Path | None, folder: Path | None) -> int:
    """Write a two-sided ruler sheet for your printer and stock.

    Print it as you print the cards, hold it against the light, and write the values that you read
    into [pdf.printer] of exporter.toml: guides and cards then move together.

    \b
    Example:
      exporter calibrate --set pdf.duplex=short-edge
    """
    from exporter.cards.calibration import calibration_sheet

    clock()  # reports an invalid SOURCE_DATE_EPOCH before reportlab reads it and raises
    configuration = load_project(assignments, config_path)
    data = calibration_sheet(configuration.settings)
    exports_folder = resolve_exports_folder(configuration, folder)
    with build_lock([exports_folder]):
        (written,) = atomic_write.write_files(exports_folder, [(NAME, data)])
    echo(f"Wrote {display_path(written.path)}. Print it at 100 % on both sides, as you print the cards;")
    echo("the sheet itself explains how to read it, and which settings to change.")
    return EXIT_OK
