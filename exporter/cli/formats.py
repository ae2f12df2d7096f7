"""`exporter formats`: list all readers, exporters and filters, with the packages that provide them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import click

from exporter import __version__, exporters, readers
from exporter.cli.console import echo
from exporter.cli.errors import EXIT_OK
from exporter.cli.json_document import print_document
from exporter.cli.options import config_option, debug_option, format_option, load_project, set_option
from exporter.config.plugin_inputs import FILTERS
from exporter.config.plugins import Failure, Plugin, conflict, discover
from exporter.config.project_plugins import FOLDER, list_file_names, plugin_name
from exporter.config.settings import Settings


@dataclass(frozen=True, slots=True)
class Format:
    """A reader, exporter or filter in the list; `problem` is the reason why it cannot be used.

    `suffixes` are those of the files that it reads, and `unused` the one that it would read but for the
    reason there.
    """

    name: str
    package: str
    version: str
    suffixes: tuple[str, ...] = ()
    problem: str | None = None
    unused: Mapping[str, str] = field(default_factory=dict)


@click.command("formats")
@set_option
@config_option
@format_option
@debug_option
def command(assignments: tuple[str, ...], config_path: Path | None, form: str) -> int:
    """List the readers, exporters and filters, including those of plugins, and why one is not used.

    \b
    Example:
      exporter formats --format json
    """
    configuration = load_project(assignments, config_path)
    settings = configuration.settings
    kinds = {
        "readers": [*_list_built_in(readers.BUILT_IN), *_list_plugins(readers.GROUP, settings)],
        "exporters": [*_list_built_in(exporters.BUILT_IN), *_list_plugins(exporters.GROUP, settings)],
        "filters": [*_list_plugins(FILTERS, settings)],
    }
    listed = map(plugin_name, settings.plugin_files)
    unlisted = sorted({*list_file_names(configuration.root)}.difference(listed))
    if form == "json":
        values = {kind: list(map(asdict, formats)) for kind, formats in kinds.items()}
        print_document({**values, "unlisted": unlisted})
        return EXIT_OK
    for kind, formats in kinds.items():
        if formats:
            echo(f"{kind.capitalize()}:")
        for line in _iter_lines(formats):
            echo(f"  {line}")
    for name in unlisted:
        echo(f"{FOLDER}/{name}.py is not used: the setting `plugins` does not list “{name}”.")
    return EXIT_OK


def _list_built_in(table: dict[str, str]) -> Iterator[Format]:
    for name in table:
        suffixes = tuple(suffix for suffix, reader in readers.SUFFIXES.items() if reader == name)
        yield Format(name, "exporter", __version__, suffixes if table is readers.BUILT_IN else ())


def _list_plugins(group: str, settings: Settings) -> Iterator[Format]:
    plugins = discover(group, settings.plugin_files)
    table = {readers.GROUP: readers.BUILT_IN, exporters.GROUP: exporters.BUILT_IN}.get(group, {})
    for plugin in plugins:
        suffix = f".{plugin.name.lower()}" if group == readers.GROUP else ""
        problem = _find_problem(plugin, plugins, table, settings)
        reason = _find_unused_reason(suffix, plugin.name, plugins, problem) if suffix else ""
        suffixes = (suffix,) if suffix and not reason else ()
        unused = {suffix: reason} if reason else {}
        yield Format(plugin.name, plugin.package, plugin.version, suffixes, problem, unused)


def _find_problem(
    plugin: Plugin, plugins: tuple[Plugin, ...], table: dict[str, str], settings: Settings
) -> str | None:
    """Return why a plugin cannot be used; its settings are tried as well."""
    if plugin.name in table:
        return f"Not used: the name “{plugin.name}” belongs to exporter itself."
    if rivals := conflict(tuple(other for other in plugins if other.name == plugin.name)):
        return rivals.message
    result = plugin.run(settings, lambda _function, _own: None)
    if not isinstance(result, Failure):
        return None
    diagnostic = result.diagnostics[0]
    place = f" ({diagnostic.span.path}, line {diagnostic.span.line})" if diagnostic.span else ""
    return f"{diagnostic.message.rstrip('.')}{place}."


def _find_unused_reason(suffix: str, name: str, plugins: tuple[Plugin, ...], problem: str | None) -> str:
    """Return why files of a suffix are not read by the reader called like it; an empty string if they are."""
    if problem:
        return "The reader cannot be used."
    if suffix == ".lock":
        return "Files in .lock are never sources."
    if suffix in readers.SUFFIXES:
        return (
            f"They are read by “{readers.SUFFIXES[suffix]}”; choose this reader with `from` or --from {name}."
        )
    names = [other.name for other in plugins if f".{other.name.lower()}" == suffix]
    return f"They are read by “{names[0]}”, which comes first." if names[0] != name else ""


def _iter_lines(formats: list[Format]) -> Iterator[str]:
    name_width = max((len(item.name) for item in formats), default=0)
    package_width = max((len(f"{item.package} {item.version}") for item in formats), default=0)
    for item in formats:
        package = f"{item.package} {item.version}"
        suffixes = " ".join(item.suffixes)
        yield f"{item.name:<{name_width}}  {package:<{package_width}}  {suffixes}".rstrip()
        if item.problem:
            yield f"{'':<{name_width}}  {item.problem}"
        for suffix, reason in item.unused.items() if not item.problem else ():
            yield f"{'':<{name_width}}  Not used for {suffix} files: {reason[0].lower()}{reason[1:]}"
