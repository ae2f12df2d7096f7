"""Settings of plugins as a configuration has them, before the plugin is loaded that declares them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from exporter.model.diagnostics import Diagnostic, warning
from exporter.model.questions import SourceSpan
from exporter.model.suggestions import suggest

PREFIX = "plugin."


@dataclass(frozen=True, slots=True)
class PluginValue:
    """A value for the setting `key` of the plugin `name`.

    From the command line there is no span, and the value is a text that is parsed by the setting's type.
    """

    name: str
    key: str
    value: Any
    span: SourceSpan | None = None

    @property
    def origin(self) -> str:
        """Where the value is set, as `exporter config` shows it."""
        return f"{self.span.path}:{self.span.line}" if self.span else "--set"


@dataclass(frozen=True, slots=True)
class PluginContext:
    """What a plugin that runs has besides the settings of all.

    `name` is its name, `own` are its own settings, and `templates` is the folder of its templates; empty
    if it has none.
    """

    name: str
    own: object = None
    templates: str = ""


def pop_plugin_tables(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Remove the tables of plugins from the configuration's table, and yield them by the plugin's name."""
    plugin = table.get("plugin")
    if isinstance(plugin, dict):
        for name in [name for name, value in plugin.items() if isinstance(value, dict)]:
            yield name, plugin.pop(name)


def split_key(key: str, names: Collection[str]) -> tuple[str, str]:
    """Return the name of the plugin and its setting in `plugin.NAME.KEY`; a name may have dots."""
    rest = key.removeprefix(PREFIX)
    name = max((name for name in names if rest.startswith(f"{name}.")), key=len, default="")
    return (name, rest.removeprefix(f"{name}.")) if name else (rest.partition(".")[0], rest.partition(".")[2])


def report_unmatched(values: Sequence[PluginValue], names: Collection[str]) -> Iterator[Diagnostic]:
    """Report `plugin-unmatched` for the settings of each plugin that is neither installed nor listed."""
    for name in dict.fromkeys(value.name for value in values if value.name not in names):
        span = next(value.span for value in values if value.name == name)
        near = suggest(name, names)
        hint = f"Did you mean “{near}”?" if near else "Install it; `exporter formats` lists those there are."
        yield warning(
            "plugin-unmatched", f"No plugin is called “{name}”; its settings are not used.", span, hint
        )
