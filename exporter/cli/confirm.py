"""Asking before something is done that cannot be undone at once."""

from __future__ import annotations

import sys

import click

from exporter.cli.console import echo
from exporter.model.terminal_text import printable


def confirm(question: str, yes: bool) -> bool:
    """Return whether the user agrees; with `yes` they have already, and where nobody answers they do not."""
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
