"""Reading the notes of our note type in an untrusted Anki collection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.anki.collection_database import DatabaseError, column_or_null, decode_text, open_collection
from exporter.anki.note_type import FIELDS, MODEL_ID
from exporter.model.deck import MAX_TIME_S

MAX_NOTES_BYTES = 64 << 20
"""The total size of our notes in a package; a source has the same limit."""

MAX_NOTES = 100_000
"""The number of our notes in a package; a source has the same limit."""


@dataclass(frozen=True, slots=True)
class PackagedNote:
    """A note of our note type in a package, with its fields by name.

    `key` is the guid of the note: our key, unless the note was created or copied in Anki; for an unreadable
    note it is a description. `modified` is in seconds since 1970, or 0 if unknown. `created` is the id of
    the note, in milliseconds since 1970, or 0. `deck_id` is the id of the deck of its first card, or 0.
    """

    key: str
    fields: Mapping[str, str]
    modified: int
    created: int
    tags: tuple[str, ...] = ()
    deck_id: int = 0


def read_notes(path: Path) -> tuple[PackagedNote, ...]:
    """Return the notes of our note type in a collection, in the order of their new cards.

    Raises as `open_collection`.
    """
    with open_collection(path) as (connection, columns):
        notes = list(_iter_notes(connection, column_or_null("tags", columns["notes"])))
        deck_column = column_or_null("did", columns["cards"])
        order = _read_due_order(connection, deck_column, {note_id for note_id, _ in notes})
    first_cards = {note_id: order.get(note_id, (0, 0)) for note_id, _ in notes}
    notes.sort(key=lambda entry: (first_cards[entry[0]][0], entry[0]))
    return tuple(replace(note, deck_id=first_cards[note_id][1]) for note_id, note in notes)


def _iter_notes(connection: sqlite3.Connection, tags_column: str) -> Iterator[tuple[int, PackagedNote]]:
    """Yield the id of each note of our note type, with the note."""
    size = 0
    rows = connection.execute(
        f"select id, guid, mod, flds, {tags_column} from notes not indexed where mid = ? limit ?",
        (MODEL_ID, MAX_NOTES + 1),
    )
    for count, (note_id, guid, modified, fields, tags) in enumerate(rows):
        size += sum(len(value) for value in (fields, tags) if isinstance(value, bytes))
        if count >= MAX_NOTES or size > MAX_NOTES_BYTES:
            raise DatabaseError("it has too many notes made by exporter")
        valid_id = note_id if isinstance(note_id, int) else 0
        yield (
            valid_id,
            _parse_note(valid_id, decode_text(guid), modified, decode_text(fields), decode_text(tags)),
        )


def _parse_note(
    note_id: int, guid: str | None, modified: object, fields: str | None, tags: str | None
) -> PackagedNote:
    created = note_id if 0 < note_id <= MAX_TIME_S * 1000 else 0
    parts = (fields or "").split("\x1f")
    if guid is None or fields is None or len(parts) < len(FIELDS):
        named = dict.fromkeys(FIELDS, "")
        return PackagedNote(f"note {note_id}", named, 0, created)
    # fields that the user added to the note type follow ours
    named = dict(zip(FIELDS, parts, strict=False))
    time = modified if isinstance(modified, int) and modified > 0 else 0
    return PackagedNote(guid, named, min(time, MAX_TIME_S), created, tuple((tags or "").split()))


def _read_due_order(
    connection: sqlite3.Connection, deck_column: str, note_ids: set[int]
) -> dict[int, tuple[int, int]]:
    """Return the position of the first new card of each note, and the id of the deck of that card."""
    order: dict[int, tuple[int, int]] = {}
    for note_id, due, deck in connection.execute(f"select nid, due, {deck_column} from cards not indexed"):
        if isinstance(note_id, int) and isinstance(due, int) and note_id in note_ids:
            card = (due, deck if isinstance(deck, int) else 0)
            order[note_id] = min(card, order.get(note_id, card))
    return order
