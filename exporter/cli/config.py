"""`exporter config`: the configuration in force, and where each value came from."""

from __future__ import annotations

import json
from pathlib import Path

import click

from exporter.cli.console import echo, echo_json
from exporter.cli.errors import DONE
from exporter.cli.options import config_option, debug_option, format_option, project, set_option
from exporter.config.settings import SETTINGS, Value
from exporter.model.terminal_text import printable_line
from exporter.system.files import display_path


@click.command("config")
@set_option
@config_option
@format_option
@debug_option
def command(assignments: tuple[str, ...], config_path: Path | None, form: str) -> int:
    """Show the configuration in force, and where each value came from.

    \b
    Example:
      exporter config --set pdf.stock=a4-a7
    """
    settings = project(assignments, config_path)
    rows = [
        (setting.key, settings.options[setting.key], settings.origins.get(setting.key, "default"))
        for setting in SETTINGS
    ]
    if form == "json":
        found = {key: {"value": value, "origin": origin} for key, value, origin in rows}
        echo_json(found)
    else:
        files = f"Settings come from {display_path(settings.path)}" if settings.path else "No configuration"
        echo(f"# {printable_line(files)}; the project is {printable_line(str(settings.root))}")
        width = max(len(key) for key, _, _ in rows)
        shown = max(len(as_toml(value)) for _, value, _ in rows)
        for key, value, origin in rows:
            echo(f"{key:<{width}} = {as_toml(value):<{shown}}  # {origin}")
    return DONE


def as_toml(value: Value) -> str:
    """Return a value as it is written in TOML; one that is not set as two quotation marks."""
    if value is None:
        return '""'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(as_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
