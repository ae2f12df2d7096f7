"""The JSON Schema of `exporter.toml`, by which editors complete and check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exporter.config.accent_color import COLOR
from exporter.config.settings import SETTINGS
from exporter.config.settings_table import Setting, SettingType
from exporter.config.source_overrides import OTHER_KEYS, OTHER_PREFIX, SOURCE_PREFIX
from exporter.config.validation import MAX_NUMBER

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that the TOML extensions of editors know."""

PATTERN = r"^[^\u0000-\u001f\u007f-\u009f]*$"
"""A text without control characters, as `validation` wants it."""


def make_schema(settings: Mapping[str, Setting] = SETTINGS) -> dict[str, Any]:
    """Return the JSON Schema of the settings, given by their dotted keys, and of the tables of sources."""
    tree = _make_tree(settings)
    own = {key.removeprefix(SOURCE_PREFIX): row for key, row in settings.items() if _is_of_source(key)}
    own |= {key: row for key, row in settings.items() if key.startswith(SOURCE_PREFIX)}
    tree["properties"][SOURCE_PREFIX[:-1]]["additionalProperties"] = {
        "description": "Settings of the sources with this file name, or of all that match it as a pattern.",
        **_make_tree(own),
    }
    # the settings of plugins that are not installed
    tree["properties"]["plugin"]["additionalProperties"] = {"type": "object"}
    return {
        "$schema": DRAFT,
        "title": "exporter.toml",
        "description": "The settings of exporter; in pyproject.toml they are the table [tool.exporter].",
        **tree,
    }


def _is_of_source(key: str) -> bool:
    return key in OTHER_KEYS or key.startswith((OTHER_PREFIX, SOURCE_PREFIX))


def _make_tree(settings: Mapping[str, Setting]) -> dict[str, Any]:
    """Return the schema of a table with these settings, nested as their dotted keys are."""
    root: dict[str, Any] = _make_table()
    for key, row in settings.items():
        *tables, name = key.split(".")
        table = root
        for part in tables:
            table = table["properties"].setdefault(part, _make_table())
        table["properties"][name] = _make_value(row)
    return root


def _make_table() -> dict[str, Any]:
    return {"type": "object", "properties": {}, "additionalProperties": False}


def _make_value(setting: Setting) -> dict[str, Any]:
    """Return the schema of a setting's value."""
    default = list(setting.default) if isinstance(setting.default, tuple) else setting.default
    text: dict[str, Any] = {"enum": list(setting.choices)} if setting.choices else {}
    text = {"type": "string", **text} if text else {"type": "string", "pattern": PATTERN}
    texts = {"type": "array", "items": text}
    forms: dict[SettingType, dict[str, Any]] = {
        SettingType.TEXT: text,
        SettingType.ENCODING: text,
        SettingType.COLOR: {"type": "string", "pattern": f"^({COLOR.pattern})?$"},
        SettingType.NUMBER: {"type": "number", "minimum": -MAX_NUMBER, "maximum": MAX_NUMBER},
        SettingType.FLAG: {"type": "boolean"},
        SettingType.LIST: texts,
        SettingType.FONTS: {"anyOf": [text, texts]},
        SettingType.QUESTIONS: {"anyOf": [text, texts]},
    }
    known_default = {} if default is None else {"default": default}
    return {"description": setting.help, **forms[setting.type], **known_default}
