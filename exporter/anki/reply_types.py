"""The types of values in replies of AnkiConnect, checked at run time."""

from __future__ import annotations

from typing import TypeGuard

MAX_ID = 2**63 - 1
"""Ids of notes and cards are times in milliseconds; the database has 64 bits for them."""


def is_integer(value: object) -> TypeGuard[int]:
    """Return whether a JSON value is an integer from 0 to `MAX_ID`."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_ID


def is_text(value: object) -> TypeGuard[str]:
    """Return whether a JSON value is a string without lone surrogates."""
    try:
        return isinstance(value, str) and value.encode() is not None
    except UnicodeEncodeError:
        return False


def is_text_list(value: object) -> TypeGuard[list[str]]:
    """Return whether a JSON value is a list of strings."""
    return isinstance(value, list) and all(map(is_text, value))


def is_id_list(value: object) -> TypeGuard[list[int]]:
    """Return whether a JSON value is a list of ids."""
    return isinstance(value, list) and all(map(is_integer, value))
