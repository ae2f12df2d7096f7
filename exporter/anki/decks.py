"""Names, ids and searches of decks; Anki identifies a deck by its name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from exporter.config.settings import Settings
from exporter.model.questions import Question

_QUERY_SYNTAX = re.compile(r'[\\"*_]')
"""Characters with a meaning between the quotation marks of an Anki search."""


def choose_deck_name(question: Question, name: str, settings: Settings) -> str:
    """Return the name of the deck of a question's note.

    `name` is the deck of the source. With the setting `anki.subdecks` a question with a category goes to
    the subdeck of that name.
    """
    category = question.category if settings.anki.subdecks else None
    if not category:
        return name
    # `::` in a category is text, and does not name a further subdeck
    subdeck = normalize_deck_name(category.replace("::", ":"))
    return f"{name}::{subdeck}" if subdeck else name


def make_deck_id(name: str) -> int:
    """Return the id of a deck, derived from its name: an integer from 2**30 to 2**31 - 1."""
    digest = hashlib.sha256(name.encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


@lru_cache(maxsize=256)  # the notes of a source have few decks
def normalize_deck_name(name: str) -> str:
    """Return the name of a deck as Anki stores it: composed (NFC), without control characters."""
    parts = unicodedata.normalize("NFC", name).split("::")
    visible = ("".join(char for char in part if ord(char) > 31 and ord(char) != 127) for part in parts)
    return "::".join(part.strip() for part in visible)


def is_same_deck(first: str, second: str) -> bool:
    """Return whether two names are the same to Anki, which ignores case."""
    return normalize_deck_name(first).casefold() == normalize_deck_name(second).casefold()


def build_deck_query(name: str, pattern: str = "") -> str:
    """Return the Anki search for the cards of a deck and its subdecks; `pattern` is appended unescaped."""
    # `deck:current` and `deck:filtered` have special meanings, in lower case only
    name = name.upper() if name in ("current", "filtered") else name
    return f'deck:"{_QUERY_SYNTAX.sub(_escape_char, name)}{pattern}"'


def _escape_char(match: re.Match[str]) -> str:
    return f"\\{match[0]}"
