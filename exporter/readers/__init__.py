"""Readers turn the text of a source into questions; they never raise on bad input.

Built-in readers and those of plugins are loaded in the same way: by a name that refers to a function
with the signature of `Reader`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from exporter.config.settings import Settings
from exporter.model.deprecation import forward_renamed
from exporter.model.diagnostics import Diagnostic
from exporter.model.questions import QuestionSet, SourceSpan
from exporter.model.source_lines import SourceLines, make_span
from exporter.readers.read_as import ReadAs

GROUP = "exporter.readers"

BUILT_IN: dict[str, str] = {
    "plain": "exporter.readers.plain.reader:read",
    "markdown": "exporter.readers.markdown:read",
    "delimited": "exporter.readers.table.reader:read",
    "json": "exporter.readers.json:read",
    "html": "exporter.readers.page:read",
    "docx": "exporter.readers.page:read",
    "org": "exporter.readers.org.reader:read",
}

SUFFIXES: dict[str, str] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".tab": "delimited",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".org": "org",
}


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded source: its path as the user gave it, and its lines without line breaks.

    Line N of the file on disk is `lines[N - 1]`, unless they are `SourceLines`.
    """

    path: str
    lines: tuple[str, ...]

    def span(self, line: int, column: int = 1) -> SourceSpan:
        """Return the span of a line and column, both from 1."""
        return make_span(self.path, self.lines, line, column)


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reader returns: the questions of a source, and the diagnostics about it.

    `lines` are the lines that were read, if these are not those of the file, and `media` the pictures in
    the file by their targets. `read_as` says how the source was read, unless the reader does not tell.
    """

    questions: QuestionSet
    diagnostics: tuple[Diagnostic, ...] = ()
    lines: SourceLines | None = None
    media: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    read_as: ReadAs | None = None


class Reader(Protocol):
    """The signature of a reader."""

    def __call__(self, source: SourceText, settings: Settings) -> ReadResult:
        """Read the questions of a source."""


def load(name: str, plugin_files: tuple[str, ...] = ()) -> Reader:
    """Return the reader called `name`; raise `KeyError` if there is none.

    `plugin_files` are the plugins of the project, here and below.
    """
    if name not in BUILT_IN:
        from exporter.readers.plugin import load_plugin

        return load_plugin(name, plugin_files)
    # not an `EntryPoint`, as for plugins: its package takes 1 % of a first build to load
    module, _, function = BUILT_IN[name].partition(":")
    return cast(Reader, getattr(import_module(module), function))


def list_names(plugin_files: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the names of all readers, the built-in ones first."""
    from exporter.config.plugins import discover

    return tuple(dict.fromkeys([*BUILT_IN, *(plugin.name for plugin in discover(GROUP, plugin_files))]))


def reader_for_name(file_name: str, plugin_files: tuple[str, ...] = ()) -> str:
    """Return the name of the reader for the name of a file, or an empty string.

    The reader `foo` of a plugin reads files that end in `.foo`, and `quiz.md` those in `.quiz.md`, which
    is longer than `.md`; the longest suffix is decisive, and of equal ones ours.
    """
    suffixes = _suffixes(file_name)
    ours = next((suffix for suffix in suffixes if suffix in SUFFIXES), "")
    if suffixes and suffixes[-1] == ".lock":
        return ""
    if not suffixes or suffixes == (ours,):  # no suffix of a plugin can be longer
        return SUFFIXES.get(ours, "")
    from exporter.config.plugins import discover

    readers = {
        f".{plugin.name.lower()}": plugin.name
        for plugin in reversed(discover(GROUP, plugin_files))
        if plugin.name not in BUILT_IN
    }
    return next(
        (SUFFIXES.get(suffix) or readers[suffix] for suffix in suffixes if suffix in {*SUFFIXES, *readers}),
        "",
    )


def _suffixes(file_name: str) -> tuple[str, ...]:
    """Return the suffixes of a file name in lower case, the longest one first: `.quiz.yaml`, `.yaml`."""
    _, *parts = file_name.lstrip(".").lower().split(".")
    return tuple(f".{'.'.join(parts[index:])}" for index in range(len(parts))) if parts else ()


if not TYPE_CHECKING:
    __getattr__ = forward_renamed(
        __name__, {"Reading": ("ReadResult", ReadResult), "ReadFunction": ("Reader", Reader)}
    )
