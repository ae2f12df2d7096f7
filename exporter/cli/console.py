"""The only module that prints: it escapes control characters of texts for the terminal."""

from __future__ import annotations

import io
import sys

import click

from exporter.model.terminal_text import printable, printable_json


def echo(text: str = "", err: bool = False, nl: bool = True) -> None:
    """Print a text with its control characters escaped; with `err` on stderr."""
    click.echo(printable(text), err=err, nl=nl)


def echo_styled(text: str, err: bool = False) -> None:
    """Print a line with colours; texts in it must be printable already."""
    click.echo(text, err=err)


def echo_json(value: object) -> None:
    """Print a value as JSON, with control characters escaped."""
    click.echo(printable_json(value))


def echo_document(text: str) -> None:
    """Print a document unchanged to a file or pipe, and with escapes to a terminal."""
    click.echo(printable(text) if sys.stdout.isatty() else text, nl=False)


def echo_usage_error(exc: click.ClickException) -> None:
    """Print a usage error with escapes, because it may contain file names."""
    output = io.StringIO()
    exc.show(file=output)
    echo(output.getvalue(), err=True, nl=False)
