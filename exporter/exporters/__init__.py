"""Exporters turn a deck into named bytes; they do not write files.

Built-in exporters and those of plugins are loaded in the same way: by a name that refers to a function
with the signature of `Exporter`.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from exporter.config.settings import Settings
from exporter.model.deck import Deck
from exporter.model.deprecation import forward_renamed
from exporter.model.diagnostics import Diagnostic

GROUP = "exporter.exporters"

BUILT_IN: dict[str, str] = {
    "anki": "exporter.exporters.anki:export",
    "pdf": "exporter.exporters.pdf:export",
    "markdown": "exporter.exporters.markdown:export",
    "sheet": "exporter.exporters.sheet:export",
}


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file to write.

    `name` is its path in the output folder. `summary` describes the content to people in a few words;
    `details` describes it to programs, in JSON values.
    """

    name: str
    data: bytes
    summary: str
    details: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def holds(self) -> str:
        """Return `summary`; deprecated name."""
        warnings.warn(
            "ExportedFile.holds is deprecated; use ExportedFile.summary", DeprecationWarning, stacklevel=2
        )
        return self.summary


@dataclass(frozen=True, slots=True)
class Export:
    """The result of an exporter: files, and the diagnostics about them."""

    files: tuple[ExportedFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


class Exporter(Protocol):
    """The signature of an exporter; `now` is the time of the build, in seconds since 1970."""

    def __call__(self, deck: Deck, settings: Settings, now: int) -> Export:
        """Return the files for a deck."""


def load(name: str, plugin_files: tuple[str, ...] = ()) -> Exporter:
    """Return the exporter called `name`; raise `KeyError` if there is none.

    `plugin_files` are the plugins of the project.
    """
    if name not in BUILT_IN:
        from exporter.exporters.plugin import load_plugin

        return load_plugin(name, plugin_files)
    # not an `EntryPoint`, as for plugins: its package takes 1 % of a first build to load
    module, _, function = BUILT_IN[name].partition(":")
    return cast(Exporter, getattr(import_module(module), function))


if not TYPE_CHECKING:  # mypy would accept any name of a module that has `__getattr__`
    __getattr__ = forward_renamed(__name__, {"ExportFunction": ("Exporter", Exporter)})
