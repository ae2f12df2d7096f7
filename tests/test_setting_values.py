"""The settings as arguments of the Python API: typed as the table of settings has them."""

from __future__ import annotations

from pathlib import Path
from typing import get_type_hints

from exporter.config import setting_values
from exporter.config.settings import SETTINGS
from exporter.config.settings_table import Setting, SettingType

PATH = Path(setting_values.__file__)

OWN_ARGUMENTS = ("from", "to")
"""The settings that are arguments of their own: `reader` and `to`."""

TYPES = {
    SettingType.TEXT: "str",
    SettingType.ENCODING: "str",
    SettingType.NUMBER: "float",
    SettingType.FLAG: "bool",
    SettingType.LIST: "Sequence[str]",
    SettingType.FONTS: "str | Sequence[str]",
    SettingType.QUESTIONS: "str | Sequence[str]",
}

HEAD = '''"""The settings as keyword arguments of the Python API; a dot in a key is `__`.

`pytest tests/test_setting_values.py --update-golden` writes this module from the table of settings.
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


def test_keywords_are_the_table_of_settings(update_golden: bool) -> None:
    lines = [
        f"    {key.replace('.', '__')}: {_type_of(setting)}\n"
        for key, setting in SETTINGS.items()
        if key not in OWN_ARGUMENTS
    ]
    text = HEAD + "".join(lines)
    if update_golden:
        PATH.write_text(text, encoding="utf-8", newline="\n")
        return
    assert PATH.read_text("utf-8") == text, "run this test with --update-golden"
    assert "pdf__stock" in get_type_hints(setting_values.SettingValues)
