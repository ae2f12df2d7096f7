"""Exporters of plugins: every failure in one becomes a diagnostic."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import PurePath

from exporter.config.plugins import Plugin, by_name, conflict
from exporter.config.settings import Settings
from exporter.exporters import GROUP, Export, ExportedFile, Exporter
from exporter.model.deck import Deck
from exporter.model.diagnostics import Diagnostic


def load_plugin(name: str) -> Exporter:
    """Return a plugin's exporter, wrapped so that it never raises.

    If the plugin fails, the result has no files and the diagnostic `plugin-failed`. Raise `KeyError` if no
    installed package has an exporter called `name`.
    """
    plugins = by_name(GROUP, name)

    def export(deck: Deck, settings: Settings, now: int) -> Export:
        problem = conflict(plugins)
        return Export((), (problem,)) if problem else _run(plugins[0], deck, settings, now)

    return export


def _run(plugin: Plugin, deck: Deck, settings: Settings, now: int) -> Export:
    def run_exporter(export: Callable[..., object]) -> Export | Diagnostic:
        result = export(deck, settings, now)
        if not isinstance(result, Export):
            return plugin.failed(f"it returned {type(result).__name__} instead of an Export")
        # the files and diagnostics may run code of the plugin: a list that computes its items
        result = Export(tuple(result.files), tuple(result.diagnostics))
        problem = next(filter(None, map(_find_problem, result.files)), "")
        if not problem and not all(isinstance(entry, Diagnostic) for entry in result.diagnostics):
            problem = "one of its diagnostics is not a Diagnostic"
        return plugin.failed(problem) if problem else result

    result = plugin.run(run_exporter)
    return Export((), (result,)) if isinstance(result, Diagnostic) else result


def _find_problem(file: object) -> str:
    """Return what is wrong with a file of a plugin; an empty string if nothing is."""
    if not isinstance(file, ExportedFile):
        return f"one of its files is {type(file).__name__} instead of an ExportedFile"
    if not (isinstance(file.name, str) and isinstance(file.data, bytes) and isinstance(file.summary, str)):
        return "the name and summary of a file must be str, its data bytes"
    if not file.name or PurePath(file.name).name != file.name or "\0" in file.name or "\\" in file.name:
        return f"“{file.name}” is not a file name"
    try:
        json.dumps(dict(file.details))
    except (TypeError, ValueError, RecursionError):
        return f"the details of {file.name} are not JSON values"
    return ""


def reject_duplicate_files(name: str, export: Export, used_names: Iterable[str]) -> Export:
    """Return the export of the plugin `name`, or `plugin-failed` if it repeats the name of a file.

    `used_names` are the casefolded names of the files of other exports.
    """
    names = set(used_names)
    for file in export.files:
        if file.name.casefold() in names:
            reason = f"{file.name} is a file of another export"
            return Export((), (*export.diagnostics, by_name(GROUP, name)[0].failed(reason)))
        names.add(file.name.casefold())
    return export
