"""A note and its card as rows of Anki's tables: the same as genanki writes, without its checks.

genanki looks through every field of every note for what is no HTML; ours is made here. It
still makes the tables, the note type and the decks, and knows which notes have a card.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from exporter.anki.note_type import MODEL_ID
from exporter.anki.tags import note_tags
from exporter.model.deck import Note
from exporter.model.text import plain_text

Row = tuple[int | str, ...]

INSERT_NOTE = f"INSERT INTO notes VALUES({','.join('?' * 11)})"
INSERT_CARD = f"INSERT INTO cards VALUES({','.join('?' * 18)})"

_NOT_SENT = -1
"""What stands in the column `usn` of what no server has yet."""


def note_row(note: Note, note_id: int, fields: Sequence[str]) -> Row:
    """Return the row of a note, which is sorted by its question's words."""
    tags = f" {' '.join(note_tags(note.question))} "
    words = plain_text(note.question.question) or fields[0]
    return (
        *(note_id, note.key, MODEL_ID, note.modified, _NOT_SENT),
        *(tags, "\x1f".join(fields), words),
        *(0, 0, ""),  # a checksum that Anki makes itself, flags, data
    )


def card_row(note: Note, note_id: int, deck_id: int) -> Row:
    """Return the row of a note's card, which is new; it has the note's id."""
    return (
        *(note_id, note_id, deck_id, 0, note.modified, _NOT_SENT),
        *(0, 0, note.position),  # new, and its place among the new ones
        *(0, 0, 0, 0, 0, 0, 0, 0, ""),  # never shown, moved or flagged
    )


def card_finder(model: Any) -> Callable[[Sequence[str]], bool]:
    """Return a function that says of fields whether their note has a card: an empty front has none."""
    from genanki import Note as AnkiNote

    @cache
    def has_card(filled: tuple[bool, ...]) -> bool:
        return bool(AnkiNote(model, ["filled" if one else "" for one in filled]).cards)

    return lambda fields: has_card(tuple(map(bool, fields)))
