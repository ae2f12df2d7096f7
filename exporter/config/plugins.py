"""Plugins: readers and exporters that other packages bring, found by their entry points.

Looking for them reads the metadata of every installed package, so nobody looks before a
name or a file's suffix asks for one.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TypeVar, cast

from exporter.config import plugin_calls
from exporter.model.diagnostics import Diagnostic, error

Result = TypeVar("Result")

MAX_REASON_CHARS = 500
"""Of what a plugin says of its fault no more is shown."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A reader or exporter of another package; `role` says which of the two it is."""

    name: str
    role: str
    package: str
    version: str
    entry: EntryPoint

    def run(self, use: Callable[[Callable[..., object]], Result]) -> Result | Diagnostic:
        """Load the plugin's function, and return what `use` makes of it, or `plugin-failed`.

        Whatever the plugin raises, exits included, becomes the diagnostic; only Ctrl-C is raised.
        """
        try:
            return plugin_calls.call(lambda: use(cast("Callable[..., object]", self.entry.load())))
        except plugin_calls.RaisedError as exc:
            return self._raised(exc.cause)

    def failed(self, reason: str) -> Diagnostic:
        """Return the diagnostic that names this plugin, its package, and what went wrong."""
        message = f"The {self.role} “{self.name}” of {self.package} {self.version} failed: {reason}."
        hint = f"Update {self.package} or tell its author; until then do not use this {self.role}."
        return error("plugin-failed", message, hint=hint)

    def _raised(self, fault: BaseException) -> Diagnostic:
        """Return the diagnostic for an exception out of the plugin, with its place for the author."""
        frames = traceback.extract_tb(fault.__traceback__)
        where = f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else ""
        try:
            reason = plugin_calls.call(lambda: str(fault)[:MAX_REASON_CHARS].rstrip("."))
        except plugin_calls.RaisedError:
            reason = ""
        return self.failed(f"{type(fault).__name__}: {reason or 'no reason given'}{where}")


def discover(group: str) -> tuple[Plugin, ...]:
    """Return the plugins of a group, by name, then by package."""
    plugins = (_plugin(group, entry) for entry in entry_points(group=group))
    return tuple(sorted(plugins, key=lambda plugin: (plugin.name, plugin.package)))


def _plugin(group: str, entry: EntryPoint) -> Plugin:
    package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("an unknown package", "")
    return Plugin(entry.name, group.rpartition(".")[2].removesuffix("s"), package, version, entry)


def by_name(group: str, name: str) -> tuple[Plugin, ...]:
    """Return the plugins of that name: none, one, or as many as packages bring it.

    Raises `KeyError` where there is none.
    """
    plugins = tuple(plugin for plugin in discover(group) if plugin.name == name)
    if not plugins:
        raise KeyError(name)
    return plugins


def conflict(plugins: tuple[Plugin, ...]) -> Diagnostic | None:
    """Return the diagnostic for a name that several packages bring; chance must not choose."""
    if len(plugins) == 1:
        return None
    first = plugins[0]
    packages = " and ".join(f"{plugin.package} {plugin.version}" for plugin in plugins)
    message = f"The {first.role} “{first.name}” comes from {packages}, and only one can be used."
    return error("plugin-failed", message, hint="Uninstall the one that you do not want.")
