"""The decks that notes go to, by name: Anki knows decks by their names alone."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from exporter.config.settings import Settings
from exporter.model.questions import Question

_QUERY_SYNTAX = re.compile(r'[\\"*_]')
"""What has a meaning within the quotation marks of an Anki search."""


def choose_deck_name(question: Question, name: str, settings: Settings) -> str:
    """Return the name of the deck that a note goes to: the source's, or its category's below that.

    `name` is the name of the source's deck.
    """
    category = question.category if settings.anki.subdecks else None
    if not category:
        return name
    # Within a category `::` is only words, as in a title.
    below = normalize_deck_name(category.replace("::", ":"))
    return f"{name}::{below}" if below else name


def make_deck_id(name: str) -> int:
    """Return the id of a deck: a number of Anki's range, always the same for a name."""
    digest = hashlib.sha256(name.encode()).digest()
    return (1 << 30) + int.from_bytes(digest[:4], "big") % (1 << 30)


def normalize_deck_name(name: str) -> str:
    """Return a deck's name as Anki keeps it."""
    parts = unicodedata.normalize("NFC", name).split("::")
    visible = ("".join(char for char in part if ord(char) > 31 and ord(char) != 127) for part in parts)
    return "::".join(part.strip() for part in visible)


def is_same_deck(one: str, other: str) -> bool:
    """Say whether two names are those of one deck; Anki does not tell capitals apart."""
    return normalize_deck_name(one).casefold() == normalize_deck_name(other).casefold()


def build_deck_query(name: str, pattern: str = "") -> str:
    """Return the Anki search for the cards in a deck and its subdecks; `pattern` is appended as it is."""
    # `current` and `filtered` have a meaning of their own there, in small letters alone.
    name = name.upper() if name in ("current", "filtered") else name
    return f'deck:"{_QUERY_SYNTAX.sub(_escape_char, name)}{pattern}"'


def _escape_char(match: re.Match[str]) -> str:
    return f"\\{match.group()}"
