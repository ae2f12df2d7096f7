"""Loading the configuration: `exporter.toml` or `[tool.exporter]` in `pyproject.toml`, then `--set`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from exporter.config import project_file
from exporter.config.file_names import names_file
from exporter.config.plugin_values import PREFIX, PluginValue, pop_plugin_tables, report_unmatched, split_key
from exporter.config.project_templates import report_unused_templates
from exporter.config.settings import SETTINGS, Settings, assign_values, with_values
from exporter.config.settings_table import Setting, SettingType, Value
from exporter.config.source_overrides import SourceOverride, pop_source_tables, resolve_source_key
from exporter.config.templates import has_own_styles, templates_folder
from exporter.config.validation import (
    apply_value,
    parse_value,
    report_unknown_keys,
    report_unknown_source_key,
    shorten,
)
from exporter.model.diagnostics import Diagnostic, error, info
from exporter.model.questions import SourceSpan
from exporter.system.files import display_path, read_limited

OUTPUT_FOLDER = "dist"
"""The default folder of a project's exports."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, the origin of each value that is set, and the diagnostics of the configuration.

    `root` is the project's folder: that of the configuration file, else the working directory. `path`
    is the configuration file.
    """

    settings: Settings
    root: Path
    origins: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()
    path: Path | None = None


def load(start: Path, assignments: Iterable[str] = (), path: Path | None = None) -> Config:
    """Return the configuration for sources in a folder.

    `assignments` are `KEY=VALUE` from the command line; `path` names a configuration file instead of
    the search for one. Report `config-syntax`, `config-unknown-key`, `config-wrong-value`,
    `config-owner`, `config-outside`, `template-unused` and `plugin-unmatched`. The settings of plugins are
    validated when these are used.
    """
    config_file = project_file.ConfigFile(path) if path else project_file.find_config_file(start.resolve())
    path = config_file.path
    values: dict[str, Value] = {}
    origins: dict[str, str] = {}
    diagnostics = list(config_file.diagnostics)
    data, problem = read_limited(path, project_file.MAX_CONFIG_BYTES) if path else (None, None)
    if problem:
        hint = problem.hint if problem.code == "no-permission" else "Name a configuration, or move this away."
        diagnostics.append(replace(problem, hint=hint))
    unknown: list[tuple[str, SourceSpan]] = []
    tables: dict[str, _SourceTable] = {}
    plugin_values: list[PluginValue] = []
    spans: dict[str, SourceSpan] = {}
    for pattern, key, value, span in _from_file(path, data) if path and data else ():
        if pattern is not None:
            table = tables.setdefault(pattern, _SourceTable(span))
            diagnostics += table.add(key, value, span) if key is not None else ()
            continue
        if isinstance(value, PluginValue):
            plugin_values.append(value)
            continue
        if key is not None and key not in SETTINGS:
            unknown.append((key, span))
            continue
        apply_value(key, value, span=span, values=values, diagnostics=diagnostics)
        if key in values and key is not None:
            origins[key], spans[key] = f"{span.path}:{span.line}", span
            diagnostics += _check_file_setting(key, value, span, path) if path else ()
    diagnostics += report_unknown_keys(unknown)
    for assignment in assignments:
        key, equals, text = assignment.partition("=")
        if not equals:
            message = f"“--set {shorten(assignment)}” has no value."
            diagnostics.append(error("config-wrong-value", message, hint="Write it as --set KEY=VALUE."))
            continue
        if key.strip().startswith(PREFIX) and key.strip() not in SETTINGS:
            plugin_values.append(PluginValue("", key.strip(), text))
            continue
        apply_value(
            key.strip(),
            parse_value(SETTINGS.get(key.strip()), text),
            span=None,
            values=values,
            diagnostics=diagnostics,
        )
        origins[key.strip()] = "--set"
    root = path.parent if path else Path.cwd()
    templates = root / "templates"
    plugin_files, problems = _find_plugin_files(root, values, spans.get("plugins"))
    diagnostics += problems
    has_templates = _has_templates(templates, plugin_files) or has_own_styles(templates)
    diagnostics += _check_links(root, [templates] if has_templates else [])
    diagnostics += report_unused_templates(templates) if has_templates else ()
    if plugin_values:
        plugin_values, problems = _match_plugins(plugin_values, plugin_files)
        diagnostics += problems
    assigned = {key: value for key, value in values.items() if origins.get(key) == "--set"}
    overrides = tuple(
        SourceOverride(pattern, tuple(table.values.items()), table.span) for pattern, table in tables.items()
    )
    settings = Settings(
        templates=str(templates) if has_templates else "",
        overrides=overrides,
        plugin_files=plugin_files,
        plugin_values=tuple(plugin_values),
    )
    settings = assign_values(with_values(settings, values), assigned)
    return Config(settings, root, origins, tuple(diagnostics), path)


@dataclass(frozen=True, slots=True)
class _SourceTable:
    """The settings of single sources, as the configuration is read; `span` is that of the table's header."""

    span: SourceSpan
    values: dict[str, Value] = field(default_factory=dict)

    def add(self, key: str, value: Any, span: SourceSpan) -> Iterator[Diagnostic]:
        """Add a setting; report `config-unknown-key` and `config-wrong-value`."""
        full_key = resolve_source_key(key)
        if full_key not in SETTINGS:
            yield report_unknown_source_key(key, span)
            return
        diagnostics: list[Diagnostic] = []
        apply_value(full_key, value, span=span, values=self.values, diagnostics=diagnostics)
        yield from diagnostics


