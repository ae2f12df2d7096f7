"""Settings of single sources: the tables `[source."NAME"]` of the configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from exporter.config.settings_table import Value
from exporter.model.questions import SourceSpan

SOURCE_PREFIX = "source."
OTHER_PREFIX = "delimited."
OTHER_KEYS = ("title", "deck", "language", "from", "filters")
"""The settings that a source may have, besides those of the group `source`."""


@dataclass(frozen=True, slots=True)
class SourceOverride:
    """The settings of the sources whose file name is `pattern`, or matches it as a pattern of the shell."""

    pattern: str
    values: tuple[tuple[str, Value], ...]
    span: SourceSpan

    def matches(self, name: str) -> bool:
        """Return whether the settings are those of a source with this file name."""
        return name == self.pattern or fnmatchcase(name, self.pattern)


def pop_source_tables(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Remove the tables of single sources from the configuration's table, and yield them by pattern."""
    source = table.get("source")
    if isinstance(source, dict):
        for pattern in [name for name, value in source.items() if isinstance(value, dict)]:
            yield pattern, source.pop(pattern)


def resolve_source_key(key: str) -> str:
    """Return the full key of a setting in the table of a source: `source.questions` for `questions`."""
    return key if key in OTHER_KEYS or key.startswith((OTHER_PREFIX, SOURCE_PREFIX)) else SOURCE_PREFIX + key
