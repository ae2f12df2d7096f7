"""Exporters of other packages: whatever goes wrong in one becomes a diagnostic."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import PurePath

from exporter.config.plugins import Plugin, by_name, conflict
from exporter.config.settings import Settings
from exporter.exporters import GROUP, Export, ExportedFile, ExportFunction
from exporter.model.deck import Deck
from exporter.model.diagnostics import Diagnostic


def guarded(name: str) -> ExportFunction:
    """Return the plugin of that name as an exporter that never raises.

    A plugin that fails exports nothing and reports `plugin-failed`. Raises `KeyError` where
    no package brings the name.
    """
    plugins = by_name(GROUP, name)

    def export(deck: Deck, settings: Settings, now: int) -> Export:
        problem = conflict(plugins)
        return Export((), (problem,)) if problem else _run(plugins[0], deck, settings, now)

    return export


def _run(plugin: Plugin, deck: Deck, settings: Settings, now: int) -> Export:
    def use(export: Callable[..., object]) -> Export | Diagnostic:
        result = export(deck, settings, now)
        if not isinstance(result, Export):
            return plugin.failed(f"it returned {type(result).__name__} instead of an Export")
        # What is looked at may be the plugin's code, too: a list that computes its items.
        result = Export(tuple(result.files), tuple(result.diagnostics))
        problem = next(filter(None, map(_problem, result.files)), "")
        if not problem and not all(isinstance(one, Diagnostic) for one in result.diagnostics):
            problem = "one of its diagnostics is not a Diagnostic"
        return plugin.failed(problem) if problem else result

    result = plugin.run(use)
    return Export((), (result,)) if isinstance(result, Diagnostic) else result


def _problem(file: object) -> str:
    """Say what is wrong with a file that a plugin returned; empty for a good one."""
    if not isinstance(file, ExportedFile):
        return f"one of its files is {type(file).__name__} instead of an ExportedFile"
    if not (isinstance(file.name, str) and isinstance(file.data, bytes) and isinstance(file.holds, str)):
        return "a file's name and what it holds must be str, its data bytes"
    if not file.name or PurePath(file.name).name != file.name or "\0" in file.name or "\\" in file.name:
        return f"“{file.name}” is not a file's name"
    try:
        json.dumps(dict(file.details))
    except (TypeError, ValueError, RecursionError):
        return f"the details of {file.name} are not JSON values"
    return ""


def repeated(name: str, export: Export, taken: Iterable[str]) -> Export:
    """Return an export, or `plugin-failed` in its place where it would write over another's file."""
    names = set(taken)
    for file in export.files:
        if file.name.casefold() in names:
            reason = f"{file.name} is another export's file"
            return Export((), (*export.diagnostics, by_name(GROUP, name)[0].failed(reason)))
        names.add(file.name.casefold())
    return export
