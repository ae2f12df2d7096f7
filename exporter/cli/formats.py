"""`exporter formats`: list all readers and exporters, with the packages that provide them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import click

from exporter import __version__, exporters, readers
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK
from exporter.cli.json_document import print_document
from exporter.cli.options import debug_option, format_option
from exporter.config.plugins import Plugin, conflict, discover
from exporter.model.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Format:
    """A reader or exporter in the list; `problem` is the reason why it cannot be used."""

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
    read = [*_list_built_in(readers.BUILT_IN), *_list_plugins(readers.GROUP, readers.BUILT_IN)]
    write = [*_list_built_in(exporters.BUILT_IN), *_list_plugins(exporters.GROUP, exporters.BUILT_IN)]
    if form == "json":
        print_document({"readers": list(map(asdict, read)), "exporters": list(map(asdict, write))})
        return EXIT_OK
    for title, formats in (("Readers", read), ("Exporters", write)):
        echo(f"{title}:")
        for line in _iter_lines(formats):
            echo(f"  {line}")
    return EXIT_OK


def _list_built_in(table: dict[str, str]) -> Iterator[Format]:
    for name in table:
        suffixes = tuple(suffix for suffix, reader in readers.SUFFIXES.items() if reader == name)
        yield Format(name, "exporter", __version__, suffixes if table is readers.BUILT_IN else ())


def _list_plugins(group: str, table: dict[str, str]) -> Iterator[Format]:
    plugins = discover(group)
    for plugin in plugins:
        suffixes = (f".{plugin.name.lower()}",) if group == readers.GROUP else ()
        rivals = tuple(other for other in plugins if other.name == plugin.name)
        if plugin.name in table:
            problem: str | None = f"Not used: the name “{plugin.name}” belongs to exporter itself."
        else:
            diagnostic = conflict(rivals) or _try_loading(plugin)
            problem = diagnostic.message if diagnostic else None
        yield Format(plugin.name, plugin.package, plugin.version, suffixes, problem)


def _try_loading(plugin: Plugin) -> Diagnostic | None:
    """Return the diagnostic of a plugin that cannot be loaded."""
    return plugin.run(lambda _function: None)


def _iter_lines(formats: list[Format]) -> Iterator[str]:
    name_width = max(len(item.name) for item in formats)
    package_width = max(len(f"{item.package} {item.version}") for item in formats)
    for item in formats:
        package = f"{item.package} {item.version}"
        suffixes = " ".join(item.suffixes)
        yield f"{item.name:<{name_width}}  {package:<{package_width}}  {suffixes}".rstrip()
        if item.problem:
            yield f"{'':<{name_width}}  {item.problem}"
