"""Opening an untrusted Anki collection, of which only some ordinary tables can be read.

A database file can make SQLite execute code through views, generated columns and virtual tables. Therefore
only ordinary tables are read, one by one; an authorizer denies every other action, and the number of
instructions is limited.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

MAX_VALUE_BYTES = 16 << 20
"""The largest value of a note; a question with its answer has at most 100,000 characters."""

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
    plain = {decode_text(name) for kind, name, _ in with_pages if kind == b"table"}
    names = [(decode_text(name) or "").lower() for kind, name, _ in rows if kind in (b"table", b"view")]
    if not plain.issuperset(_TABLES) or any(names.count(table) != 1 for table in _TABLES):
        raise DatabaseError("it has no notes and cards")
    columns_by_table: dict[str, frozenset[str]] = {}
    optional = [table for table in _OPTIONAL_TABLES if table in plain and names.count(table) == 1]
    for table in (*_TABLES, *optional):
        columns = connection.execute(f"pragma table_xinfo({table})").fetchmany(100)
        if any(column[6] for column in columns):
            raise DatabaseError(f"its table {table} has generated columns")
        columns_by_table[table] = frozenset(filter(None, (decode_text(column[1]) for column in columns)))
    return columns_by_table


def column_or_null(column: str, columns: frozenset[str]) -> str:
    """Return an optional column for a query: NULL if the table does not have it."""
    return column if column in columns else "null"


def decode_text(value: object) -> str | None:
    """Return a value as text, or `None` for NULL, a number, and bytes that are not UTF-8."""
    if not isinstance(value, bytes):
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None
