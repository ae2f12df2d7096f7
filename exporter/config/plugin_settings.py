"""Settings of single plugins: `[plugin.NAME]`, validated by the table that the plugin declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from exporter.config import project_plugins
from exporter.config.plugin_declaration import find_declaration
from exporter.config.plugin_values import PREFIX, PluginValue
from exporter.config.plugins import Failure, Plugin, discover
from exporter.config.settings import Settings
from exporter.config.settings_table import Setting, Value, table_of, value_of, with_value
from exporter.config.validation import apply_value, parse_value
from exporter.model.diagnostics import Diagnostic, error


def make_own_settings(
    plugin: Plugin, function: Callable[..., object], settings: Settings
) -> tuple[object, tuple[Diagnostic, ...]]:
    """Return a plugin's own settings, or the diagnostics of those that are wrong.

    They are `None` for a plugin that declares no settings. Report `config-unknown-key` and
    `config-wrong-value`.
    """
    table = table_of_plugin(function)
    declaration = find_declaration(function)
    values: dict[str, Value] = {}
    diagnostics: list[Diagnostic] = []
    given = [value for value in settings.plugin_values if value.name == plugin.name]
    for item in given:
        if item.key in table or item.key not in _other_keys(plugin, settings):
            _apply(item, table, values, diagnostics)
    if diagnostics or declaration is None or declaration.settings is None:
        return None, tuple(diagnostics)
    try:
        own = declaration.settings()
        for key, value in values.items():
            own = with_value(own, table[key], value)
    except ValueError as exc:
        span = given[0].span if given else None
        problem = f"The settings of “{plugin.name}” cannot be used: {str(exc).rstrip('.')}."
        return None, (error("config-wrong-value", problem, span),)
    return own, ()


def _apply(
    item: PluginValue, table: dict[str, Setting], values: dict[str, Value], diagnostics: list[Diagnostic]
) -> None:
    value = item.value
    if item.span is None and isinstance(value, str):
        value = parse_value(table.get(item.key), value)
    apply_value(
        item.key,
        value,
        span=item.span,
        values=values,
        diagnostics=diagnostics,
        table=table,
        prefix=f"{PREFIX}{item.name}.",
    )


def _other_keys(plugin: Plugin, settings: Settings) -> frozenset[str]:
    """Return the settings of plugins of other kinds that have the same name, and thus the same table."""
    keys: set[str] = set()
    for other in _find_plugins(plugin.name, settings):
        if other != plugin:
            function = other.load(settings)
            keys |= set() if isinstance(function, Diagnostic) else table_of_plugin(function).keys()
    return frozenset(keys)


def _find_plugins(name: str, settings: Settings) -> Iterator[Plugin]:
    for group in project_plugins.FUNCTIONS:
        yield from (plugin for plugin in discover(group, settings.plugin_files) if plugin.name == name)


def table_of_plugin(function: Callable[..., object]) -> dict[str, Setting]:
    """Return the settings that a plugin declares by their keys, without the name of the plugin."""
    declaration = find_declaration(function)
    return table_of(declaration.settings) if declaration and declaration.settings else {}


def list_own_settings(
    settings: Settings, *, every: bool = False
) -> tuple[list[tuple[str, Setting, Value, str]], tuple[Diagnostic, ...]]:
    """Return key, setting, value and origin of each setting of the plugins that the configuration sets.

    With `every`, return those of all plugins. The plugins are loaded; the diagnostics are those of
    plugins that cannot be, and of wrong values.
    """
    rows: dict[str, tuple[str, Setting, Value, str]] = {}
    diagnostics: list[Diagnostic] = []
    named = {value.name for value in settings.plugin_values}
    for group in project_plugins.FUNCTIONS:
        for plugin in discover(group, settings.plugin_files):
            if plugin.name not in named and not every:
                continue
            result = plugin.run(settings, lambda function, own: (function, own))
            if isinstance(result, Failure):
                diagnostics += result.diagnostics
                continue
            function, own = result
            for key, row, value, origin in _rows(plugin.name, function, own):
                rows[key] = (key, row, value, origin)
    return list(rows.values()), tuple(dict.fromkeys(diagnostics))


def _rows(name: str, function: Any, settings: Any) -> Iterator[tuple[str, Setting, Value, str]]:
    own = settings.context.own
    origins = {item.key: item.origin for item in settings.plugin_values if item.name == name}
    for key, row in table_of_plugin(function).items():
        yield f"{PREFIX}{name}.{key}", row, value_of(own, row), origins.get(key, "default")
