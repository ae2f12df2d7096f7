"""The options for Anki on the desktop, which several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from exporter.anki.connect import DEFAULT_URL

Command = TypeVar("Command", bound=Callable[..., object])


def anki_options(command: Command) -> Command:
    """Add the address of AnkiConnect, and its key."""
    return _url_option(_key_option(command))


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
