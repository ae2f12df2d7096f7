"""The module of the settings as arguments of the Python API, made from the table of settings."""

from __future__ import annotations

from pathlib import Path

from exporter.config import setting_values
from exporter.config.settings import SETTINGS
from exporter.config.settings_table import Setting, SettingType

PATH = Path(setting_values.__file__)

OWN_ARGUMENTS = ("from", "to")
"""The settings that are arguments of their own: `reader` and `to`."""

TYPES = {
    SettingType.TEXT: "str",
    SettingType.ENCODING: "str",
    SettingType.COLOR: "str",
    SettingType.NUMBER: "float",
    SettingType.FLAG: "bool",
    SettingType.LIST: "Sequence[str]",
    SettingType.FONTS: "str | Sequence[str]",
    SettingType.QUESTIONS: "str | Sequence[str]",
}

HEAD = '''"""The settings as keyword arguments of the Python API; a dot in a key is `__`.

`pytest tests/test_config.py --update-golden` writes this module from the table of settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict


class SettingValues(TypedDict, total=False):
    """The values of settings, by keyword."""

'''


def _type_of(setting: Setting) -> str:
    if setting.choices:
        choices = ", ".join(f'"{choice}"' for choice in setting.choices)
        return f"Literal[{choices}]"
    return TYPES[setting.type]


def render_setting_values() -> str:
    """Return the text of the module."""
    lines = [
        f"    {key.replace('.', '__')}: {_type_of(setting)}\n"
        for key, setting in SETTINGS.items()
        if key not in OWN_ARGUMENTS
    ]
    return HEAD + "".join(lines)
