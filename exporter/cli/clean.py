"""`exporter clean`: removes exports that belong to no source of today, after asking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from exporter.cli.confirm import confirm
from exporter.cli.console import echo, echo_json
from exporter.cli.current_exports import find_project_leftovers
from exporter.cli.errors import EXIT_OK
from exporter.cli.folder_locks import build_lock
from exporter.cli.options import (
    config_option,
    debug_option,
    format_option,
    load_project,
    out_option,
    resolve_exports_folder,
)
from exporter.cli.output import file_size
from exporter.model.diagnostics import pluralize
from exporter.pipeline.stale_exports import Leftover, Reason
from exporter.system import atomic_write
from exporter.system.files import display_path

_WHY = {
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
    place = resolve_exports_folder(configuration, folder)
    leftovers = find_project_leftovers(configuration, place)
    if files:
        leftovers = _named(files, leftovers, place)
    kept = [] if files else [one for one in leftovers if one.changed]
    chosen = [one for one in leftovers if one not in kept]
    if form == "text":
        _list(chosen, kept, place)
    asks = form == "text" and not yes
    question = f"Remove {'it' if len(chosen) == 1 else f'these {len(chosen)} files'}?"
    removing = bool(chosen) and not dry and (yes or (asks and confirm(question, yes)))
    if removing:
        with build_lock([place]):
            atomic_write.remove_files([one.path for one in chosen])
    if form == "json":
        removed = chosen if removing else []
        echo_json({"schema": 1, "files": [_as_json(one, one in removed) for one in leftovers]})
    elif removing:
        echo(f"Removed {pluralize(len(chosen), 'file')}.")
    return EXIT_OK


def _named(files: Sequence[Path], leftovers: Sequence[Leftover], place: Path) -> tuple[Leftover, ...]:
    """Return the leftovers that are named; any other file is a usage error."""
    by_path = {one.path.resolve(): one for one in leftovers}
    for file in files:
        if file.resolve() not in by_path:
            raise click.UsageError(
                f"{file} is not a removable export in {place}/: exporter did not write it, "
                "or its source exists. `exporter clean --dry-run` lists those that can."
            )
    return tuple(by_path[file.resolve()] for file in dict.fromkeys(files))


def _list(chosen: Sequence[Leftover], kept: Sequence[Leftover], place: Path) -> None:
    if not chosen and not kept:
        echo(f"Nothing to remove: every export in {place}/ belongs to a source.")
    for one in chosen:
        changed = "; you changed it" if one.changed else ""
        echo(f"{display_path(one.path)}  {file_size(one.size)}  {_WHY[one.reason]}{changed}")
    for one in kept:
        path = display_path(one.path)
        echo(f"{path}  {_WHY[one.reason]}, but it was changed since; kept. To remove it, name it.")


def _as_json(one: Leftover, removed: bool) -> dict[str, object]:
    return {
        "path": str(one.path),
        "bytes": one.size,
        "reason": str(one.reason),
        "changed": one.changed,
        "removed": removed,
    }
