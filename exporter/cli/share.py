"""`exporter share`: share the exports with a phone on the same network for a few minutes."""

from __future__ import annotations

import io
import threading
import time
from math import isnan
from pathlib import Path

import click

from exporter.cli.console import echo, echo_styled
from exporter.cli.current_exports import find_project_leftovers
from exporter.cli.errors import EXIT_OK, install_signal_handlers, report_and_status
from exporter.cli.options import debug_option, load_project, resolve_exports_folder
from exporter.cli.output import format_size
from exporter.cli.rehearsal_page import render_rehearsal_pages
from exporter.model.diagnostics import error, pluralize
from exporter.model.terminal_text import printable_line
from exporter.web.http_server import LOOPBACK, MAX_CONNECTIONS, serve_in_thread
from exporter.web.share import Download, ShareServer, find_local_address, list_exports

MAX_MINUTES = 24 * 60

WHITE_ON_BLACK, RESET = "\x1b[38;5;231;48;5;16m", "\x1b[0m"
"""Fixed colours for the QR code: a terminal's own may be dark on light, which would invert it."""


def _check_minutes(ctx: click.Context, param: click.Parameter, value: float) -> float:
    """Return the minutes; refuse NaN, which is in every range for click."""
    if isnan(value):
        raise click.BadParameter("“nan” is not a number of minutes. Write one, as in --minutes 5.")
    return value


@click.command("share")
@click.option(
    "--minutes",
    type=click.FloatRange(0, MAX_MINUTES, min_open=True),
    callback=_check_minutes,
    default=10,
    show_default=True,
    metavar="N",
    help="For how long.",
)
@click.option("--local", is_flag=True, help="Only for this computer, not for the network.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="N",
    help="Serve on this port; by default any free one.",
)
@click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Share this folder; by default dist.",
)
@click.option("--rehearse", is_flag=True, help="Let the QR code point to the rehearsal, not to the deck.")
@debug_option
def command(minutes: float, local: bool, port: int, folder: Path | None, rehearse: bool) -> int:
    """Share the exports with a phone on the same network for a few minutes.

    Scan the QR code with the phone's camera: it opens the deck, which Anki's app imports, or with
    --rehearse a page that asks the present questions one by one and needs no app. Nothing else is
    served, and the address is new each time and cannot be guessed.

    \b
    Example:
      exporter share --minutes 5
      exporter share --rehearse
    """
    configuration = load_project()
    exports_folder = resolve_exports_folder(configuration, folder)
    leftovers = {leftover.path.name for leftover in find_project_leftovers(configuration, exports_folder)}
    files = {name: path for name, path in list_exports(exports_folder).items() if name not in leftovers}
    if leftovers:
        echo(f"Not shared, because they belong to no present source: {', '.join(sorted(leftovers))}.")
    if not files:
        hint = "Run `exporter build` first, or name the folder with --out."
        return report_and_status([error("nothing-to-share", f"No exports in {exports_folder}/.", hint=hint)])
    address = LOOPBACK if local else find_local_address()
    if address is None:
        raise click.UsageError("This computer is on no network. Join the phone's network, and run again.")
    pages, reason = render_rehearsal_pages()
    if rehearse and not pages:
        raise click.UsageError(f"There is nothing to rehearse: {reason}.")
    install_signal_handlers()
    try:
        server = ShareServer(address, port, files, _report_download, _report_full, pages)
    except OSError as exc:
        raise click.UsageError(
            f"The port {port} cannot be used: {exc.strerror}. Name another one with --port."
        ) from None
    try:
        with serve_in_thread(server):
            if reason:
                echo(f"Shared without the rehearsal: {reason}.", err=True)
            _announce(server, files, minutes, local, rehearse)
            threading.Event().wait(minutes * 60)
            echo("Time is up: sharing has ended.")
    except KeyboardInterrupt:
        echo("Stopped: sharing has ended.")
    return EXIT_OK


def _announce(
    server: ShareServer, files: dict[str, Path], minutes: float, local: bool, rehearse: bool = False
) -> None:
    """Print what is shared, with whom, for how long, and how to end it."""
    decks = [name for name in files if name.endswith(".apkg")]
    rehearsals = {name: server.rehearsal_url_of(name) for name in server.pages}
    deck, target = (decks[0], server.url_of(decks[0])) if len(decks) == 1 else ("", server.url)
    target_name = printable_line(deck) or "the page with all of them"
    if rehearse:
        target_name, target = "the rehearsal", next(iter(rehearsals.values()))
    for line in render_qr_code(target):
        echo_styled(line)
    names = {name: printable_line(name) for name in files}
    width = max(map(len, names.values()))
    echo(f"Sharing {pluralize(len(files), 'file')}, read-only:")
    for name, path in files.items():
        echo(f"  {names[name]:<{width}}  {format_size(path.stat().st_size):>7}")
    echo(f"The QR code points to {target_name}:")
    echo(f"  {target}")
    for url in rehearsals.values():
        if url != target:
            echo(f"Rehearse in its browser, without Anki: {url}")
    if target != server.url:
        echo("All files are listed at")
        echo(f"  {server.url}")
    if local:
        echo("Only this computer can reach them.")
    else:
        network = f"the network of {server.address}"
        echo(f"Everybody on {network} who knows this address can reach them; nothing is encrypted.")
    end = time.strftime("%H:%M", time.localtime(time.time() + minutes * 60))
    echo(f"Shared until {end}, for {minutes:g} minutes. Press Ctrl-C to stop earlier.")


def render_qr_code(text: str) -> list[str]:
    """Return the QR code of a text (ISO/IEC 18004, level M or better) as lines for a terminal.

    A line holds two rows of modules. segno draws the light modules as blocks, in the text
    colour, and leaves the dark ones to the background; both colours are set here.
    """
    import segno

    drawing = io.StringIO()
    segno.make_qr(text, error="m").terminal(drawing, compact=True)
    return [f"{WHITE_ON_BLACK}{line}{RESET}" for line in drawing.getvalue().splitlines()]


def _report_download(download: Download) -> None:
    echo(f"{time.strftime('%H:%M:%S')}  {download.address} took {printable_line(download.name)}")


def _report_full() -> None:
    now = time.strftime("%H:%M:%S")
    echo(f"{now}  {MAX_CONNECTIONS} connections are open: others are asked to try again in a minute.")
