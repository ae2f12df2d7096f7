"""Configuration: `exporter.toml`, or `[tool.exporter]` in `pyproject.toml`, then `--set`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from exporter.config import project_file
from exporter.config.encodings import COMMON, find_encoding
from exporter.config.settings import SETTINGS, Settings, with_values
from exporter.config.settings_table import Setting, SettingType, Value
from exporter.model.diagnostics import Diagnostic, error, info
from exporter.model.questions import SourceSpan, is_text
from exporter.model.suggestions import suggest
from exporter.system.files import display_path, read_limited

OUTPUT = "dist"
"""The folder of a project that exports go to unless another is named."""

MAX_UNKNOWN_KEYS = 20
"""How many unknown keys of a file are reported one by one."""

MAX_SHOWN_CHARS = 100
"""How much of a key or value is shown; what is longer is no misspelt word, and is compared with none."""

MAX_NUMBER = 1e9
"""No number is taken that is larger: millimetres, degrees and slots are all far less."""

_CONTROLS = re.compile(r"[\0-\x1f\x7f-\x9f]")

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Config:
    """The options in force, where each value came from, and what is wrong with them.

    `root` is the project's folder: the one the configuration stands in, else the present one. `path`
    is the file that was read.
    """

    settings: Settings
    root: Path
    origins: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...] = ()
    path: Path | None = None


def load(start: Path, assignments: Iterable[str] = (), path: Path | None = None) -> Config:
    """Return the configuration that holds for sources in a folder.

    `assignments` are `KEY=VALUE` from the command line; `path` names a file instead of the
    one that is found. Reports `config-syntax`, `config-unknown-key`, `config-wrong-value`, `config-owner`
    and `config-outside`.
    """
    found = project_file.ConfigFile(path) if path else project_file.find_config_file(start.resolve())
    path = found.path
    values: dict[str, Value] = {}
    origins: dict[str, str] = {}
    diagnostics = list(found.diagnostics)
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
            diagnostics += _outside(key, value, span, path) if path else ()
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
    own = _own_templates(templates)
    diagnostics += _linked_outside(root, [templates] if own else [])
    settings = with_values(Settings(templates=str(templates) if own else ""), values)
    return Config(settings, root, origins, tuple(diagnostics), path)


def _outside(key: str, value: Any, span: SourceSpan, path: Path) -> Iterator[Diagnostic]:
    """Report `config-outside` for a file that is named in the configuration and not in its folder."""
    if SETTINGS[key].type == SettingType.FILE and isinstance(value, str) and "\0" not in value:
        real = Path(os.path.realpath(path.parent / value))
        if real.is_file() and not real.is_relative_to(os.path.realpath(path.parent)):
            message = f"“{key}” is outside the project: {real}."
            yield info("config-outside", message, span, "Copy the file into the project if others build it.")


def _linked_outside(root: Path, folders: Iterable[Path]) -> Iterator[Diagnostic]:
    """Report `config-outside` for folders of the project that are links out of it."""
    for folder in (*folders, root / OUTPUT):
        real = Path(os.path.realpath(folder))
        if folder.is_symlink() and not real.is_relative_to(os.path.realpath(root)):
            message = f"{display_path(folder)} is a link out of the project, to {real}."
            yield info(
                "config-outside", message, SourceSpan(str(folder), 1), "If this is not intended, remove it."
            )


def validate(values: Mapping[str, Any]) -> tuple[dict[str, Value], tuple[Diagnostic, ...]]:
    """Return values that a program gives, by key, and what is wrong with them.

    Reports `config-unknown-key` and `config-wrong-value`.
    """
    good: dict[str, Value] = {}
    diagnostics: list[Diagnostic] = []
    for key, value in values.items():
        _apply(key, value, None, good, diagnostics)
    return good, tuple(diagnostics)


def _own_templates(folder: Path) -> bool:
    return any((folder / part).is_dir() for part in ("anki", "markdown", "preview"))


def _from_file(path: Path, data: bytes) -> Iterator[tuple[str | None, Any, SourceSpan]]:
    """Yield every key of a file, dotted, with its value and place; a fault in the file has no key."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    try:
        table: Any = project_file.parse(text)
    except project_file.TomlError as problem:
        lines = text.split("\n")
        line = lines[problem.line - 1] if problem.line <= len(lines) else ""
        yield None, problem, SourceSpan(str(path), problem.line, problem.column, line)
        return
    places = project_file.key_spans(str(path), text)
    prefix = "tool.exporter." if path.name == project_file.SHARED_NAME else ""
    for part in prefix.split(".")[:-1]:
        table = table.get(part, {})
        if not isinstance(table, dict):
            yield None, f"“{part}” is not a table", project_file.key_span(part, places, str(path))
            return
    for key, value in project_file.flatten(table):
        beside = _from_folder(SETTINGS.get(key), value, path.parent)
        yield key, beside, project_file.key_span(prefix + key, places, str(path))


