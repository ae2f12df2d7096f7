"""The table of settings, derived from the fields of the settings' dataclasses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import Enum, StrEnum
from typing import Any, TypeVar

T = TypeVar("T")
Value = str | float | bool | tuple[str, ...] | None


class SettingType(StrEnum):
    """The type of a setting's values.

    `FONTS` are one or several names of font files or families. The path of a file is relative to the
    folder of the configuration; on the command line, to the working folder. `QUESTIONS` are one or
    several values as `question_marks` parses them. `COLOR` is one as in HTML, `#2f4fc4`, or empty.
    """

    TEXT = "text"
    FONTS = "fonts"
    ENCODING = "encoding"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"
    QUESTIONS = "questions"
    COLOR = "color"


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table; `key` is that in TOML, `choices` are the allowed values, empty for any.

    `path` are the attribute names from `Settings` to the value.
    """

    key: str
    type: SettingType
    default: Value
    help: str
    choices: tuple[str, ...]
    path: tuple[str, ...]


def setting(default: T, help: str, *, type: SettingType | None = None, key: str = "") -> T:
    """Return the dataclass field of a setting; `key` is its name in TOML if that differs."""
    value: T = field(default=default, metadata={"help": help, "type": type, "key": key})
    return value


def setting_group(group: type[T]) -> T:
    """Return the dataclass field of a nested table of settings."""
    value: T = field(default_factory=group, metadata={"group": group})
    return value


def table_of(settings: type[Any]) -> dict[str, Setting]:
    """Return all settings of a dataclass by dotted key, in the order of its fields."""
    return {row.key: row for row in _rows(settings, "", ())}


def _rows(group: type[Any], prefix: str, path: tuple[str, ...]) -> Iterator[Setting]:
    for item in fields(group):
        key = prefix + (item.metadata.get("key") or item.name)
        item_path = (*path, item.name)
        if "group" in item.metadata:
            yield from _rows(item.metadata["group"], f"{key}.", item_path)
        elif "help" in item.metadata:
            choices = tuple(item.default.__class__) if isinstance(item.default, Enum) else ()
            yield Setting(
                key,
                item.metadata["type"] or _type_of(item.default),
                item.default.value if isinstance(item.default, Enum) else item.default,
                item.metadata["help"],
                tuple(choice.value for choice in choices),
                item_path,
            )


def _type_of(default: object) -> SettingType:
    """Return the type of a setting from its default."""
    match default:
        case bool():
            return SettingType.FLAG
        case int() | float():
            return SettingType.NUMBER
        case tuple():
            return SettingType.LIST
    return SettingType.TEXT


def value_of(settings: Any, row: Setting) -> Value:
    """Return the value of a setting, an enum's member as its string in TOML."""
    value: Any = settings
    for name in row.path:
        value = getattr(value, name)
    toml_value: Value = value.value if isinstance(value, Enum) else value
    return toml_value


def with_value(settings: T, row: Setting, value: Value) -> T:
    """Return settings with one value replaced; `value` must be valid, `None` is the default.

    A string for a setting that is a list is its only item.
    """
    if isinstance(row.default, tuple) and isinstance(value, str):
        value = (value,) if value else ()
    replaced: T = _replaced(settings, row.path, row.default if value is None else value)
    return replaced


def _replaced(group: Any, path: tuple[str, ...], value: Value) -> Any:
    name, *rest = path
    current = getattr(group, name)
    if rest:
        return replace(group, **{name: _replaced(current, tuple(rest), value)})
    return replace(group, **{name: type(current)(value) if isinstance(current, Enum) else value})
