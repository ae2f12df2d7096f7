"""Writing `.apkg` packages; the bytes depend only on the deck, not on the date or the machine."""

from __future__ import annotations

import io
import json
import sqlite3
import warnings
import zipfile
from collections.abc import Iterator, Mapping

from exporter.anki.decks import choose_deck_name, make_deck_id
from exporter.anki.fields import build_fields
from exporter.anki.note_type import build_note_type
from exporter.anki.tags import build_tags
from exporter.config.settings import Settings
from exporter.model.deck import Deck, Note
from exporter.model.media_names import name_media
from exporter.model.text import plain_text

_COMPRESSION_LEVEL = 2  # a third of the time of the default 6, and 10 % more bytes
ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest date of the ZIP format

_PRAGMAS = ("page_size = 4096", "auto_vacuum = NONE", "encoding = 'UTF-8'", "secure_delete = ON")
"""Properties of the file whose defaults depend on how SQLite was compiled; freed bytes are zeroed."""

_WRITER_VERSION = slice(96, 100)
"""The bytes of the header with the version of the SQLite library that wrote the file; zeroed here."""


def build_package(deck: Deck, settings: Settings) -> bytes:
    """Return the bytes of the package of a deck: the database of the collection, then the media."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        names = name_media(deck.media)
        _add_member(package, "collection.anki2", _build_database(deck, settings, names))
        numbered = {str(index): name for index, name in enumerate(names.values())}
        _add_member(package, "media", json.dumps(numbered).encode())
        for index, target in enumerate(names):
            _add_member(package, str(index), deck.media[target])
    return buffer.getvalue()


def _add_member(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, ZIP_DATE)
    member.external_attr = 0o644 << 16
    member.create_system = 3
    package.writestr(member, data, zipfile.ZIP_DEFLATED, _COMPRESSION_LEVEL)


def _build_database(deck: Deck, settings: Settings, media: Mapping[str, str]) -> bytes:
    import genanki

    names = [choose_deck_name(note.question, deck.name, settings) for note in deck.notes]
    ids = {name: make_deck_id(name) for name in dict.fromkeys([deck.name, *names])}
    anki_decks = [genanki.Deck(ids[name], name) for name in ids]
    model = build_note_type(settings, deck.voice, deck.card_language)
    anki_decks[0].add_model(model)
    connection = _create_database()
    try:
        cursor = connection.cursor()
        # genanki sets the same time for the note type and all notes: it writes the note type here, and
        # each note is written with its own time below
        genanki.Package(anki_decks).write_to_db(cursor, deck.templates_modified, iter(()))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of fields in which genanki sees broken tags
            for (note, note_id), name in zip(_iter_ids(deck.notes), names, strict=True):
                anki_note = genanki.Note(
                    model,
                    list(build_fields(note, deck, media)),
                    sort_field=plain_text(note.question.question),
                    tags=build_tags(note.question),
                    guid=note.key,
                    due=note.position,
                )
                # the note and its card have the same id
                anki_note.write_to_db(cursor, note.modified, ids[name], iter((note_id, note_id)))
        connection.commit()
        data = bytearray(connection.serialize())
        data[_WRITER_VERSION] = bytes(4)
        return bytes(data)
    finally:
        connection.close()


def _create_database() -> sqlite3.Connection:
    """Return a new database in memory whose bytes do not depend on how SQLite was compiled."""
    connection = sqlite3.connect(":memory:")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _iter_ids(notes: tuple[Note, ...]) -> Iterator[tuple[Note, int]]:
    """Yield each note with its time of creation as a unique id, increased as long as it is in use."""
    used: set[int] = set()
    for note in notes:
        note_id = note.created
        while note_id in used:
            note_id += 1
        used.add(note_id)
        yield note, note_id
