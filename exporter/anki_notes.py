"""Notes as Anki has them, compared with those of a build: what an import would replace, or would not."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exporter.anki_connect import Anki
from exporter.field_text import field_text

COMPARED = ("Question", "Answer", "Notes")
"""The fields whose text is compared: the others follow from these, or have no text of the user's."""


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note in Anki; `modified` is in seconds since 1970, and missing where AnkiConnect gives none."""

    note_id: int
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    modified: int | None = None


def read_notes(anki: Anki, note_ids: Sequence[int]) -> dict[str, AnkiNote]:
    """Return notes by the key in their field `Key`; raises `RefusedError` where Anki does not show them."""
    notes: dict[str, AnkiNote] = {}
    for info in anki.describe(note_ids):
        if (note := _note(info)) and "Key" in note.fields:
            notes.setdefault(note.fields["Key"].strip(), note)
    return notes


def _note(info: Any) -> AnkiNote | None:
    """Return a note as AnkiConnect describes it; one that is gone is described by nothing."""
    try:
        fields = {str(name): str(field["value"]) for name, field in info["fields"].items()}
        modified = info.get("mod")
        known = modified if isinstance(modified, int) else None
        return AnkiNote(int(info["noteId"]), fields, tuple(map(str, info["tags"])), known)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def same_text(fields: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Say whether two notes have the same words; how they are marked up has no meaning."""
    return all(words_of(fields.get(name, "")) == words_of(others.get(name, "")) for name in COMPARED)


def same_html(fields: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Say whether two notes have the same fields, as Anki keeps them."""
    mine, theirs = (
        [unicodedata.normalize("NFC", one.get(name, "")) for name in COMPARED] for one in (fields, others)
    )
    return mine == theirs


def words_of(html: str) -> str:
    """Return the words of a field."""
    return " ".join(unicodedata.normalize("NFC", field_text(html)).split())


def tag_changes(
    before: Collection[str], after: Collection[str], ours: Collection[str], former: Collection[str]
) -> tuple[list[str], list[str]]:
    """Return which tags to add to a note after an import, and which to remove.

    `before` and `after` are its tags around the import, `ours` those of the source now and `former`
    those of the source at the build before: the user's stay, and those that the source gave up go.
    """
    given_up = {tag.casefold() for tag in former} - {tag.casefold() for tag in ours}
    users = [tag for tag in before if tag.casefold() not in given_up]
    present = {tag.casefold() for tag in after}
    wanted = dict.fromkeys([*ours, *users])
    add = [tag for tag in wanted if tag.casefold() not in present]
    return add, [tag for tag in after if tag.casefold() in given_up]