def _from_folder(setting: Setting | None, value: Any, folder: Path) -> Any:
    """Return a file that stands in the configuration's folder as its path; anything else as it is."""
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
    setting = SETTINGS.get(key) if key else None
    if key is None:
        hint = "Fix this line; see https://toml.io for the syntax."
        diagnostics.append(
            error("config-syntax", f"The configuration is not valid TOML: {value}.", span, hint)
        )
    elif setting is None:
        diagnostics.append(_unknown(key, span))
    elif problem := _problem(setting, value):
        diagnostics.append(
            error("config-wrong-value", f"“{key}” {problem}.", span, _choice_hint(setting, value))
        )
    else:
        values[key] = tuple(value) if isinstance(value, list) else value


def _unknown_keys(unknown: Sequence[tuple[str, SourceSpan]]) -> Iterator[Diagnostic]:
    """Report the first unknown keys of a file, and how many there are besides."""
    for key, span in unknown[:MAX_UNKNOWN_KEYS]:
        yield _unknown(key, span)
    if len(unknown) > MAX_UNKNOWN_KEYS:
        message = f"{len(unknown) - MAX_UNKNOWN_KEYS:,} more keys are not settings."
        hint = "Check that this is a configuration of exporter; `exporter config` shows all keys."
        yield error("config-unknown-key", message, unknown[MAX_UNKNOWN_KEYS][1], hint)


def _unknown(key: str, span: SourceSpan | None) -> Diagnostic:
    same_name = (known for known in SETTINGS if known.rsplit(".", 1)[-1] == key)
    near = suggest(key, SETTINGS, 0.5) or next(same_name, "")
    hint = f"Did you mean “{near}”?" if near else f"The keys are {', '.join(SETTINGS)}."
    return error("config-unknown-key", f"Unknown setting “{_shortened(key)}”.", span, hint)


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_CHARS else text[: MAX_SHOWN_CHARS - 1] + "…"


def _problem(setting: Setting, value: Any) -> str:
    """Say what is wrong with a value; empty for a good one."""
    fits = {
        SettingType.TEXT: isinstance(value, str),
        SettingType.FILE: isinstance(value, str),
        SettingType.ENCODING: isinstance(value, str),
        SettingType.NUMBER: isinstance(value, (int, float)) and not isinstance(value, bool),
        SettingType.FLAG: isinstance(value, bool),
        SettingType.LIST: isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value),
    }
    wanted = {
        SettingType.TEXT: "a text",
        SettingType.FILE: "a text",
        SettingType.ENCODING: "a text",
        SettingType.NUMBER: "a number",
        SettingType.FLAG: "true or false",
        SettingType.LIST: "a list of strings",
    }
    if not fits[setting.type]:
        return f"must be {wanted[setting.type]}, not {_shortened(repr(value))}"
    parts = value if setting.type == SettingType.LIST else [value]
    if setting.type == SettingType.NUMBER and not abs(value) <= MAX_NUMBER:
        return f"must be a finite number, not {_shortened(repr(value))}"
    if any(isinstance(part, str) and not is_text(part) for part in parts):
        return "contains bytes that are not text"
    if any(isinstance(part, str) and _CONTROLS.search(part) for part in parts):
        return "contains invisible characters"
    if setting.type == SettingType.ENCODING:
        return (
            "" if not value or find_encoding(value) else f"is not a known encoding: {_shortened(repr(value))}"
        )
    wrong = [part for part in parts if setting.choices and part not in setting.choices]
    return f"cannot be {_shortened(repr(wrong[0]))}" if wrong else ""


def _choice_hint(setting: Setting, value: Any) -> str | None:
    if setting.type == SettingType.ENCODING and isinstance(value, str):
        suggested = suggest(value.strip().lower(), COMMON)
        known = "utf-8, utf-16, windows-1252, windows-1250, iso-8859-2, koi8-r, shift_jis and gb18030"
        return f"Did you mean “{suggested}”?" if suggested else f"It can be {known}, for instance."
    if not setting.choices:
        return setting.help
    near = suggest(str(value), setting.choices)
    choices = ", ".join(setting.choices)
    return f"Did you mean “{near}”? It can be {choices}." if near else f"It can be {choices}."


def _from_text(setting: Setting | None, text: str) -> Value:
    """Return the value that a text from the command line stands for; an unfit text as it is."""
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
