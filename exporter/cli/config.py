"""`exporter config`: show the configuration in effect, and where each value comes from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click

from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK, find_exit_status
from exporter.cli.json_document import print_document, print_schema
from exporter.cli.options import config_option, debug_option, format_option, load_project, set_option
from exporter.cli.output import show_diagnostics
from exporter.config import loader as config_loader
from exporter.config.plugin_values import PREFIX
from exporter.config.settings import SETTINGS, Settings
from exporter.config.settings_table import Setting, Value, value_of
from exporter.config.source_overrides import SOURCE_PREFIX
from exporter.model.diagnostics import pluralize
from exporter.model.terminal_text import printable_line
from exporter.system.files import display_path


@click.command("config")
@click.option("--all", "show_all", is_flag=True, help="Show every setting, defaults included.")
@click.option(
    "--schema", "shows_schema", is_flag=True, help="Print the JSON Schema of exporter.toml, for editors."
)
@set_option
@config_option
@format_option
@debug_option
def command(
    assignments: tuple[str, ...], config_path: Path | None, form: str, show_all: bool, shows_schema: bool
) -> int:
    """Show the settings that differ from the defaults, and where each value comes from.

    \b
    Examples:
      exporter config --set pdf.stock=a4-a7
      exporter config --schema > exporter.schema.json
    """
    if shows_schema:
        from exporter.config.settings_schema import make_schema

        print_schema(make_schema({**SETTINGS, **_find_plugin_settings(assignments, config_path)}))
        return EXIT_OK
    configuration = load_project(assignments, config_path)
    of_plugins, plugin_rows = _list_plugin_rows(configuration.settings, show_all)
    rows = [
        (row.key, value_of(configuration.settings, row), configuration.origins.get(row.key, "default"))
        for row in SETTINGS.values()
    ]
    overrides = configuration.settings.overrides
    rows += plugin_rows
    path = configuration.path
    if form == "json":
        of_sources = [
            (
                f"source.{format_toml(override.pattern)}.{key.removeprefix(SOURCE_PREFIX)}",
                value,
                override.span,
            )
            for override in overrides
            for key, value in override.values
        ]
        rows += [(key, value, f"{span.path}:{span.line}") for key, value, span in of_sources]
        parts = {
            "path": str(path) if path else None,
            "root": str(configuration.root),
            "settings": {
                key: {"value": None if value == "" else value, "origin": origin}
                for key, value, origin in rows
            },
        }
        print_document(parts)
        return EXIT_OK
    origin_of_all = f"Settings come from {display_path(path)}" if path else "No configuration"
    echo(f"# {printable_line(origin_of_all)}; the project is {printable_line(str(configuration.root))}")
    defaults = {key: row.default for key, row in {**SETTINGS, **of_plugins}.items()}
    if not show_all:
        rows = [(key, value, origin) for key, value, origin in rows if value != defaults[key]]
        differ = f"{pluralize(len(rows), 'setting')} {'differs' if len(rows) == 1 else 'differ'}"
        echo(f"# {differ} from the defaults; `exporter config --all` shows all {len(defaults)}")
    key_width = max((len(key) for key, _, _ in rows), default=0)
    value_width = max((len(format_toml(value)) for _, value, _ in rows), default=0)
    for key, value, origin in rows:
        echo(f"{key:<{key_width}} = {format_toml(value):<{value_width}}  # {origin}")
    for override in overrides:
        echo(f"\n[source.{format_toml(override.pattern)}]  # {override.span.path}:{override.span.line}")
        for key, value in override.values:
            echo(f"{key.removeprefix(SOURCE_PREFIX)} = {format_toml(value)}")
    return EXIT_OK


def _find_plugin_settings(assignments: tuple[str, ...], config_path: Path | None) -> dict[str, Setting]:
    """Return the settings of all plugins by dotted key, whatever is wrong with the configuration.

    A plugin that cannot be loaded has none, nor has one with a dot in its name, which a key cannot have.
    """
    from exporter.config.plugin_settings import list_own_settings

    settings = config_loader.load(Path.cwd(), assignments, config_path).settings
    listed, _ = list_own_settings(replace(settings, plugin_values=()), every=True)
    names = {key: key.removeprefix(PREFIX).removesuffix(f".{row.key}") for key, row, _, _ in listed}
    return {key: row for key, row, _, _ in listed if "." not in names[key]}


def _list_plugin_rows(
    settings: Settings, show_all: bool
) -> tuple[dict[str, Setting], list[tuple[str, Value, str]]]:
    """Return the settings of plugins, and key, value and origin of each; exit if one is wrong.

    Without `show_all`, plugins are loaded only if the configuration sets something for them.
    """
    if not show_all and not settings.plugin_values:
        return {}, []
    from exporter.config.plugin_settings import list_own_settings

    listed, diagnostics = list_own_settings(settings, every=show_all)
    show_diagnostics(diagnostics)
    if status := find_exit_status(diagnostics):
        raise click.exceptions.Exit(status)
    return {key: row for key, row, _, _ in listed}, [(key, value, origin) for key, _, value, origin in listed]


def format_toml(value: Value) -> str:
    """Return a value in TOML syntax; a value that is not set is an empty string."""
    if value is None:
        return '""'
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"{value:g}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(format_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