def _find_plugin_files(
    root: Path, values: Mapping[str, Value], span: SourceSpan | None
) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Return the files of the project's plugins that the setting `plugins` lists."""
    names = values.get("plugins", ())
    if not isinstance(names, tuple) or not names:
        return (), ()
    from exporter.config.project_plugins import resolve_files

    return resolve_files(root, names, span)


def _match_plugins(
    values: Sequence[PluginValue], files: tuple[str, ...]
) -> tuple[list[PluginValue], tuple[Diagnostic, ...]]:
    """Return the settings of plugins with the names of these; report `plugin-unmatched`."""
    from exporter.config.plugins import list_plugin_names

    names = list_plugin_names(files)
    matched = [
        value if value.name else PluginValue(*split_key(value.key, names), value.value) for value in values
    ]
    return matched, tuple(report_unmatched(matched, names))


def _check_file_setting(key: str, value: Any, span: SourceSpan, path: Path) -> Iterator[Diagnostic]:
    """Report `config-outside` for files that a setting names outside the configuration's folder."""
    if SETTINGS[key].type != SettingType.FONTS:
        return
    for name in (value,) if isinstance(value, str) else value:
        if not names_file(name, path.parent):
            continue
        real = Path(os.path.realpath(path.parent / name))
        if not real.is_relative_to(os.path.realpath(path.parent)):
            message = f"“{key}” is outside the project: {real}."
            yield info("config-outside", message, span, "Copy the file into the project if others build it.")


def _check_links(root: Path, folders: Iterable[Path]) -> Iterator[Diagnostic]:
    """Report `config-outside` for folders of the project that are symbolic links out of it."""
    for folder in (*folders, root / OUTPUT_FOLDER):
        real = Path(os.path.realpath(folder))
        if folder.is_symlink() and not real.is_relative_to(os.path.realpath(root)):
            message = f"{display_path(folder)} is a link out of the project, to {real}."
            yield info(
                "config-outside", message, SourceSpan(str(folder), 1), "If this is not intended, remove it."
            )


def _has_templates(folder: Path, plugin_files: tuple[str, ...]) -> bool:
    """Return whether a folder has a subfolder of the name of one of ours, such as `anki`, or of a plugin."""
    if any((folder / ours.name).is_dir() for ours in templates_folder().iterdir() if ours.is_dir()):
        return True
    names = {path.name for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()
    if not names:
        return False
    from exporter.config.plugins import list_plugin_names

    return not names.isdisjoint(list_plugin_names(plugin_files))


def _from_file(path: Path, data: bytes) -> Iterator[tuple[str | None, str | None, Any, SourceSpan]]:
    """Yield every dotted key of a file with its value and span; a syntax error has the key `None`.

    The first item is the name or pattern of the sources that a setting is for, `None` for all. Each table of
    single sources is yielded first without a key.
    """
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    try:
        table: Any = project_file.parse(text)
    except project_file.TomlError as exc:
        lines = text.split("\n")
        line = lines[exc.line - 1] if exc.line <= len(lines) else ""
        yield None, None, exc, SourceSpan(str(path), exc.line, exc.column, line)
        return
    spans = project_file.key_spans(str(path), text)
    prefix = "tool.exporter." if path.name == project_file.PYPROJECT_NAME else ""
    for part in prefix.split(".")[:-1]:
        table = table.get(part, {})
        if not isinstance(table, dict):
            yield None, None, f"“{part}” is not a table", project_file.key_span(part, spans, str(path))
            return
    for pattern, source_table in pop_source_tables(table):
        name = project_file.strip_quotes(f"{prefix}source.{pattern}")
        header = spans.get(f"[{name}]") or project_file.key_span(name, spans, str(path))
        yield pattern, None, None, header
        for key, value in project_file.flatten(source_table):
            yield pattern, key, value, spans.get(f"{name}.{project_file.strip_quotes(key)}", header)
    for plugin, plugin_table in pop_plugin_tables(table):
        name = project_file.strip_quotes(f"{prefix}{PREFIX}{plugin}")
        for key, value in project_file.flatten(plugin_table):
            full_key = f"{name}.{project_file.strip_quotes(key)}"
            span = spans.get(full_key) or project_file.key_span(full_key, spans, str(path))
            kept = tuple(value) if isinstance(value, list) else value
            yield None, f"{PREFIX}{plugin}.{key}", PluginValue(plugin, key, kept, span), span
    for key, value in project_file.flatten(table):
        resolved = _resolve_file(SETTINGS.get(key), value, path.parent)
        yield None, key, resolved, project_file.key_span(prefix + key, spans, str(path))


def _resolve_file(setting: Setting | None, value: Any, folder: Path) -> Any:
    """Return the paths of files that are in the configuration's folder; any other value unchanged."""
    if setting and setting.type == SettingType.FONTS:
        if isinstance(value, list):
            return [_resolve_file(setting, part, folder) for part in value]
        if isinstance(value, str) and names_file(value, folder):
            return str(display_path(folder / value))
    return value
