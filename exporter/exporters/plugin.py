"""Exporters of plugins: every failure in one becomes a diagnostic."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import PurePath

from exporter.config.plugins import Failure, Plugin, by_name, conflict
from exporter.config.settings import Settings
from exporter.exporters import GROUP, Export, ExportedFile, Exporter
from exporter.model.deck import Deck, exported_path
from exporter.model.diagnostics import Diagnostic


def load_plugin(name: str, files: tuple[str, ...] = ()) -> Exporter:
    """Return a plugin's exporter, wrapped so that it never raises.

    If the plugin fails, the result has no files and the diagnostic `plugin-failed`. Raise `KeyError` if
    neither an installed package nor `files`, the plugins of the project, have an exporter called `name`.
    """
    plugins = by_name(GROUP, name, files)

    def export(deck: Deck, settings: Settings, now: int) -> Export:
        problem = conflict(plugins)
        return Export((), (problem,)) if problem else _run(plugins[0], deck, settings, now)

    return export


def _run(plugin: Plugin, deck: Deck, settings: Settings, now: int) -> Export:
    def run_exporter(export: Callable[..., object], own: Settings) -> Export | Failure:
        result = export(deck, own, now)
        if isinstance(result, Export):
            # the files and diagnostics may run code of the plugin: a list that computes its items
            result = Export(tuple(result.files), tuple(result.diagnostics))
        problem = find_export_problem(result, deck)
        if problem or not isinstance(result, Export):
            return Failure((plugin.failed(problem, export),))
        return result

    result = plugin.run(settings, run_exporter)
    return Export((), result.diagnostics) if isinstance(result, Failure) else result


def find_export_problem(result: object, deck: Deck) -> str:
    """Return what is wrong with the result of an exporter; an empty string if nothing is."""
    if not isinstance(result, Export):
        return f"it returned {type(result).__name__} instead of an Export"
    if not all(isinstance(entry, Diagnostic) for entry in result.diagnostics):
        return "one of its diagnostics is not a Diagnostic"
    return next(filter(None, (_find_problem(file, deck) for file in result.files)), "")


def _find_problem(file: object, deck: Deck) -> str:
    """Return what is wrong with a file of a plugin; an empty string if nothing is."""
    if not isinstance(file, ExportedFile):
        return f"one of its files is {type(file).__name__} instead of an ExportedFile"
    if not (isinstance(file.name, str) and isinstance(file.data, bytes) and isinstance(file.summary, str)):
        return "the name and summary of a file must be str, its data bytes"
    if deck.media.get(_targets(deck).get(file.name, "")) == file.data:
        return ""  # a picture of the deck, as other exports write it
    if not file.name or PurePath(file.name).name != file.name or "\0" in file.name or "\\" in file.name:
        return f"“{file.name}” is not a file name"
    try:
        json.dumps(dict(file.details))
    except (TypeError, ValueError, RecursionError):
        return f"the details of {file.name} are not JSON values"
    return ""


def _targets(deck: Deck) -> dict[str, str]:
    """Return the targets of a deck's pictures by the names of their files."""
    return {exported_path(target): target for target in deck.media}


def reject_duplicate_files(
    name: str, export: Export, used_names: Iterable[str], deck: Deck, files: tuple[str, ...] = ()
) -> Export:
    """Return the export of the plugin `name`, or `plugin-failed` if it repeats the name of a file.

    `used_names` are the casefolded names of the files of other exports; pictures of the deck may be
    written by several. `files` are the plugins of the project.
    """
    names = set(used_names)
    pictures = _targets(deck).keys()
    for file in export.files:
        if file.name in pictures:
            continue
        if file.name.casefold() in names:
            reason = f"{file.name} is a file of another export"
            return Export((), (*export.diagnostics, by_name(GROUP, name, files)[0].failed(reason)))
        names.add(file.name.casefold())
    return export
