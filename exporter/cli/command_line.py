"""The command line as it was typed, for commands that a message names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from exporter.model.terminal_text import shell_command


def given_reading_options(assignments: Sequence[str], config_path: Path | None) -> tuple[str, ...]:
    """Return the options that say how sources are read, as they were given, for a command to paste."""
    reader = click.get_current_context().meta.get("exporter.reader")
    options = [*(["--from", reader] if reader else [])]
    for assignment in assignments:
        options += ["--set", assignment]
    return (*options, *(["--config", str(config_path)] if config_path else []))


def command_for_sources(*words: str) -> str:
    """Return a command of exporter's that reads the same sources in the same way as the one that runs."""
    context = click.get_current_context(silent=True)
    if context is None:
        return shell_command("exporter", *words)
    given = context.params
    source = given.get("source")
    named = given.get("named") or ((source,) if source else ())
    options = given_reading_options(given.get("assignments") or (), given.get("config_path"))
    return shell_command("exporter", *words, *named, *options)
