"""Discovery of plugins: readers, exporters and filters of other packages, and of files in the project.

Discovery reads the metadata of every installed package, so it runs only when a name or a file's
suffix needs a plugin. A plugin is loaded only when it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TypeVar, cast

from exporter.config import plugin_calls, plugin_code
from exporter.config.plugin_declaration import find_api_problem, find_declaration
from exporter.config.plugin_time_limit import TimeLimitError
from exporter.config.plugin_values import PluginContext
from exporter.config.project_plugins import FUNCTIONS, FileEntry, find_entries
from exporter.config.settings import Settings
from exporter.config.templates import TemplateError
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan

Result = TypeVar("Result")
Function = Callable[..., object]

MAX_REASON_CHARS = 500
"""Maximum length of a plugin's own error message in a diagnostic; unmeasured."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a plugin has no result: it failed, or its settings are wrong."""

    diagnostics: tuple[Diagnostic, ...]


class _ApiError(Exception):
    """A plugin cannot be used with this exporter; the message is a clause without a full stop."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A reader, exporter or filter that is not exporter's own; `role` says which in a word.

    `package` is the file for a plugin of the project, which has no version.
    """

    name: str
    role: str
    package: str
    version: str
    entry: EntryPoint | FileEntry

    @property
    def origin(self) -> str:
        """The package with its version."""
        return f"{self.package} {self.version}".rstrip()

    def run(
        self, settings: Settings, use: Callable[[Function, Settings], Result], subject: str = ""
    ) -> Result | Failure:
        """Load the plugin's function, and return the result of `use` for it and its settings.

        If it fails or its settings are wrong, return a `Failure`: any exception, `SystemExit` included,
        and the time limit become `plugin-failed`; only Ctrl-C is raised. `subject` says what it worked on.
        """
        from exporter.config.plugin_settings import make_own_settings

        def work() -> Result | Failure:
            function = self._load()
            own, problems = make_own_settings(self, function, settings)
            if problems:
                return Failure(problems)
            declaration = find_declaration(function)
            templates = plugin_code.templates_folder(function, declaration.templates if declaration else "")
            context = PluginContext(self.name, own, templates)
            return use(function, replace(settings, context=context))

        try:
            return plugin_calls.call(work, settings.plugin.timeout)
        except plugin_calls.RaisedError as exc:
            return Failure((self._report_exception(exc.cause, settings, subject),))

    def load(self, settings: Settings) -> Function | Diagnostic:
        """Return the plugin's function without calling it, or `plugin-failed`."""
        try:
            return plugin_calls.call(self._load, settings.plugin.timeout)
        except plugin_calls.RaisedError as exc:
            return self._report_exception(exc.cause, settings)

    def _load(self) -> Function:
        plugin_code.remember(self.entry)
        function = self.entry.load()
        plugin_code.remember_imported(self.entry)
        if problem := find_api_problem(function):
            raise _ApiError(problem)
        return cast("Function", function)

    def failed(self, reason: str, function: Function | None = None, subject: str = "") -> Diagnostic:
        """Return `plugin-failed` with this plugin, its package, and a reason without a full stop.

        It is reported at the function, if that is given. `subject` says what the plugin worked on.
        """
        return self._failed(reason, plugin_code.span_of(function) if function else None, subject)

    def _failed(self, reason: str, span: SourceSpan | None, subject: str = "") -> Diagnostic:
        subject = f" for {subject}" if subject else ""
        message = f"The {self.role} “{self.name}” of {self.origin} failed{subject}: {reason}."
        hint = f"Update {self.package} or tell its author; until then do not use this {self.role}."
        if isinstance(self.entry, FileEntry):
            hint = "Fix the file, or take it out of `plugins`."
        return error("plugin-failed", message, span, hint)

    def _report_exception(self, exc: BaseException, settings: Settings, subject: str = "") -> Diagnostic:
        """Return `plugin-failed` for an exception of the plugin, at the line of its code that raised it."""
        plugin_code.log_exception(exc)
        if isinstance(exc, TemplateError):
            place = exc.diagnostic.span
            is_own = place and Path(place.path) in (plugin_code.find_files(self.entry) or ())
            reason = exc.diagnostic.message.rstrip(".")
            return self._failed(reason, place, subject) if is_own else exc.diagnostic
        span = plugin_code.span_of_exception(exc, self.entry)
        if isinstance(exc, _ApiError):
            return self._failed(str(exc), None, subject)
        if isinstance(exc, TimeLimitError):
            reason = f"it took longer than {settings.plugin.timeout:g} seconds (`plugin.timeout`)"
            return self._failed(reason, span, subject)
        try:
            reason = plugin_calls.call(lambda: str(exc)[:MAX_REASON_CHARS].rstrip("."))
        except plugin_calls.RaisedError:
            reason = ""
        return self._failed(f"{type(exc).__name__}: {reason or 'no reason given'}", span, subject)


def discover(group: str, files: tuple[str, ...] = ()) -> tuple[Plugin, ...]:
    """Return the plugins of an entry-point group, sorted by name, then by package; none is loaded.

    `files` are the plugins of the project: see `Settings.plugin_files`.
    """
    role = group.rpartition(".")[2].removesuffix("s")
    of_project = [Plugin(name, role, entry.package, "", entry) for name, entry in find_entries(group, files)]
    plugins = [*_installed(group, tuple(sys.path)), *of_project]
    return tuple(sorted(plugins, key=lambda plugin: (plugin.name, plugin.package)))


@lru_cache(maxsize=12)
def _installed(group: str, _path: tuple[str, ...]) -> tuple[Plugin, ...]:
    """Return the plugins of the packages that are installed on a search path."""
    plugins = []
    for entry in entry_points(group=group):
        package, version = (entry.dist.name, entry.dist.version) if entry.dist else ("an unknown package", "")
        plugins.append(
            Plugin(entry.name, group.rpartition(".")[2].removesuffix("s"), package, version, entry)
        )
    return tuple(plugins)


def list_plugin_names(files: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the names of all plugins of all kinds, sorted."""
    return tuple(sorted({plugin.name for group in FUNCTIONS for plugin in discover(group, files)}))


def by_name(group: str, name: str, files: tuple[str, ...] = ()) -> tuple[Plugin, ...]:
    """Return the plugins of a name: one for each package that has it; raise `KeyError` if there is none."""
    plugins = tuple(plugin for plugin in discover(group, files) if plugin.name == name)
    if not plugins:
        raise KeyError(name)
    return plugins


def conflict(plugins: tuple[Plugin, ...]) -> Diagnostic | None:
    """Return `plugin-failed` if several packages have the same name, so that the choice is not random."""
    if len(plugins) == 1:
        return None
    first = plugins[0]
    packages = " and ".join(plugin.origin for plugin in plugins)
    message = f"The {first.role} “{first.name}” comes from {packages}, and only one can be used."
    return error("plugin-failed", message, hint="Uninstall the one that you do not want.")
