"""The settings of a call: those of the project, then the arguments, which come before them."""

from __future__ import annotations

import sys
import traceback
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from exporter.api.errors import raise_errors
from exporter.config import loader, validation
from exporter.config.plugin_values import PREFIX, PluginValue, report_unmatched, split_key
from exporter.config.settings import SETTINGS, Settings, assign_values
from exporter.config.settings_table import Value
from exporter.model.diagnostics import Diagnostic


def load_config(start: Path, values: Mapping[str, object], reader: str | None = None) -> loader.Config:
    """Return the configuration of the project in which `start` is, overridden by the arguments of a call.

    Raise `ExporterError` if either has an error.
    """
    config = loader.load(start)
    valid, of_plugins, diagnostics = _validate(values, reader, config.settings.plugin_files)
    raise_errors((*config.diagnostics, *diagnostics))
    settings = replace(config.settings, plugin_values=(*config.settings.plugin_values, *of_plugins))
    return replace(config, settings=assign_values(settings, valid))


def make_settings(values: Mapping[str, object], reader: str | None = None) -> Settings:
    """Return the default settings, overridden by the arguments of a call; no file is read.

    Raise `ExporterError` if an argument has an error.
    """
    valid, of_plugins, diagnostics = _validate(values, reader)
    raise_errors(diagnostics)
    return assign_values(Settings(plugin_values=of_plugins), valid)


def _validate(
    values: Mapping[str, object], reader: str | None, plugin_files: tuple[str, ...] = ()
) -> tuple[dict[str, Value], tuple[PluginValue, ...], tuple[Diagnostic, ...]]:
    """Return the valid values by key, those for plugins, and the diagnostics of the others."""
    if "from" in values:
        message = "exporter: the argument “from” is deprecated; use “reader”"
        warnings.warn(message, DeprecationWarning, stacklevel=_find_caller())
    by_key = {name.replace("__", "."): _toml_value(value) for name, value in values.items()}
    plugin_keys = [key for key in by_key if key.startswith(PREFIX) and key not in SETTINGS]
    of_plugins: tuple[PluginValue, ...] = ()
    if plugin_keys:
        from exporter.config.plugins import list_plugin_names

        names = list_plugin_names(plugin_files)
        of_plugins = tuple(PluginValue(*split_key(key, names), by_key.pop(key)) for key in plugin_keys)
    valid, diagnostics = validation.validate(by_key if reader is None else {**by_key, "from": reader})
    return valid, of_plugins, (*diagnostics, *report_unmatched(of_plugins, names if plugin_keys else ()))


def _find_caller() -> int:
    """Return the stack level, from the calling function, of the first function outside of the API."""
    modules = [frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_stack(sys._getframe())]
    own = takewhile(lambda name: name.startswith("exporter.api."), modules[1:])
    return len(list(own)) + 1


def _toml_value(value: object) -> object:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else value
