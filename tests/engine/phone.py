"""A user's phone: the real Anki engine, and what a user does in Anki."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


@dataclass(frozen=True)
class Imported:
    """The numbers of notes of an import, by what Anki did with them."""

    new: int
    updated: int
    duplicate: int
    conflicting: int


class Phone:
    """An Anki collection in a folder."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(str(folder / "collection.anki2"))

    def import_package(self, package: Path) -> Imported:
        request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        log = self.collection.import_anki_package(request).log
        return Imported(len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting))

    def notes(self) -> dict[str, dict[str, str]]:
        """Return every note's fields by the note's key."""
        found = [self.collection.get_note(note_id) for note_id in self.collection.find_notes("")]
        return {note.guid: dict(note.items()) for note in found}

    def note_id(self, key: str) -> int:
        return self.collection.db.scalar("select id from notes where guid = ?", key)

    def faces(self, key: str) -> tuple[str, str]:
        """Return the front and the back of a note's card as HTML."""
        card = self.collection.get_note(self.note_id(key)).cards()[0]
        return card.question(), card.answer()

    def review_all(self) -> None:
        """Review every card once."""
        for card_id in self.collection.find_cards(""):
            card = self.collection.get_card(card_id)
            card.start_timer()
            self.collection.sched.answerCard(card, 3)

    def reviews(self) -> dict[str, int]:
        """Return the number of reviews of every note, by its key."""
        rows = self.collection.db.all(
            "select n.guid, count(r.id) from notes n join cards c on c.nid = n.id "
            "left join revlog r on r.cid = c.id group by n.id"
        )
        return dict(rows)

    def edit(self, key: str, field: str, value: str) -> None:
        note = self.collection.get_note(self.note_id(key))
        note[field] = value
        self.collection.update_note(note)

    def close(self) -> None:
        self.collection.close()


def visible(page: str) -> str:
    """Return the visible text of a page."""
    page = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    page = re.sub(r"<(?:br|/?p|/?li|/?div|hr|/?[ou]l|/?t[dhr]|/?pre)\b[^>]*>", "\n", page)
    return html.unescape(re.sub(r"<[^>]*>", "", page))
