"""`exporter formats`: all readers and exporters, with the packages they come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click

from exporter import __version__, exporters, readers
from exporter.cli.console import echo, echo_json
from exporter.cli.errors import EXIT_OK
from exporter.cli.options import debug_option, format_option
from exporter.config.plugins import Plugin, conflict, discover
from exporter.model.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Format:
    """A reader or exporter as it is listed; `problem` says why it cannot be used."""

    name: str
    package: str
    version: str
    suffixes: tuple[str, ...] = ()
    problem: str | None = None


@click.command("formats")
@format_option
@debug_option
def command(form: str) -> int:
    """List the readers and exporters, including those of plugins.

    \b
    Example:
      exporter formats --format json
    """
    read = [*_own(readers.BUILT_IN), *_foreign(readers.GROUP, readers.BUILT_IN)]
    write = [*_own(exporters.BUILT_IN), *_foreign(exporters.GROUP, exporters.BUILT_IN)]
    if form == "json":
        value = {"schema": 1, "readers": list(map(asdict, read)), "exporters": list(map(asdict, write))}
        echo_json(value)
        return EXIT_OK
    for title, formats in (("Readers", read), ("Exporters", write)):
        echo(f"{title}:")
        for line in _lines(formats):
            echo(f"  {line}")
    return EXIT_OK


def _own(table: dict[str, str]) -> Iterator[Format]:
    for name in table:
        suffixes = tuple(suffix for suffix, reader in readers.SUFFIXES.items() if reader == name)
        yield Format(name, "exporter", __version__, suffixes if table is readers.BUILT_IN else ())


def _foreign(group: str, table: dict[str, str]) -> Iterator[Format]:
    plugins = discover(group)
    for plugin in plugins:
        suffixes = (f".{plugin.name.lower()}",) if group == readers.GROUP else ()
        rivals = tuple(other for other in plugins if other.name == plugin.name)
        if plugin.name in table:
            problem: str | None = f"Not used: the name “{plugin.name}” belongs to exporter itself."
        else:
            found_wrong = conflict(rivals) or _tried(plugin)
            problem = found_wrong.message if found_wrong else None
        yield Format(plugin.name, plugin.package, plugin.version, suffixes, problem)


def _tried(plugin: Plugin) -> Diagnostic | None:
    """Return what is wrong where a plugin cannot be loaded."""
    return plugin.run(lambda _function: None)


def _lines(formats: list[Format]) -> Iterator[str]:
    names = max(len(one.name) for one in formats)
    sources = max(len(f"{one.package} {one.version}") for one in formats)
    for one in formats:
        source = f"{one.package} {one.version}"
        yield f"{one.name:<{names}}  {source:<{sources}}  {' '.join(one.suffixes)}".rstrip()
        if one.problem:
            yield f"{'':<{names}}  {one.problem}"
