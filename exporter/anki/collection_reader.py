"""Reading the notes of an Anki collection that anybody may have made.

SQLite runs what a database file says: views, generated columns, virtual tables. So only plain
tables are read, one after the other, with every other action forbidden and all work limited.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.anki.note_type import FIELDS, MODEL_ID
from exporter.model.deck import MAX_TIME_S

MAX_VALUE_BYTES = 16 << 20
"""No note is read that has more bytes; a question with its answer has at most 100,000 characters."""

MAX_NOTES_BYTES = 64 << 20
"""All our notes in a package have at most so many bytes, as a source has."""

MAX_NOTES = 100_000
"""No more notes of ours are read from a package."""

MAX_INSTRUCTIONS = 100_000_000
"""SQLite does no more steps for a package: those of a million notes and cards take 7 million."""

_STEP_INSTRUCTIONS = 100_000
"""After so many steps SQLite asks whether to go on; then Ctrl-C is answered, too."""

_TABLES = ("notes", "cards")
_SCHEMA_TABLES = ("sqlite_master", "sqlite_schema", "pragma_table_xinfo")
_READABLE = {(sqlite3.SQLITE_READ, table) for table in (*_TABLES, *_SCHEMA_TABLES)}
_SETTINGS = ("trusted_schema = off", "cell_size_check = on", "mmap_size = 0", "cache_size = -8000")
_PRAGMAS = {"table_xinfo", *(setting.split(" ")[0] for setting in _SETTINGS)}


class DatabaseError(Exception):
    """A collection is not one of Anki's; the message says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class PackagedNote:
    """One note of our note type in a package, with its fields by name.

    `key` is Anki's guid: a key of ours, unless the note was made or copied in Anki; of a note that
    cannot be read it only names the note. `modified` is in seconds since 1970, and 0 where it is
    not known; `created`, Anki's id of the note, in milliseconds, or 0. `deck_id` is Anki's id of the
    deck of its first card, or 0.
    """

    key: str
    fields: Mapping[str, str]
    modified: int
    created: int
    tags: tuple[str, ...] = ()
    deck_id: int = 0


def read_notes(path: Path) -> tuple[PackagedNote, ...]:
    """Return the notes of our note type in a collection, in the order their new cards come in.

    The file is changed. Raises `DatabaseError` for what is not Anki's, `sqlite3.Error` for what is
    not SQLite's, and `KeyboardInterrupt` as soon as it is asked for.
    """
    with path.open("r+b") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise DatabaseError("its collection is not a database")
        # A copy without its log: the two flags of a write-ahead log are put back to the plain journal.
        file.seek(18)
        file.write(b"\x01\x01")
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        work = _InstructionCounter()
        connection.set_progress_handler(work.step, _STEP_INSTRUCTIONS)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.text_factory = bytes
        connection.set_authorizer(_authorize)
        try:
            for pragma in _SETTINGS:
                connection.execute(f"pragma {pragma}")
            columns = _check_tables(connection)
            notes = list(_iter_notes(connection, _column_or_null("tags", columns["notes"])))
            order = _read_due_order(
                connection, _column_or_null("did", columns["cards"]), {note_id for note_id, _ in notes}
            )
        except sqlite3.DataError:
            raise DatabaseError(f"a note in it is larger than {MAX_VALUE_BYTES >> 20} MiB") from None
        except sqlite3.OperationalError as problem:
            if "interrupted" not in str(problem):
                raise
            if work.is_exhausted:
                raise DatabaseError("reading its collection takes too long") from None
            raise KeyboardInterrupt from None
    first = {note_id: order.get(note_id, (0, 0)) for note_id, _ in notes}
    notes.sort(key=lambda entry: (first[entry[0]][0], entry[0]))
    return tuple(replace(note, deck_id=first[note_id][1]) for note_id, note in notes)


class _InstructionCounter:
    """Counts what SQLite does. What is raised in a handler gets lost there: it only ends the query."""

    def __init__(self) -> None:
        self.instructions = 0

    @property
    def is_exhausted(self) -> bool:
        return self.instructions > MAX_INSTRUCTIONS

    def step(self) -> bool:
        self.instructions += _STEP_INSTRUCTIONS
        return self.is_exhausted


