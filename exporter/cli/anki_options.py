"""The options for Anki on the desktop, which several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from exporter.anki.connect import DEFAULT_URL
from exporter.cli.completion import PACKAGE_SUFFIXES, complete_package_and_sources

Command = TypeVar("Command", bound=Callable[..., object])


def package_arguments(command: Command) -> Command:
    """Add the arguments for a package and sources, and the option for Anki on the desktop instead."""
    argument = click.argument(
        "arguments", nargs=-1, metavar="[PACKAGE] [SOURCE]…", shell_complete=complete_package_and_sources
    )
    return argument(_anki_option(command))


def anki_options(command: Command) -> Command:
    """Add the address of AnkiConnect, and its key."""
    return _url_option(_key_option(command))


_anki_option = click.option(
    "--anki", "from_anki", is_flag=True, help="Read from Anki on the desktop, through AnkiConnect."
)
_url_option = click.option(
    "--url", default=DEFAULT_URL, show_default=True, metavar="URL", help="Where AnkiConnect listens."
)
_key_option = click.option(
    "--api-key",
    "key",
    default="",
    envvar="EXPORTER_ANKI_KEY",
    metavar="KEY",
    help="AnkiConnect's API key, if it has one; better in EXPORTER_ANKI_KEY.",
)


def check_url(url: str) -> str:
    """Return an address of AnkiConnect; raise a usage error if it is none."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        is_valid = parts.scheme in ("http", "https") and bool(host) and parts.port != 0
        is_valid = is_valid and parts.username is None  # it would not be sent
    except ValueError:  # the host name is invalid
        is_valid = False
    if not is_valid:
        raise click.UsageError(f"“{url}” is not an address of AnkiConnect. Write it like {DEFAULT_URL}.")
    return url


def split_package(names: tuple[str, ...], from_anki: bool) -> tuple[Path | None, tuple[str, ...]]:
    """Return the package, unless the notes are read from Anki, and the sources."""
    if from_anki:
        if names and names[0].lower().endswith(PACKAGE_SUFFIXES):
            raise click.UsageError("Name a package, or use --anki, not both.")
        return None, names
    if not names or not names[0].lower().endswith(PACKAGE_SUFFIXES):
        raise click.UsageError(
            "Name the .apkg or .colpkg file that Anki exported first, or use --anki for Anki on the desktop."
        )
    package = Path(names[0])
    if not package.exists():
        raise click.UsageError(f"There is no file {package}.")
    return package, names[1:]
