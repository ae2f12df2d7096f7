"""The notes of a pull: those of a package, or those that Anki on the desktop has."""

from __future__ import annotations

from pathlib import Path

from exporter.anki.anki_notes import read_notes
from exporter.anki.apkg_reader import read_package
from exporter.anki.connect import Anki
from exporter.anki.note_type import ANY_KEY_QUERY
from exporter.pull.pulled_note import NoteInAnki


def read_package_notes(package: Path) -> tuple[NoteInAnki, ...]:
    """Return the notes of our note type in a package; raise `NotAPackageError` if it is not one."""
    return tuple(
        NoteInAnki(note.key, note.fields, note.modified, note.tags) for note in read_package(package)
    )


def read_anki_notes(anki: Anki) -> tuple[NoteInAnki, ...]:
    """Return the notes in Anki that have a key; AnkiConnect may not report their times."""
    anki.check()
    notes = read_notes(anki, anki.find_ids("findNotes", ANY_KEY_QUERY))
    return tuple(NoteInAnki(key, note.fields, note.modified or 0, note.tags) for key, note in notes.items())
