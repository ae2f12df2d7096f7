"""Notes as Anki has them, and the changes of their tags by an import."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exporter.anki.connect import Anki, is_integer, is_text, is_text_list
from exporter.anki.tags import is_category_tag


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note in Anki; `modified` is in seconds since 1970, and missing where AnkiConnect gives none."""

    note_id: int
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    modified: int | None = None


def read_notes(anki: Anki, note_ids: Sequence[int]) -> dict[str, AnkiNote]:
    """Return notes by the key in their field `Key`.

    Raises `RefusedError` where Anki does not show them, and `AnkiConnectError` for a note that is
    described as AnkiConnect never does: its text could not be kept.
    """
    notes: dict[str, AnkiNote] = {}
    asked = set(note_ids)
    for info in anki.fetch_notes(note_ids):
        if not info:
            continue  # the note is gone
        note = _parse_note(info)
        if note is None or note.note_id not in asked:
            raise anki.make_result_error("notesInfo")
        if "Key" in note.fields:
            notes.setdefault(note.fields["Key"].strip(), note)
    return notes


def _parse_note(info: Mapping[str, Any]) -> AnkiNote | None:
    """Return a note as AnkiConnect describes it, or nothing if that has other types."""
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


def plan_tag_changes(
    before: Collection[str], after: Collection[str], ours: Collection[str], former: Collection[str]
) -> tuple[list[str], list[str]]:
    """Return which tags to add to a note after an import, and which to remove.

    `before` and `after` are its tags around the import, `ours` those of the source now and `former`
    those of the source at the build before: the user's stay, and those that the source gave up go.
    A note without the tag of any category gets none here: Anki would count it as edited.
    """
    given_up = {tag.casefold() for tag in former} - {tag.casefold() for tag in ours}
    users = [tag for tag in before if tag.casefold() not in given_up]
    present = {tag.casefold() for tag in after}
    wanted = dict.fromkeys([*ours, *users])
    categorised = any(map(is_category_tag, before))
    add = [
        tag for tag in wanted if tag.casefold() not in present and (categorised or not is_category_tag(tag))
    ]
    return add, [tag for tag in after if tag.casefold() in given_up]