def _authorize(action: int, first: str | None, _second: str | None, *_where: str | None) -> int:
    """Allow to read the columns of the tables that are looked at, and nothing else."""
    allowed = (
        action == sqlite3.SQLITE_SELECT
        or (action, first) in _READABLE
        or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS)
    )
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _check_tables(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Make sure that notes and cards are plain tables with plain columns; return these by their tables."""
    rows = connection.execute("select type, name, rootpage from sqlite_master").fetchmany(10_000)
    with_pages = [row for row in rows if isinstance(row[2], int) and row[2] > 0]  # others are virtual
    plain = {_decode_text(name) for kind, name, _ in with_pages if kind == b"table"}
    names = [(_decode_text(name) or "").lower() for kind, name, _ in rows if kind in (b"table", b"view")]
    if not plain.issuperset(_TABLES) or any(names.count(table) != 1 for table in _TABLES):
        raise DatabaseError("it has no notes and cards")
    found: dict[str, frozenset[str]] = {}
    for table in _TABLES:
        columns = connection.execute(f"pragma table_xinfo({table})").fetchmany(100)
        if any(column[6] for column in columns):
            raise DatabaseError(f"its table {table} has generated columns")
        found[table] = frozenset(filter(None, (_decode_text(column[1]) for column in columns)))
    return found


def _column_or_null(column: str, columns: frozenset[str]) -> str:
    """Return a column that no key depends on as a query reads it: NULL where its table lacks it."""
    return column if column in columns else "null"


def _iter_notes(connection: sqlite3.Connection, tags_column: str) -> Iterator[tuple[int, PackagedNote]]:
    """Yield the id of each note of ours with the note."""
    size = 0
    rows = connection.execute(
        f"select id, guid, mod, flds, {tags_column} from notes not indexed where mid = ? limit ?",
        (MODEL_ID, MAX_NOTES + 1),
    )
    for count, (note_id, guid, modified, fields, tags) in enumerate(rows):
        size += sum(len(value) for value in (fields, tags) if isinstance(value, bytes))
        if count >= MAX_NOTES or size > MAX_NOTES_BYTES:
            raise DatabaseError("it has too many notes made by exporter")
        place = note_id if isinstance(note_id, int) else 0
        yield (
            place,
            _parse_note(place, _decode_text(guid), modified, _decode_text(fields), _decode_text(tags)),
        )


def _parse_note(
    note_id: int, guid: str | None, modified: object, fields: str | None, tags: str | None
) -> PackagedNote:
    created = note_id if 0 < note_id <= MAX_TIME_S * 1000 else 0
    parts = (fields or "").split("\x1f")
    if guid is None or fields is None or len(parts) < len(FIELDS):
        named = dict.fromkeys(FIELDS, "")
        return PackagedNote(f"note {note_id}", named, 0, created)
    # Fields that somebody added to the note type come after ours.
    named = dict(zip(FIELDS, parts, strict=False))
    known = modified if isinstance(modified, int) and modified > 0 else 0
    return PackagedNote(guid, named, min(known, MAX_TIME_S), created, tuple((tags or "").split()))


def _read_due_order(
    connection: sqlite3.Connection, deck_column: str, wanted: set[int]
) -> dict[int, tuple[int, int]]:
    """Return for each note when its first card is due, and the id of the deck of that card."""
    order: dict[int, tuple[int, int]] = {}
    for note_id, due, deck in connection.execute(f"select nid, due, {deck_column} from cards not indexed"):
        if isinstance(note_id, int) and isinstance(due, int) and note_id in wanted:
            place = (due, deck if isinstance(deck, int) else 0)
            order[note_id] = min(place, order.get(note_id, place))
    return order


def _decode_text(value: object) -> str | None:
    """Return a value as text, or nothing where it is none: NULL, a number, bytes that are not UTF-8."""
    if not isinstance(value, bytes):
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None
