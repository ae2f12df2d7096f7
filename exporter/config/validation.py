"""Validation of settings' values against the settings table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exporter.config import project_file
from exporter.config.accent_color import COLOR
from exporter.config.encodings import COMMON_ENCODINGS, find_encoding
from exporter.config.file_names import names_file
from exporter.config.question_marks import find_mark_problem
from exporter.config.settings import SETTINGS
from exporter.config.settings_table import Setting, SettingType, Value
from exporter.config.source_overrides import SOURCE_PREFIX, resolve_source_key
from exporter.config.words import find_word_problem
from exporter.model.diagnostics import Diagnostic, error
from exporter.model.questions import SourceSpan
from exporter.model.suggestions import suggest
from exporter.model.text import is_text

MAX_UNKNOWN_KEYS = 20
"""Maximum number of unknown keys reported one by one; unmeasured."""

MAX_SHOWN_CHARS = 100
"""Maximum length of a key or value in a message; unmeasured."""

MAX_NUMBER = 1e9
"""Maximum absolute value of a number; millimetres, degrees and slots are far smaller; unmeasured."""

WORDS_PREFIX = "words."
"""The beginning of the keys of words, which have messages of their own: there are too many to list."""

_CONTROL_CHARACTERS = re.compile(r"[\0-\x1f\x7f-\x9f]")

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def validate(values: Mapping[str, Any]) -> tuple[dict[str, Value], tuple[Diagnostic, ...]]:
    """Return the valid ones of values given by key, and the diagnostics of the others.

    Report `config-unknown-key` and `config-wrong-value`.
    """
    valid: dict[str, Value] = {}
    diagnostics: list[Diagnostic] = []
    for key, value in values.items():
        apply_value(key, value, span=None, values=valid, diagnostics=diagnostics)
    return valid, tuple(diagnostics)


def apply_value(
    key: str | None,
    value: Any,
    *,
    span: SourceSpan | None,
    values: dict[str, Value],
    diagnostics: list[Diagnostic],
    table: Mapping[str, Setting] = SETTINGS,
    prefix: str = "",
) -> None:
    """Add a value to `values` if it is valid, else a diagnostic; the value of the key `None` is an error.

    `table` are the settings that there are, and `prefix` is what precedes the key in a configuration.
    """
    setting = table.get(key) if key else None
    if key is None:
        hint = "Fix this line; see https://toml.io for the syntax."
        diagnostics.append(
            error("config-syntax", f"The configuration is not valid TOML: {value}.", span, hint)
        )
    elif setting is None:
        diagnostics.append(_unknown_key(key, span, table, prefix))
    elif problem := _find_problem(setting, value):
        diagnostics.append(
            error("config-wrong-value", f"“{prefix}{key}” {problem}.", span, _choice_hint(setting, value))
        )
    else:
        values[key] = _normalize(setting, value)


def _normalize(setting: Setting, value: Any) -> Value:
    """Return a valid value as it is kept: a list as a tuple, and so a single value of a list."""
    if setting.type in (SettingType.QUESTIONS, SettingType.FONTS) and isinstance(value, str):
        return (value,) if value else ()
    return tuple(value) if isinstance(value, list) else value


def report_unknown_keys(unknown: Sequence[tuple[str, SourceSpan]]) -> Iterator[Diagnostic]:
    """Report the first `MAX_UNKNOWN_KEYS` unknown keys of a file, and the number of the others."""
    for key, span in unknown[:MAX_UNKNOWN_KEYS]:
        yield _unknown_key(key, span)
    if len(unknown) > MAX_UNKNOWN_KEYS:
        message = f"{len(unknown) - MAX_UNKNOWN_KEYS:,} more keys are not settings."
        hint = "Check that this is a configuration of exporter; `exporter config` shows all keys."
        yield error("config-unknown-key", message, unknown[MAX_UNKNOWN_KEYS][1], hint)


def report_unknown_source_key(key: str, span: SourceSpan) -> Diagnostic:
    """Report a key that is not a setting of single sources."""
    known = [name for name in SETTINGS if resolve_source_key(name) == name]
    keys = [name.removeprefix(SOURCE_PREFIX) for name in known]
    suggestion = suggest(key, keys)
    hint = f"Did you mean “{suggestion}”?" if suggestion else f"It may have {', '.join(keys)}."
    return error("config-unknown-key", f"“{shorten(key)}” is not a setting of a single source.", span, hint)


def _unknown_key(
    key: str, span: SourceSpan | None, table: Mapping[str, Setting] = SETTINGS, prefix: str = ""
) -> Diagnostic:
    with_same_name = (full_key for full_key in table if full_key.rsplit(".", 1)[-1] == key)
    # 0.5 instead of 0.6: keys share long prefixes such as `pdf.printer.`; unmeasured
    suggestion = suggest(key, table, 0.5) or next(with_same_name, "")
    known = ", ".join(prefix + name for name in table if not name.startswith(WORDS_PREFIX))
    keys = f"The keys are {known}." if table else "It has no settings."
    hint = f"Did you mean “{prefix}{suggestion}”?" if suggestion else keys
    return error("config-unknown-key", f"Unknown setting “{prefix}{shorten(key)}”.", span, hint)


def shorten(text: str) -> str:
    """Shorten a key or value to `MAX_SHOWN_CHARS`, for a message."""
    return text if len(text) <= MAX_SHOWN_CHARS else text[: MAX_SHOWN_CHARS - 1] + "…"


def _find_problem(setting: Setting, value: Any) -> str:
    """Return what is wrong with a value, as the predicate of a sentence; empty for a valid one."""
    has_type = {
        SettingType.TEXT: isinstance(value, str),
        SettingType.FONTS: isinstance(value, str) or _is_list(value),
        SettingType.ENCODING: isinstance(value, str),
        SettingType.COLOR: isinstance(value, str),
        SettingType.NUMBER: isinstance(value, (int, float)) and not isinstance(value, bool),
        SettingType.FLAG: isinstance(value, bool),
        SettingType.LIST: _is_list(value),
        SettingType.QUESTIONS: isinstance(value, str) or _is_list(value),
    }
    type_names = {
        SettingType.TEXT: "a string",
        SettingType.FONTS: "a string or a list of strings",
        SettingType.ENCODING: "a string",
        SettingType.COLOR: "a string",
        SettingType.NUMBER: "a number",
        SettingType.FLAG: "true or false",
        SettingType.LIST: "a list of strings",
        SettingType.QUESTIONS: "a string or a list of strings",
    }
    if not has_type[setting.type]:
        return f"must be {type_names[setting.type]}, not {shorten(repr(value))}"
    parts = value if _is_list(value) else [value]
    if setting.type == SettingType.NUMBER and not abs(value) <= MAX_NUMBER:
        return f"must be a finite number, not {shorten(repr(value))}"
    if any(isinstance(part, str) and not is_text(part) for part in parts):
        return "contains bytes that are not text"
    if any(isinstance(part, str) and _CONTROL_CHARACTERS.search(part) for part in parts):
        return "contains invisible characters"
    if setting.type == SettingType.COLOR:
        return "" if not value or COLOR.fullmatch(value) else f"is not a colour: {shorten(repr(value))}"
    if setting.key.startswith(WORDS_PREFIX):
        return find_word_problem(value, setting.help)
    if setting.type == SettingType.ENCODING:
        is_known = not value or find_encoding(value)
        return "" if is_known else f"is not a known encoding: {shorten(repr(value))}"
    if setting.type == SettingType.QUESTIONS:
        return next(filter(None, map(find_mark_problem, filter(None, parts))), "")
    invalid = [part for part in parts if setting.choices and part not in setting.choices]
    return f"cannot be {shorten(repr(invalid[0]))}" if invalid else ""


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value)


def _choice_hint(setting: Setting, value: Any) -> str | None:
    if setting.type == SettingType.ENCODING and isinstance(value, str):
        suggestion = suggest(value.strip().lower(), COMMON_ENCODINGS)
        examples = "utf-8, utf-16, windows-1252, windows-1250, iso-8859-2, koi8-r, shift_jis and gb18030"
        return f"Did you mean “{suggestion}”?" if suggestion else f"It can be {examples}, for instance."
    if setting.key.startswith(WORDS_PREFIX):
        return f"In English it is “{setting.help}”."
    if not setting.choices:
        return setting.help
    suggestion = suggest(str(value), setting.choices)
    choices = ", ".join(setting.choices)
    return f"Did you mean “{suggestion}”? It can be {choices}." if suggestion else f"It can be {choices}."


def parse_value(setting: Setting | None, text: str) -> Value:
    """Parse a setting's value from the command line; an invalid text is returned unchanged."""
    match setting.type if setting else SettingType.TEXT:
        case SettingType.FLAG:
            return _FLAGS.get(text.strip().casefold(), text)
        case SettingType.LIST:
            return _split_list(text)
        case SettingType.QUESTIONS:
            return _parse_array(text) or text
        case SettingType.FONTS:
            # a comma may be in the name of a file
            return _parse_array(text) or ((text,) if names_file(text) else _split_list(text))
        case SettingType.NUMBER:
            try:
                return float(text)
            except ValueError:
                return text
    return text


def _split_list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _parse_array(text: str) -> tuple[str, ...]:
    """Return the strings of a TOML array; empty if the text is none, as the number form `[N]`."""
    try:
        value = project_file.parse(f"x = {text}")["x"] if text.lstrip().startswith("[") else ()
    except project_file.TomlError:
        return ()
    return tuple(value) if isinstance(value, list) and _is_list(value) else ()
