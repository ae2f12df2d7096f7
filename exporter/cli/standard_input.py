"""The source `-`: standard input, under a name that `--name` gives it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path, PurePath

import click

from exporter.cli.console import echo
from exporter.system.files import MAX_SOURCE_BYTES
from exporter.system.standard_input import keep_contents

STANDARD_INPUT = "-"
DEFAULT_NAME = "stdin"

_REPEATING = ("watch", "preview", "share")
"""Commands that read their sources again."""


def _remember_name(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    context.meta["exporter.name"] = name


name_option = click.option(
    "--name",
    "stdin_name",
    metavar="STEM",
    expose_value=False,
    callback=_remember_name,
    help=f"The name of what is read from standard input (-); by default {DEFAULT_NAME}.",
)


def _remember_filename(context: click.Context, _parameter: click.Parameter, path: Path | None) -> None:
    context.meta["exporter.filename"] = path


filename_option = click.option(
    "--stdin-filename",
    metavar="FILE",
    expose_value=False,
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_remember_filename,
    help="The file whose unsaved text is on standard input (-).",
)


def is_terminal() -> bool:
    """Return whether standard input is typed."""
    return sys.stdin.isatty()


def refuse_repeating(
    context: click.Context, _parameter: click.Parameter, named: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the named sources; raise a usage error if a command would read standard input again."""
    if STANDARD_INPUT in named and context.info_name in _REPEATING:
        raise click.UsageError(f"{context.info_name} cannot read standard input again. Name a file.")
    return named


def replace_standard_input(named: Sequence[str]) -> list[str]:
    """Return the named sources with the name of standard input for `-`, which is read here.

    Raise a usage error if it cannot be read, or if a name is given without it.
    """
    context = click.get_current_context()
    name = context.meta.get("exporter.name")
    path: Path | None = context.meta.get("exporter.filename")
    if name and path:
        raise click.UsageError("--name and --stdin-filename are for the same. Omit one of them.")
    if STANDARD_INPUT not in named:
        if path:
            raise click.UsageError("--stdin-filename needs “-” as the source. Add it.")
        if name:
            raise click.UsageError("--name is for standard input only. Name “-” as the source, too.")
        return list(named)
    name = name or DEFAULT_NAME
    if (not path and PurePath(name).name != name) or name in (".", "..", STANDARD_INPUT):
        raise click.UsageError("--name must be the name of a file without its folder.")
    if is_terminal():
        echo(
            "Reading questions from the terminal; end them with Ctrl-D (on Windows Ctrl-Z and Enter).",
            err=True,
        )
    keep_contents(path or Path(name), sys.stdin.buffer, MAX_SOURCE_BYTES)
    return [str(path or name) if source == STANDARD_INPUT else source for source in named]
