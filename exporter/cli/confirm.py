"""Asking the user for confirmation."""

from __future__ import annotations

import sys

import click

from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, EXIT_USAGE_ERROR
from exporter.model.terminal_text import printable


def confirm(question: str, yes: bool) -> bool:
    """Return whether the user confirms; True with `yes`, and False if there is no answer on stdin."""
    if yes:
        return True
    try:
        answer = click.confirm(printable(question))
    except click.Abort:
        if sys.stdin.isatty():
            raise
        echo()
        answer = False
    if not answer:
        echo("Left unchanged. Use --yes to skip the question.")
    return answer


def find_declined_status() -> int:
    """Return the exit status without a confirmation: an error unless a person at a terminal declined."""
    return EXIT_OK if sys.stdin.isatty() else EXIT_USAGE_ERROR
