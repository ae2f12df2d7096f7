"""The schema of the lock file: the fields of its lines, and whether a parsed line is valid."""

from __future__ import annotations

from typing import Any

from exporter.identity.keys import is_key
from exporter.model.text import is_text

MAX_LOCK_VERSION = 2
"""The highest version that can be read.

Every exporter can read version 1. Version 2 has additional content, listed in the header under `needs`,
which an older exporter would report as damage.
"""

RECORD_DECK, SHIPPED = "record-deck", "shipped"
"""The entries in `needs` of a lock in which a record has a deck, and the versions that were shipped."""

RECORD_TYPES: dict[str, tuple[type, ...]] = {
    "key": (str,),
    "source": (str,),
    "question": (str,),
    "answer": (str,),
    "content": (str,),
    "modified": (int,),
    "created": (int,),
    "rank": (int,),
    "number": (int, type(None)),
    "id": (str, type(None)),
    "retired": (bool,),
    "printed": (str, type(None)),
    "sent": (str, type(None)),
    "deck": (str, type(None)),
    "link": (str, type(None)),
    "shipped": (list,),
}
"""The fields of a record, in the order in which they are written, with their types."""

RECORD_DEFAULTS: dict[str, Any] = {
    "number": None,
    "id": None,
    "retired": False,
    "printed": None,
    "sent": None,
    "deck": None,
    "link": None,
    "shipped": (),
}
"""The fields that are written only if they differ from these values."""

NO_DEFAULT = object()
"""The default of a required field, which no value is equal to."""

_INTEGER_LIMIT = 2**53
"""Integers in a lock are smaller in absolute value: JSON parsers that use doubles represent them exactly."""

_NEEDS = frozenset((RECORD_DECK, SHIPPED))
_REQUIRED = RECORD_TYPES.keys() - RECORD_DEFAULTS.keys()


def is_supported(header: dict[str, Any]) -> bool:
    """Return whether this exporter can read the version and the needs of a header."""
    version = header.get("exporter-lock")
    if not isinstance(version, int) or version < MAX_LOCK_VERSION:
        return True
    needs = header.get("needs")
    return version == MAX_LOCK_VERSION and isinstance(needs, list) and _NEEDS.issuperset(map(str, needs))


def is_header(line: dict[str, Any]) -> bool:
    """Return whether a line is a valid header."""
    decks = line.get("decks", {})
    return (
        line.get("exporter-lock") in (1, MAX_LOCK_VERSION)
        and _is_valid(line.get("templates"), (str,))
        and _is_valid(line.get("templates_modified"), (int,))
        and _is_valid(line.get("derivation", 1), (int,))
        and isinstance(decks, dict)
        and all(_is_valid(name, (str,)) for entry in decks.items() for name in entry)
    )


def is_namespace(line: dict[str, Any]) -> bool:
    """Return whether a line is a valid namespace."""
    return set(line) == {"source", "namespace"} and all(_is_valid(name, (str,)) for name in line.values())


def is_record(line: dict[str, Any]) -> bool:
    """Return whether a line is a valid record."""
    for name, value in line.items():
        types = RECORD_TYPES.get(name)
        if types is None or not _is_valid(value, types):
            return False
    return line.keys() >= _REQUIRED and is_key(line["key"])


def _is_valid(value: object, types: tuple[type, ...]) -> bool:
    """Return whether a value has one of the types, and can be written again."""
    if type(value) not in types:
        return False
    if isinstance(value, str):
        return is_text(value)
    if isinstance(value, list):
        return all(isinstance(text, str) and is_text(text) for text in value)
    return not isinstance(value, int) or abs(value) < _INTEGER_LIMIT
