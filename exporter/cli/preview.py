"""`exporter preview`: write one page that shows every card as the phone and the printer will."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, find_exit_status
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import (
    ensure_not_overwriting,
    force_option,
    resolve,
    resolve_exports_folder,
    source_arguments,
)
from exporter.cli.output import format_size, show_diagnostics
from exporter.cli.planning import plan_sources
from exporter.model.deck import Deck
from exporter.model.diagnostics import has_errors, pluralize
from exporter.pipeline.deck_builder import make_decks
from exporter.system import atomic_write
from exporter.system.clock import clock
from exporter.system.files import display_path
from exporter.system.written_files import remember_written

MARKER = b'<meta name="generator" content="exporter">'
"""The marker at the beginning of the page's template."""


@click.command("preview")
@source_arguments
@click.option(
    "--out",
    "file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write; by default dist/NAME-preview.html.",
)
@force_option
@click.option("--open", "opened", is_flag=True, help="Open it in the browser.")
def command(
    named: tuple[str, ...],
    assignments: tuple[str, ...],
    config_path: Path | None,
    file: Path | None,
    force: bool,
    opened: bool,
) -> int:
    """Write one page that shows every card as the phone and the printer will.

    The page is a single file that needs no network. It has the deck's own templates and style,
    by day and by night, with the cue cards beside each card.

    \b
    Example:
      exporter preview --open
    """
    from exporter.web.preview_page import render_preview

    if file is not None:
        ensure_not_overwriting(file, force, MARKER)
    context = resolve(named, assignments, config_path=config_path)
    plan = plan_sources(context, clock())
    diagnostics = plan.diagnostics
    html = ""
    decks = () if has_errors(diagnostics) else make_decks(plan.decks)
    if not has_errors(diagnostics):
        page = render_preview(decks, context.config.settings)
        html, diagnostics = page.html, (*diagnostics, *page.diagnostics)
    show_diagnostics(diagnostics)
    if has_errors(diagnostics):
        echo("Nothing was written.", err=True)
        return find_exit_status(diagnostics)
    path = file or resolve_exports_folder(context.config, None) / name_page(decks)
    with build_lock([path.parent]):
        files = [(path.name, html.encode())]
        (written,) = atomic_write.write_files(path.parent, files)
        remember_written(path.parent, files)
    count = pluralize(sum(len(deck.notes) for deck in decks), "card")
    echo(f"{display_path(written.path)}  {format_size(written.size)}  {count}, as phone and paper show them")
    if opened:
        click.launch(path.resolve().as_uri())
    return EXIT_OK


def name_page(decks: Sequence[Deck]) -> str:
    """Return the name of the page, with the name of its source if there is only one."""
    return f"{decks[0].stem}-preview.html" if len(decks) == 1 else "preview.html"
