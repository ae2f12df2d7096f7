"""`exporter clean`: remove exports that belong to no present source, after asking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from exporter.cli.confirm import confirm
from exporter.cli.console import echo
from exporter.cli.current_exports import find_project_leftovers
from exporter.cli.errors import EXIT_OK
from exporter.cli.folder_locks import build_lock
from exporter.cli.json_document import print_document
from exporter.cli.options import (
    config_option,
    debug_option,
    format_option,
    load_project,
    out_option,
    resolve_exports_folder,
)
from exporter.cli.output import format_size
from exporter.model.diagnostics import pluralize
from exporter.pipeline.stale_exports import Leftover, Reason
from exporter.system import atomic_write
from exporter.system.files import display_path

_REASONS = {
    Reason.SOURCE_GONE: "its source is gone",
    Reason.COPY: "its source is a copy",
    Reason.PRINTED: "it is printed",
}


@click.command("clean")
@click.argument("files", nargs=-1, metavar="[FILE]…", type=click.Path(path_type=Path))
@out_option
@click.option("--dry-run", "dry", is_flag=True, help="Only show what would be removed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@format_option
@config_option
@debug_option
def command(
    files: tuple[Path, ...],
    folder: Path | None,
    dry: bool,
    yes: bool,
    form: str,
    config_path: Path | None,
) -> int:
    """Remove exports of sources that are gone, and reprints that are printed; asks first.

    Only what exporter itself wrote is removed. An export that you changed since is kept, unless
    you name it as FILE. With --format json nothing is removed without --yes.

    \b
    Example:
      exporter clean --dry-run
    """
    configuration = load_project(config_path=config_path)
    exports_folder = resolve_exports_folder(configuration, folder)
    leftovers = find_project_leftovers(configuration, exports_folder)
    if files:
        leftovers = _select(files, leftovers, exports_folder)
    kept = [] if files else [leftover for leftover in leftovers if leftover.changed]
    selected = [leftover for leftover in leftovers if leftover not in kept]
    if form == "text":
        _print_list(selected, kept, exports_folder)
    asks = form == "text" and not yes
    question = f"Remove {'it' if len(selected) == 1 else f'these {len(selected)} files'}?"
    removes = bool(selected) and not dry and (yes or (asks and confirm(question, yes)))
    if removes:
        with build_lock([exports_folder]):
            atomic_write.remove_files([leftover.path for leftover in selected])
    if form == "json":
        removed = selected if removes else []
        print_document({"files": [_as_json(item, item in removed) for item in leftovers]})
    elif removes:
        echo(f"Removed {pluralize(len(selected), 'file')}.")
    return EXIT_OK


def _select(files: Sequence[Path], leftovers: Sequence[Leftover], folder: Path) -> tuple[Leftover, ...]:
    """Return the leftovers that the user named; raise a usage error for any other file."""
    by_path = {leftover.path.resolve(): leftover for leftover in leftovers}
    for file in files:
        if file.resolve() not in by_path:
            raise click.UsageError(
                f"{file} is not a removable export in {folder}/: exporter did not write it, "
                "or its source exists. `exporter clean --dry-run` lists those that can."
            )
    return tuple(by_path[file.resolve()] for file in dict.fromkeys(files))


def _print_list(selected: Sequence[Leftover], kept: Sequence[Leftover], folder: Path) -> None:
    if not selected and not kept:
        echo(f"Nothing to remove: every export in {folder}/ belongs to a source.")
    for leftover in selected:
        changed = "; you changed it" if leftover.changed else ""
        size = format_size(leftover.size)
        echo(f"{display_path(leftover.path)}  {size}  {_REASONS[leftover.reason]}{changed}")
    for leftover in kept:
        path = display_path(leftover.path)
        echo(f"{path}  {_REASONS[leftover.reason]}, but it was changed since; kept. To remove it, name it.")


def _as_json(leftover: Leftover, removed: bool) -> dict[str, object]:
    return {
        "path": str(leftover.path),
        "bytes": leftover.size,
        "reason": str(leftover.reason),
        "changed": leftover.changed,
        "removed": removed,
    }
