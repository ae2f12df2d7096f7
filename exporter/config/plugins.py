"""Discovery of plugins: readers and exporters of other packages, found by their entry points.

Discovery reads the metadata of every installed package, so it runs only when a name or a file's
suffix needs a plugin.
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
"""Maximum length of a plugin's own error message in a diagnostic; unmeasured."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A reader or exporter of another package; `role` is “reader” or “exporter”."""

    name: str
    role: str
    package: str
    version: str
    entry: EntryPoint

    def run(self, use: Callable[[Callable[..., object]], Result]) -> Result | Diagnostic:
        """Load the plugin's function, and return the result of `use` for it, or `plugin-failed`.

        Any exception of the plugin, `SystemExit` included, becomes the diagnostic; only Ctrl-C is raised.
        """
        try:
            return plugin_calls.call(lambda: use(cast("Callable[..., object]", self.entry.load())))
        except plugin_calls.RaisedError as exc:
            return self._exception_diagnostic(exc.cause)

    def failed(self, reason: str) -> Diagnostic:
        """Return `plugin-failed` with this plugin, its package, and a reason without a full stop."""
        message = f"The {self.role} “{self.name}” of {self.package} {self.version} failed: {reason}."
        hint = f"Update {self.package} or tell its author; until then do not use this {self.role}."
        return error("plugin-failed", message, hint=hint)

    def _exception_diagnostic(self, exc: BaseException) -> Diagnostic:
        """Return `plugin-failed` for an exception of the plugin, with its file and line for the author."""
        frames = traceback.extract_tb(exc.__traceback__)
        where = f" ({frames[-1].filename}, line {frames[-1].lineno})" if frames else ""
        try:
            reason = plugin_calls.call(lambda: str(exc)[:MAX_REASON_CHARS].rstrip("."))
        except plugin_calls.RaisedError:
            reason = ""
        return self.failed(f"{type(exc).__name__}: {reason or 'no reason given'}{where}")


def discover(group: str) -> tuple[Plugin, ...]:
    """Return the plugins of an entry-point group, sorted by name, then by package."""
    plugins = (_plugin(group, entry) for entry in entry_points(group=group))
    return tuple(sorted(plugins, key=lambda plugin: (plugin.name, plugin.package)))


def _plugin(group: str, entry: EntryPoint) -> Plugin:
    package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("an unknown package", "")
    return Plugin(entry.name, group.rpartition(".")[2].removesuffix("s"), package, version, entry)


def by_name(group: str, name: str) -> tuple[Plugin, ...]:
    """Return the plugins of a name: one for each package that has it; raise `KeyError` if there is none."""
    plugins = tuple(plugin for plugin in discover(group) if plugin.name == name)
    if not plugins:
        raise KeyError(name)
    return plugins


def conflict(plugins: tuple[Plugin, ...]) -> Diagnostic | None:
    """Return `plugin-failed` if several packages have the same name, so that the choice is not random."""
    if len(plugins) == 1:
        return None
    first = plugins[0]
    packages = " and ".join(f"{plugin.package} {plugin.version}" for plugin in plugins)
    message = f"The {first.role} “{first.name}” comes from {packages}, and only one can be used."
    return error("plugin-failed", message, hint="Uninstall the one that you do not want.")
