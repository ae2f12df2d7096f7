"""The notes that Anki has, read through AnkiConnect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exporter.anki.connect import Anki
from exporter.anki.reply_types import is_integer, is_text, is_text_list


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note in Anki; `modified` is in seconds since 1970, or `None` if AnkiConnect does not report it."""

    note_id: int
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    modified: int | None = None


def read_notes(anki: Anki, note_ids: Sequence[int]) -> dict[str, AnkiNote]:
    """Return notes by the key in their field `Key`.

    Raises `RefusedError` if Anki reports an error, and `AnkiConnectError` if a note has values of other
    types than AnkiConnect documents, because its text could not be preserved then.
    """
    notes: dict[str, AnkiNote] = {}
    requested = set(note_ids)
    for info in anki.fetch_notes(note_ids):
        if not info:
            continue  # the note does not exist
        note = _parse_note(info)
        if note is None or note.note_id not in requested:
            raise anki.make_result_error("notesInfo")
        if "Key" in note.fields:
            notes.setdefault(note.fields["Key"].strip(), note)
    return notes


def _parse_note(info: Mapping[str, Any]) -> AnkiNote | None:
    """Return the note of an entry of `notesInfo`, or `None` if a value has another type than documented."""
    note_id, fields, tags, modified = (info.get(name) for name in ("noteId", "fields", "tags", "mod"))
    if not (is_integer(note_id) and isinstance(fields, dict) and is_text_list(tags)):
        return None
    texts: dict[str, str] = {}
    for name, field in fields.items():
        value = field.get("value") if isinstance(field, dict) else None
        if not (is_text(name) and is_text(value)):
            return None
        texts[name] = value
    return AnkiNote(note_id, texts, tuple(tags), modified if is_integer(modified) else None)
