"""Exporters: each turns a deck into named bytes, and opens no file for writing.

A built-in exporter and one from another package come through the same door: a name, and
the place of a function with the shape of `ExportFunction`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from typing import Protocol, cast

from exporter.config.settings import Settings
from exporter.model.deck import Deck
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
    """A file to be written: its path within the output folder, its bytes, and what it holds.

    `details` says what it holds to machines, in values that JSON knows.
    """

    name: str
    data: bytes
    holds: str
    details: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Export:
    """What an exporter returns: files, and what it has to say about them."""

    files: tuple[ExportedFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


class ExportFunction(Protocol):
    """The shape of an exporter; `now` is the time of the build, in seconds since 1970."""

    def __call__(self, deck: Deck, settings: Settings, now: int) -> Export:
        """Turn the deck into files."""


def load(name: str) -> ExportFunction:
    """Return the exporter of that name; raises `KeyError` where there is none."""
    if name not in BUILT_IN:
        from exporter.exporters.plugin import guarded

        return guarded(name)
    return cast(ExportFunction, EntryPoint(name, BUILT_IN[name], GROUP).load())
