"""The table of settings: made from the fields of the settings' dataclasses, keys as in TOML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from enum import Enum, StrEnum
from typing import Any, TypeVar

T = TypeVar("T")
Value = str | float | bool | tuple[str, ...] | None


class SettingType(StrEnum):
    """What values a setting takes.

    A `FILE` is named relative to the folder of the configuration, or to the working folder on the
    command line.
    """

    TEXT = "text"
    FILE = "file"
    ENCODING = "encoding"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table: key as in TOML, type, default, and help; `choices` are the only values it takes.

    `path` are the names of the attributes that lead to the value from `Settings`.
    """

    key: str
    type: SettingType
    default: Value
    help: str
    choices: tuple[str, ...]
    path: tuple[str, ...]


def setting(default: T, help: str, *, type: SettingType | None = None, key: str = "") -> T:
    """Return the dataclass field of a setting; `key` is its name in TOML where that differs."""
    value: T = field(default=default, metadata={"help": help, "type": type, "key": key})
    return value


def setting_group(group: type[T]) -> T:
    """Return the dataclass field of a table of settings within another one."""
    value: T = field(default_factory=group, metadata={"group": group})
    return value


def table_of(settings: type[Any]) -> dict[str, Setting]:
    """Return all settings of a dataclass by their dotted keys, in the order of its fields."""
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
    """Return the type of a setting by its default."""
    match default:
        case bool():
            return SettingType.FLAG
        case int() | float():
            return SettingType.NUMBER
        case tuple():
            return SettingType.LIST
    return SettingType.TEXT


def value_of(settings: Any, row: Setting) -> Value:
    """Return the value of a setting as it is written in TOML."""
    value: Any = settings
    for name in row.path:
        value = getattr(value, name)
    plain: Value = value.value if isinstance(value, Enum) else value
    return plain


def with_value(settings: T, row: Setting, value: Value) -> T:
    """Return settings with another value of one, which must fit; `None` is the default."""
    replaced: T = _replaced(settings, row.path, row.default if value is None else value)
    return replaced


def _replaced(group: Any, path: tuple[str, ...], value: Value) -> Any:
    name, *rest = path
    present = getattr(group, name)
    if rest:
        return replace(group, **{name: _replaced(present, tuple(rest), value)})
    return replace(group, **{name: type(present)(value) if isinstance(present, Enum) else value})
