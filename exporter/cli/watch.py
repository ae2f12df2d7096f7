"""`exporter watch`: build on each save, and serve the live preview."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli.completion import complete_exporters
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, install_signal_handlers
from exporter.cli.options import out_option, resolve, retire_option, source_arguments
from exporter.cli.rebuild_loop import Rebuilder
from exporter.pipeline.watcher import iter_build_inputs, watch

if TYPE_CHECKING:
    from exporter.web.preview_server import PreviewServer

PORT = 8410
"""The default port of the preview."""


def _port(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """Return the port; refuse other values, such as a source after `--serve`."""
    if value is None or (value.isdecimal() and int(value) < 65536):
        return None if value is None else int(value)
    raise click.BadParameter(
        f"“{value}” is not a port. Write --serve after the sources, or as --serve={PORT}."
    )


@click.command("watch")
@source_arguments
@click.option(
    "--to",
    "names",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_exporters,
    help="Write only this export; may be repeated.",
)
@out_option
@retire_option
@click.option(
    "--serve",
    "port",
    callback=_port,
    is_flag=False,
    flag_value=str(PORT),
    metavar="[PORT]",
    help=f"Show the preview at this port of this computer; by default {PORT}.",
)
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    names: tuple[str, ...],
    folder: Path | None,
    port: int | None,
    retire: tuple[str, ...],
) -> int:
    """Build at once, and again on each save of a source, the configuration or a template.

    If a source has errors, they are shown, the previous exports are kept, and watching continues.
    With --serve, the preview can be opened in a browser on this computer, and follows each build.
    Ctrl-C ends it.

    \b
    Example:
      exporter watch --serve
    """
    install_signal_handlers()
    server = _server(port) if port is not None else None
    rebuilder = Rebuilder(
        lambda: resolve(named, assignments, config_path=config_path), names, folder, server, retire
    )
    try:
        with _serving(server):
            if server:
                echo(f"The preview is at {server.url}, only for this computer.")
            watch(lambda: iter_build_inputs(named, config_path), rebuilder.rebuild)
    except KeyboardInterrupt:
        echo("Stopped.")
    return EXIT_OK


def _server(port: int) -> PreviewServer:
    from exporter.web.preview_server import PreviewServer

    try:
        return PreviewServer(port)
    except OSError as exc:
        remedy = "Name another one, as in --serve=8411, or --serve=0 for any that is free."
        raise click.UsageError(f"The port {port} cannot be used: {exc.strerror}. {remedy}") from None


def _serving(server: PreviewServer | None) -> AbstractContextManager[None]:
    from exporter.web.http_server import serve_in_thread

    return serve_in_thread(server) if server else nullcontext()
