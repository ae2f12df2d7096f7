"""Composing commands for messages, with the sources and options of the running command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from exporter.model.terminal_text import shell_command


def list_reading_options(assignments: Sequence[str], config_path: Path | None) -> tuple[str, ...]:
    """Return the given options for reading sources, for a command that the user can paste."""
    meta = click.get_current_context().meta
    given = {"--from": meta.get("exporter.reader"), "--name": meta.get("exporter.name")}
    options = [word for option, value in given.items() if value for word in (option, value)]
    for assignment in assignments:
        options += ["--set", assignment]
    return (*options, *(["--config", str(config_path)] if config_path else []))


def format_command(*words: str) -> str:
    """Return an exporter command that reads the same sources with the same options as the running one."""
    context = click.get_current_context(silent=True)
    if context is None:
        return shell_command("exporter", *words)
    parameters = context.params
    source = parameters.get("source")
    named = parameters.get("named") or ((source,) if source else ())
    options = list_reading_options(parameters.get("assignments") or (), parameters.get("config_path"))
    return shell_command("exporter", *words, *named, *options)
