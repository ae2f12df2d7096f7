"""`exporter print`: print the cue cards through CUPS, or say what to choose in a print dialogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from exporter.cli import calibrate
from exporter.cli.change_report import iter_follow_up, list_changes
from exporter.cli.completion import complete_printers
from exporter.cli.console import echo
from exporter.cli.errors import find_exit_status
from exporter.cli.options import out_option, resolve, resolve_exports_folder, source_arguments
from exporter.cli.output import show_diagnostics
from exporter.cli.planning import make_request
from exporter.cli.print_jobs import PrintFile, PrintRun
from exporter.pipeline.build_report import BuildReport
from exporter.pipeline.builder import build
from exporter.system.clock import clock
from exporter.system.files import display_path, read_limited
from exporter.system.print_queue import is_printer_name


def _parse_printer(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    if name is not None and not is_printer_name(name):
        raise click.BadParameter(f"“{name}” cannot be the name of a printer. `lpstat -e` lists them.")
    return name


@click.command("print")
@source_arguments
@click.option(
    "--printer",
    metavar="NAME",
    shell_complete=complete_printers,
    callback=_parse_printer,
    help="Which printer; by default that of the system.",
)
@click.option("--backs", is_flag=True, help="With fronts-backs: print the backs, after the stack is turned.")
@click.option("--reprint", is_flag=True, help="Print what `exporter reprint` wrote.")
@click.option("--calibration", is_flag=True, help="Print what `exporter calibrate` wrote.")
@click.option("--dry-run", "dry", is_flag=True, help="Only show the commands that print.")
@out_option
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    printer: str | None,
    backs: bool,
    reprint: bool,
    calibration: bool,
    dry: bool,
    folder: Path | None,
) -> int:
    """Build the cue cards and print them, at 100 % and two-sided as `pdf.duplex` says.

    The cards go to `lp`, which Linux, macOS and others with CUPS have. Elsewhere the command says what
    to choose in the print dialogue. With --backs, --reprint and --calibration nothing is built: what was
    written before is printed.

    \b
    Examples:
      exporter print --dry-run
      exporter print --printer Office questions.txt
    """
    from exporter.cards.stock_choice import find_stock

    if reprint and calibration:
        raise click.UsageError("Give --reprint or --calibration, not both.")
    context = resolve(named, assignments, config_path=config_path, needs_sources=not calibration)
    settings = context.config.settings
    run = PrintRun(find_stock(settings), settings.pdf.print_mode, printer, backs, dry)
    if backs and not run.is_in_two_parts:
        raise click.UsageError(
            f"--backs is for `pdf.duplex` fronts-backs; with {run.mode}, both sides are printed at once."
        )
    exports_folder = resolve_exports_folder(context.config, folder)
    if calibration:
        files = list(_iter_written([exports_folder / calibrate.NAME], "calibrate", run))
    elif reprint or backs:
        suffix, writer = ("-reprint.pdf", "reprint") if reprint else ("-cards.pdf", "print")
        paths = [exports_folder / f"{path.stem}{suffix}" for path in context.paths]
        files = list(_iter_written(paths, writer, run))
    else:
        report = build(replace(make_request(context, folder, ("pdf",), ()), dry_run=dry), clock())
        show_diagnostics(report.diagnostics)
        if not report.ok:
            echo("Nothing was written or printed.", err=True)
            return find_exit_status(report.diagnostics)
        list_changes(report.changes, False)
        for line in iter_follow_up(report.changes, report.offers):
            echo(line)
        files = _list_built(report)
    status = run.print_files(files)
    if not (status or dry or calibration) and (backs or not run.is_in_two_parts):
        echo("When the cards are printed, run `exporter reprint --done`, so that the next `exporter reprint`")
        echo("writes only those that changed.")
    return status


def _list_built(report: BuildReport) -> list[PrintFile]:
    """Return the files of a build; in a dry run they are not written."""
    if report.stages is None:
        return []
    folder, exported = report.stages.request.folder, report.stages.result.files
    files = [PrintFile.from_bytes(folder / file.name, file.data) for file in exported]
    return [file for file in files if file]


def _iter_written(paths: list[Path], writer: str, run: PrintRun) -> Iterator[PrintFile]:
    """Yield the files that exist; raise a usage error if none does, or if one is not for the stock.

    `writer` is the command that writes them.
    """
    existing = [path for path in paths if path.is_file()]
    if not existing:
        missing = ", ".join(str(display_path(path)) for path in paths)
        raise click.UsageError(f"There is no {missing}. Run `exporter {writer}` first.")
    for path in existing:
        data, _ = read_limited(path)
        file = PrintFile.from_bytes(path, data or b"")
        if file is None:
            raise click.UsageError(
                f"{display_path(path)} is not a PDF that exporter wrote. Run `exporter {writer}` again."
            )
        if not run.is_for_stock(file):
            raise click.UsageError(
                f"{display_path(path)} is not for the stock {run.stock.name}. Run `exporter {writer}` again, "
                "or give the settings with which it was written."
            )
        yield file
