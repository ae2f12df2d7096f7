"""Loading the configuration: `exporter.toml` or `[tool.exporter]` in `pyproject.toml`, then `--set`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from exporter.config import project_file
from exporter.config.encodings import COMMON_ENCODINGS, find_encoding
from exporter.config.settings import SETTINGS, Settings, with_values
from exporter.config.settings_table import Setting, SettingType, Value
from exporter.model.diagnostics import Diagnostic, error, info
from exporter.model.questions import SourceSpan
from exporter.model.suggestions import suggest
from exporter.model.text import is_text
from exporter.system.files import display_path, read_limited

OUTPUT = "dist"
"""The default folder of a project's exports."""

MAX_UNKNOWN_KEYS = 20
"""Maximum number of unknown keys reported one by one; unmeasured."""

MAX_SHOWN_CHARS = 100
"""Maximum length of a key or value in a message; unmeasured."""

MAX_NUMBER = 1e9
"""Maximum absolute value of a number; millimetres, degrees and slots are far smaller; unmeasured."""

_CONTROL_CHARACTERS = re.compile(r"[\0-\x1f\x7f-\x9f]")

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


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
    `config-owner` and `config-outside`.
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
    for key, value, span in _from_file(path, data) if path and data else ():
        if key is not None and key not in SETTINGS:
            unknown.append((key, span))
            continue
        _apply(key, value, span, values, diagnostics)
        if key in values and key is not None:
            origins[key] = f"{span.path}:{span.line}"
            diagnostics += _check_file_setting(key, value, span, path) if path else ()
    diagnostics += _unknown_keys(unknown)
    for assignment in assignments:
        key, equals, text = assignment.partition("=")
        if not equals:
            message = f"“--set {_shortened(assignment)}” has no value."
            diagnostics.append(error("config-wrong-value", message, hint="Write it as --set KEY=VALUE."))
            continue
        _apply(key.strip(), _from_text(SETTINGS.get(key.strip()), text), None, values, diagnostics)
        origins[key.strip()] = "--set"
    root = path.parent if path else Path.cwd()
    templates = root / "templates"
    has_templates = _has_templates(templates)
    diagnostics += _check_links(root, [templates] if has_templates else [])
    settings = with_values(Settings(templates=str(templates) if has_templates else ""), values)
    return Config(settings, root, origins, tuple(diagnostics), path)


def _check_file_setting(key: str, value: Any, span: SourceSpan, path: Path) -> Iterator[Diagnostic]:
    """Report `config-outside` for a file that a setting names outside the configuration's folder."""
    if SETTINGS[key].type == SettingType.FILE and isinstance(value, str) and "\0" not in value:
        real = Path(os.path.realpath(path.parent / value))
        if real.is_file() and not real.is_relative_to(os.path.realpath(path.parent)):
            message = f"“{key}” is outside the project: {real}."
            yield info("config-outside", message, span, "Copy the file into the project if others build it.")


def _check_links(root: Path, folders: Iterable[Path]) -> Iterator[Diagnostic]:
    """Report `config-outside` for folders of the project that are symbolic links out of it."""
    for folder in (*folders, root / OUTPUT):
        real = Path(os.path.realpath(folder))
        if folder.is_symlink() and not real.is_relative_to(os.path.realpath(root)):
            message = f"{display_path(folder)} is a link out of the project, to {real}."
            yield info(
                "config-outside", message, SourceSpan(str(folder), 1), "If this is not intended, remove it."
            )


def validate(values: Mapping[str, Any]) -> tuple[dict[str, Value], tuple[Diagnostic, ...]]:
    """Return the valid ones of values given by key, and the diagnostics of the others.

    Report `config-unknown-key` and `config-wrong-value`.
    """
    valid: dict[str, Value] = {}
    diagnostics: list[Diagnostic] = []
    for key, value in values.items():
        _apply(key, value, None, valid, diagnostics)
    return valid, tuple(diagnostics)


def _has_templates(folder: Path) -> bool:
    return any((folder / part).is_dir() for part in ("anki", "markdown", "preview"))


def _from_file(path: Path, data: bytes) -> Iterator[tuple[str | None, Any, SourceSpan]]:
    """Yield every dotted key of a file with its value and span; a syntax error has the key `None`."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    try:
        table: Any = project_file.parse(text)
    except project_file.TomlError as exc:
        lines = text.split("\n")
        line = lines[exc.line - 1] if exc.line <= len(lines) else ""
        yield None, exc, SourceSpan(str(path), exc.line, exc.column, line)
        return
    spans = project_file.key_spans(str(path), text)
    prefix = "tool.exporter." if path.name == project_file.PYPROJECT_NAME else ""
    for part in prefix.split(".")[:-1]:
        table = table.get(part, {})
        if not isinstance(table, dict):
            yield None, f"“{part}” is not a table", project_file.key_span(part, spans, str(path))
            return
    for key, value in project_file.flatten(table):
        resolved = _resolve_file(SETTINGS.get(key), value, path.parent)
        yield key, resolved, project_file.key_span(prefix + key, spans, str(path))


def _resolve_file(setting: Setting | None, value: Any, folder: Path) -> Any:
    """Return the path of a file that is in the configuration's folder; any other value unchanged."""
    with suppress(OSError, ValueError):
        if (
            setting
            and setting.type == SettingType.FILE
            and isinstance(value, str)
            and (folder / value).is_file()
        ):
            return str(display_path(folder / value))
    return value


