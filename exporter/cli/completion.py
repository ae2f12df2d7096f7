"""Completion in the shell: the values of options and arguments, with help where the shell shows it.

Completion must never disturb typing: whatever fails has no values, and nothing is printed.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from exporter.config.loader import Config
    from exporter.config.settings_table import Setting
    from exporter.identity.records import Record

Values = dict[str, str]
"""Values with their help, which may be empty."""

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

PACKAGE_SUFFIXES = (".apkg", ".colpkg")


def _completer(find_values: Callable[[click.Context, str], Values]) -> Completer:
    """Return a function for `shell_complete` that offers the values which begin like the typed text."""

    def complete(context: click.Context, _parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        quiet = io.StringIO()
        try:
            with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
                values = find_values(context, typed)
        except Exception:
            return []
        return [
            CompletionItem(value, help=text or None)
            for value, text in values.items()
            if value.startswith(typed)
        ]

    return complete


def _load_config(context: click.Context) -> Config:
    from exporter.config import loader

    named = context.params.get("named") or ()
    start = Path(named[0]).parent if named else Path.cwd()
    return loader.load(start, context.params.get("assignments") or (), context.params.get("config_path"))


def _without_help(values: Iterable[str]) -> Values:
    return dict.fromkeys(values, "")


def _list_exporters(context: click.Context, _typed: str = "") -> Values:
    from exporter import exporters

    return _without_help([*exporters.BUILT_IN, *_list_plugins(context, exporters.GROUP)])


def _list_readers(context: click.Context, _typed: str = "") -> Values:
    from exporter import readers

    return _without_help(readers.list_names(_load_config(context).settings.plugin_files))


def _list_filters(context: click.Context) -> Values:
    from exporter.config.plugin_inputs import FILTERS

    return _without_help(_list_plugins(context, FILTERS))


def _list_plugins(context: click.Context, group: str) -> list[str]:
    from exporter.config.plugins import discover

    return [plugin.name for plugin in discover(group, _load_config(context).settings.plugin_files)]


def _list_project_plugins(context: click.Context) -> Values:
    from exporter.config.project_plugins import list_file_names

    return _without_help(list_file_names(_load_config(context).root))


def _list_stocks(_context: click.Context) -> Values:
    from exporter.cards.stock_choice import AUTO, CUSTOM
    from exporter.cards.stocks import BY_NAME

    return {AUTO: "", CUSTOM: ""} | {
        name: _describe_alias(name, stock.name) for name, stock in BY_NAME.items()
    }


def _describe_alias(name: str, stock: str) -> str:
    return "" if name == stock else f"Another name of {stock}."


_VALUES: dict[str, Callable[[click.Context], Values]] = {
    "pdf.stock": _list_stocks,
    "from": _list_readers,
    "to": _list_exporters,
    "filters": _list_filters,
    "plugins": _list_project_plugins,
}
"""The values of settings that their type does not tell."""


def _list_assignments(context: click.Context, typed: str) -> Values:
    """Return the settings with `=`, or after it the values of one; of a list, the next value."""
    key, equals, value = typed.partition("=")
    table = _find_settings(context, typed)
    if not equals:
        return {f"{name}=": row.help for name, row in table.items()}
    row = table[key]
    is_list = isinstance(row.default, tuple)
    before = value[: value.rfind(",") + 1] if is_list else ""
    given = before.split(",")
    values = _list_values(context, key, row)
    return {f"{key}={before}{name}": text for name, text in values.items() if name not in given}


def _find_settings(context: click.Context, typed: str) -> dict[str, Setting]:
    """Return the settings by key; plugins are loaded only for theirs."""
    from exporter.config.plugin_values import PREFIX
    from exporter.config.settings import SETTINGS

    if not typed.startswith(PREFIX):
        return SETTINGS
    from exporter.config.plugin_settings import list_own_settings

    own, _ = list_own_settings(_load_config(context).settings, every=True)
    return {**SETTINGS, **{key: row for key, row, _, _ in own}}


def _list_values(context: click.Context, key: str, row: Setting) -> Values:
    from exporter.config.settings_table import SettingType

    if key in _VALUES:
        return _VALUES[key](context)
    return _without_help(("true", "false") if row.type is SettingType.FLAG else row.choices)


def _read_records(context: click.Context) -> tuple[Record, ...]:
    """Return the records of the lock that the command reads."""
    from exporter.identity import lockfile
    from exporter.pipeline.sources import INPUT

    named = context.params.get("named") or ()
    folder = Path(named[0]).parent if named else _load_config(context).root / INPUT
    lock, _, _ = lockfile.read(context.params.get("lock_path") or folder / lockfile.LOCK_NAME)
    return lock.records if lock else ()


def _list_keys(context: click.Context, _typed: str = "") -> Values:
    """Return the keys of all questions, retired ones last, each with its question on one line."""
    from exporter.model.terminal_text import printable_line

    records = sorted(_read_records(context), key=lambda record: record.retired)
    questions = {record.key: printable_line(" ".join(record.question.split())) for record in records}
    return {
        record.key: f"{'retired: ' if record.retired else ''}{questions[record.key]}" for record in records
    }


def _list_new_keys(context: click.Context, _typed: str) -> Values:
    """Return the values of relink's second key: all but the first, and the word for a new one."""
    from exporter.identity.records import NEW_KEY

    keys = _list_keys(context)
    keys.pop(context.params.get("old") or "", None)
    return {NEW_KEY: "a new key, without reviews", **keys}


def _list_resent(context: click.Context, typed: str) -> Values:
    """Return the keys after the last comma, and before any comma the word for all."""
    from exporter.identity.resending import ALL_NOTES

    before = typed[: typed.rfind(",") + 1]
    everything = {} if before else {ALL_NOTES: "every note"}
    given = before.split(",")
    keys = {f"{before}{key}": text for key, text in _list_keys(context).items() if key not in given}
    return everything | keys


def _list_sources(context: click.Context, typed: str) -> Values:
    files = _load_config(context).settings.plugin_files
    return _without_help(_iter_paths(typed, files, ()))


def _list_package_and_sources(context: click.Context, typed: str) -> Values:
    files = _load_config(context).settings.plugin_files
    return _without_help(_iter_paths(typed, files, PACKAGE_SUFFIXES))


def _iter_paths(typed: str, plugin_files: tuple[str, ...], suffixes: tuple[str, ...]) -> Iterator[str]:
    """Yield folders with a slash, sources, and files with the suffixes, written as they are typed."""
    from exporter.pipeline.sources import is_source

    folder = typed[: typed.rfind("/") + 1]
    for path in sorted(Path(folder or ".").expanduser().iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield f"{folder}{path.name}/"
        elif path.suffix.lower() in suffixes or is_source(path, plugin_files):
            yield f"{folder}{path.name}"


def _list_printers(_context: click.Context, _typed: str) -> Values:
    from exporter.system.print_queue import list_printers

    return _without_help(list_printers())


complete_exporters = _completer(_list_exporters)
complete_readers = _completer(_list_readers)
complete_assignments = _completer(_list_assignments)
complete_keys = _completer(_list_keys)
complete_new_keys = _completer(_list_new_keys)
complete_resent = _completer(_list_resent)
complete_sources = _completer(_list_sources)
complete_package_and_sources = _completer(_list_package_and_sources)
complete_printers = _completer(_list_printers)
