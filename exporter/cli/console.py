"""The only code that prints: text of others is made safe for the terminal first."""

from __future__ import annotations

import io
import sys

import click

from exporter.model.terminal_text import printable, printable_json


def echo(text: str = "", err: bool = False, nl: bool = True) -> None:
    """Print a text, its control characters as escapes; with `err` on stderr."""
    click.echo(printable(text), err=err, nl=nl)


def echo_styled(text: str, err: bool = False) -> None:
    """Print a line with colours of ours; whatever others wrote in it is printable already."""
    click.echo(text, err=err)


def echo_json(value: object) -> None:
    """Print a value as JSON, with control characters escaped."""
    click.echo(printable_json(value))


def echo_document(text: str) -> None:
    """Print a document as it is into a file or pipe, and safely on a terminal."""
    click.echo(printable(text) if sys.stdout.isatty() else text, nl=False)


def echo_usage_error(exc: click.ClickException) -> None:
    """Print what is wrong with a command line, which may name files of others."""
    shown = io.StringIO()
    exc.show(file=shown)
    echo(shown.getvalue(), err=True, nl=False)