def _apply(
    key: str | None,
    value: Any,
    span: SourceSpan | None,
    values: dict[str, Value],
    diagnostics: list[Diagnostic],
) -> None:
    """Add a value to `values` if it is valid, else a diagnostic; the value of the key `None` is an error."""
    setting = SETTINGS.get(key) if key else None
    if key is None:
        hint = "Fix this line; see https://toml.io for the syntax."
        diagnostics.append(
            error("config-syntax", f"The configuration is not valid TOML: {value}.", span, hint)
        )
    elif setting is None:
        diagnostics.append(_unknown_key(key, span))
    elif problem := _problem(setting, value):
        diagnostics.append(
            error("config-wrong-value", f"“{key}” {problem}.", span, _choice_hint(setting, value))
        )
    else:
        values[key] = tuple(value) if isinstance(value, list) else value


def _unknown_keys(unknown: Sequence[tuple[str, SourceSpan]]) -> Iterator[Diagnostic]:
    """Report the first `MAX_UNKNOWN_KEYS` unknown keys of a file, and the number of the others."""
    for key, span in unknown[:MAX_UNKNOWN_KEYS]:
        yield _unknown_key(key, span)
    if len(unknown) > MAX_UNKNOWN_KEYS:
        message = f"{len(unknown) - MAX_UNKNOWN_KEYS:,} more keys are not settings."
        hint = "Check that this is a configuration of exporter; `exporter config` shows all keys."
        yield error("config-unknown-key", message, unknown[MAX_UNKNOWN_KEYS][1], hint)


def _unknown_key(key: str, span: SourceSpan | None) -> Diagnostic:
    with_same_name = (full_key for full_key in SETTINGS if full_key.rsplit(".", 1)[-1] == key)
    # 0.5 instead of 0.6: keys share long prefixes such as `pdf.printer.`; unmeasured
    suggestion = suggest(key, SETTINGS, 0.5) or next(with_same_name, "")
    hint = f"Did you mean “{suggestion}”?" if suggestion else f"The keys are {', '.join(SETTINGS)}."
    return error("config-unknown-key", f"Unknown setting “{_shortened(key)}”.", span, hint)


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_CHARS else text[: MAX_SHOWN_CHARS - 1] + "…"


def _problem(setting: Setting, value: Any) -> str:
    """Return what is wrong with a value, as the predicate of a sentence; empty for a valid one."""
    has_type = {
        SettingType.TEXT: isinstance(value, str),
        SettingType.FILE: isinstance(value, str),
        SettingType.ENCODING: isinstance(value, str),
        SettingType.NUMBER: isinstance(value, (int, float)) and not isinstance(value, bool),
        SettingType.FLAG: isinstance(value, bool),
        SettingType.LIST: isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value),
    }
    type_names = {
        SettingType.TEXT: "a text",
        SettingType.FILE: "a text",
        SettingType.ENCODING: "a text",
        SettingType.NUMBER: "a number",
        SettingType.FLAG: "true or false",
        SettingType.LIST: "a list of strings",
    }
    if not has_type[setting.type]:
        return f"must be {type_names[setting.type]}, not {_shortened(repr(value))}"
    parts = value if setting.type == SettingType.LIST else [value]
    if setting.type == SettingType.NUMBER and not abs(value) <= MAX_NUMBER:
        return f"must be a finite number, not {_shortened(repr(value))}"
    if any(isinstance(part, str) and not is_text(part) for part in parts):
        return "contains bytes that are not text"
    if any(isinstance(part, str) and _CONTROL_CHARACTERS.search(part) for part in parts):
        return "contains invisible characters"
    if setting.type == SettingType.ENCODING:
        is_known = not value or find_encoding(value)
        return "" if is_known else f"is not a known encoding: {_shortened(repr(value))}"
    invalid = [part for part in parts if setting.choices and part not in setting.choices]
    return f"cannot be {_shortened(repr(invalid[0]))}" if invalid else ""


def _choice_hint(setting: Setting, value: Any) -> str | None:
    if setting.type == SettingType.ENCODING and isinstance(value, str):
        suggestion = suggest(value.strip().lower(), COMMON_ENCODINGS)
        examples = "utf-8, utf-16, windows-1252, windows-1250, iso-8859-2, koi8-r, shift_jis and gb18030"
        return f"Did you mean “{suggestion}”?" if suggestion else f"It can be {examples}, for instance."
    if not setting.choices:
        return setting.help
    suggestion = suggest(str(value), setting.choices)
    choices = ", ".join(setting.choices)
    return f"Did you mean “{suggestion}”? It can be {choices}." if suggestion else f"It can be {choices}."


def _from_text(setting: Setting | None, text: str) -> Value:
    """Parse a setting's value from the command line; an invalid text is returned unchanged."""
    match setting.type if setting else SettingType.TEXT:
        case SettingType.FLAG:
            return _FLAGS.get(text.strip().casefold(), text)
        case SettingType.LIST:
            return tuple(part.strip() for part in text.split(",") if part.strip())
        case SettingType.NUMBER:
            try:
                return float(text)
            except ValueError:
                return text
    return text
