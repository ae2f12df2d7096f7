"""Every setting there is, in one table, and the values that are in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "number", "flag", "list"]
Value = str | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of the configuration; `choices`, where given, are the only values it takes."""

    key: str
    kind: Kind
    default: Value
    meaning: str
    choices: tuple[str, ...] = ()


SETTINGS: tuple[Setting, ...] = (
    Setting("title", "text", None, "What the exports are called; by default the source's own title."),
    Setting("deck", "text", None, "Name of the deck in Anki; by default the title."),
    Setting("language", "text", "en", "Language of the questions, as in HTML: `en`, `de`, `pt-BR`."),
    Setting("pdf.stock", "text", "a4-3x5", "The paper the cue cards are printed on."),
)

BY_KEY: dict[str, Setting] = {setting.key: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Options:
    """The settings in force: what was set, else the default of the table.

    `templates` is the folder of the project's own templates; empty if it has none.
    """

    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    templates: str = ""

    def __getitem__(self, key: str) -> Value:
        """Return the value of a key; raises `KeyError` for one that the table lacks."""
        return self.values.get(key, BY_KEY[key].default)

    def text(self, key: str) -> str:
        """Return the text set for a key, or the empty string."""
        value = self[key]
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> float:
        """Return the number set for a key, or 0."""
        value = self[key]
        return float(value) if isinstance(value, (int, float)) else 0.0

    def flag(self, key: str) -> bool:
        """Return whether a key is switched on."""
        return self[key] is True

    def items(self, key: str) -> tuple[str, ...]:
        """Return the list set for a key, or an empty one."""
        value = self[key]
        return value if isinstance(value, tuple) else ()
