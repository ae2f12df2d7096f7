"""Reading the notes of an untrusted Anki collection.

A database file can make SQLite execute code through views, generated columns and virtual tables. Therefore
only ordinary tables are read, one by one; an authorizer denies every other action, and the number of
instructions is limited.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.anki.note_type import FIELDS, MODEL_ID
from exporter.model.deck import MAX_TIME_S

MAX_VALUE_BYTES = 16 << 20
"""The largest value of a note; a question with its answer has at most 100,000 characters."""

MAX_NOTES_BYTES = 64 << 20
"""The total size of our notes in a package; a source has the same limit."""

MAX_NOTES = 100_000
"""The number of our notes in a package; a source has the same limit."""

MAX_INSTRUCTIONS = 100_000_000
"""The number of virtual machine instructions of SQLite; one million notes and cards take 7 million."""

_STEP_INSTRUCTIONS = 100_000
"""The interval of the progress handler; Ctrl-C takes effect there, too."""

_TABLES = ("notes", "cards")
_OPTIONAL_TABLES = ("revlog",)
_SCHEMA_TABLES = ("sqlite_master", "sqlite_schema", "pragma_table_xinfo")
_READABLE = {(sqlite3.SQLITE_READ, table) for table in (*_TABLES, *_OPTIONAL_TABLES, *_SCHEMA_TABLES)}
_SETTINGS = ("trusted_schema = off", "cell_size_check = on", "mmap_size = 0", "cache_size = -8000")
_PRAGMAS = {"table_xinfo", *(setting.split(" ")[0] for setting in _SETTINGS)}


class DatabaseError(Exception):
    """A file is not a collection of Anki; the message is a clause with the reason."""


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


@contextmanager
def open_collection(path: Path) -> Iterator[tuple[sqlite3.Connection, dict[str, frozenset[str]]]]:
    """Yield a connection to a collection that reads ordinary tables only, and their columns by table.

    The file is modified. Raises `DatabaseError` if it is not a collection of Anki, `sqlite3.Error` if it is
    not a valid database, and `KeyboardInterrupt` on Ctrl-C.
    """
    with path.open("r+b") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise DatabaseError("its collection is not a database")
        # reset the two header bytes for write-ahead logging, whose log is not in the package
        file.seek(18)
        file.write(b"\x01\x01")
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        counter = _InstructionCounter()
        connection.set_progress_handler(counter.count, _STEP_INSTRUCTIONS)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.text_factory = bytes
        connection.set_authorizer(_authorize)
        try:
            for pragma in _SETTINGS:
                connection.execute(f"pragma {pragma}")
            yield connection, _check_tables(connection)
        except sqlite3.DataError:
            raise DatabaseError(f"a note in it is larger than {MAX_VALUE_BYTES >> 20} MiB") from None
        except sqlite3.OperationalError as exc:
            if "interrupted" not in str(exc):
                raise
            if counter.is_exhausted:
                raise DatabaseError("reading its collection takes too long") from None
            raise KeyboardInterrupt from None


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


class _InstructionCounter:
    """Counts instructions of SQLite; an exception in its handler would be lost, and only ends the query."""

    def __init__(self) -> None:
        self.instructions = 0

    @property
    def is_exhausted(self) -> bool:
        return self.instructions > MAX_INSTRUCTIONS

    def count(self) -> bool:
        self.instructions += _STEP_INSTRUCTIONS
        return self.is_exhausted


def _authorize(action: int, first: str | None, _second: str | None, *_where: str | None) -> int:
    """Allow reading the columns of the tables in `_READABLE`, and nothing else."""
    is_allowed = (
        action == sqlite3.SQLITE_SELECT
        or (action, first) in _READABLE
        or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS)
    )
    return sqlite3.SQLITE_OK if is_allowed else sqlite3.SQLITE_DENY


def _check_tables(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Return the columns of the tables of notes, cards and, if it has one, reviews.

    Raises `DatabaseError` unless they are ordinary tables.
    """
    rows = connection.execute("select type, name, rootpage from sqlite_master").fetchmany(10_000)
    with_pages = [row for row in rows if isinstance(row[2], int) and row[2] > 0]  # not virtual
    plain = {_decode_text(name) for kind, name, _ in with_pages if kind == b"table"}
    names = [(_decode_text(name) or "").lower() for kind, name, _ in rows if kind in (b"table", b"view")]
    if not plain.issuperset(_TABLES) or any(names.count(table) != 1 for table in _TABLES):
        raise DatabaseError("it has no notes and cards")
    columns_by_table: dict[str, frozenset[str]] = {}
    optional = [table for table in _OPTIONAL_TABLES if table in plain and names.count(table) == 1]
    for table in (*_TABLES, *optional):
        columns = connection.execute(f"pragma table_xinfo({table})").fetchmany(100)
        if any(column[6] for column in columns):
            raise DatabaseError(f"its table {table} has generated columns")
        columns_by_table[table] = frozenset(filter(None, (_decode_text(column[1]) for column in columns)))
    return columns_by_table


def column_or_null(column: str, columns: frozenset[str]) -> str:
    """Return an optional column for a query: NULL if the table does not have it."""
    return column if column in columns else "null"


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
            _parse_note(valid_id, _decode_text(guid), modified, _decode_text(fields), _decode_text(tags)),
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


def _decode_text(value: object) -> str | None:
    """Return a value as text, or `None` for NULL, a number, and bytes that are not UTF-8."""
    if not isinstance(value, bytes):
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None
