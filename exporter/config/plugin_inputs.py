"""The files that a build with plugins depends on, for the up-to-date check."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from exporter.config.settings import Settings

FILTERS = "exporter.filters"
"""The entry-point group of filters, of which exporter itself has none."""


def find_inputs(plugins: Iterable[tuple[str, str]], settings: Settings) -> tuple[Path, ...] | None:
    """Return the files of the code of plugins, each with its group and name.

    Return `None` if what they depend on is unknown: a plugin that does not declare for which interface
    it is written, that wants to be run by every build, that is too large, or that this process has loaded
    in a former state.
    """
    # plugins need the metadata of packages, which takes long to import
    from exporter.config import plugin_code
    from exporter.config.plugin_declaration import find_declaration
    from exporter.config.plugins import discover
    from exporter.model.diagnostics import Diagnostic

    files: list[Path] = []
    for group, name in plugins:
        for plugin in discover(group, settings.plugin_files):
            if plugin.name != name:
                continue
            function = plugin.load(settings)
            declaration = None if isinstance(function, Diagnostic) else find_declaration(function)
            code = plugin_code.find_files(plugin.entry)
            if declaration is None or declaration.every_build or code is None:
                return None
            if not plugin_code.is_current(plugin.entry):
                return None
            files += code
    return tuple(dict.fromkeys(files))
