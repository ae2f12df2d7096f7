"""Hostile packages are read in limited time and memory, or rejected with a message."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from exporter.anki import apkg_reader, collection_database, collection_reader
from exporter.anki.apkg_reader import NotAPackageError, read_package
from exporter.anki.note_type import FIELDS, MODEL_ID
from exporter.cli import group
from exporter.identity import lockfile
from exporter.readers.html import html_text
from tests.projects import REPOSITORY

pytestmark = pytest.mark.slow

NOTES = "create table notes(id integer primary key, guid, mid, mod, flds);"
CARDS = "create table cards(id integer primary key, nid, due);"
KEY = "0123456789ab"

MEMORY_BYTES, CPU_S = 400 << 20, 60
"""What the child process may take for all packages together; one alone took 1.5 GB and no end of time."""


def fields(**values: str) -> str:
    return "\x1f".join({**dict.fromkeys(FIELDS, ""), "Source": "a.txt", "Question": "Q?", **values}.values())


def database(script: str = NOTES + CARDS, notes: Iterable[tuple[Any, ...]] = ()) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(script)
    rows = [(number, guid, MODEL_ID, mod, flds) for number, (guid, mod, flds) in enumerate(notes, 1)]
    connection.executemany("insert into notes values(?, ?, ?, ?, ?)", rows)
    connection.commit()
    return connection.serialize()


def package(data: bytes, name: str = "collection.anki2", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def one(guid: object = KEY, mod: object = 5, flds: object = None) -> bytes:
    return package(database(notes=[(guid, mod, fields() if flds is None else flds)]))


def changed(data: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    place = data.rindex(mark) + offset
    return data[:place] + value + data[place + len(value) :]


def shared_pages() -> bytes:
    """Return a table whose inner pages all point to the same leaf: 10 million rows in 150 KB."""
    connection = sqlite3.connect(":memory:")
    connection.executescript("pragma page_size = 512;" + NOTES + CARDS)
    rows = [(number, 1, 1) for number in range(1, 4000)]
    connection.executemany("insert into cards values(?, ?, ?)", rows)
    connection.commit()
    (root,) = connection.execute("select rootpage from sqlite_master where name = 'cards'").fetchone()
    data = bytearray(connection.serialize())
    used = len(data) // 512
    leaf = next(page + 1 for page in range(used) if page + 1 != root and data[page * 512] == 13 and page > 2)
    below = leaf
    for level in range(3):
        page = bytearray(512)
        page[0] = 5
        count = 60
        page[3:5] = struct.pack(">H", count)
        page[8:12] = struct.pack(">I", below)
        start = 512
        for cell in range(count):
            start -= 6
            page[start : start + 6] = struct.pack(">I", below) + bytes((0x81, cell))
            page[12 + 2 * cell : 14 + 2 * cell] = struct.pack(">H", start)
        page[5:7] = struct.pack(">H", start)
        below = root if level == 2 else len(data) // 512 + 1
        if level == 2:
            data[(root - 1) * 512 : root * 512] = page
        else:
            data += page
    data[28:32] = struct.pack(">I", len(data) // 512)
    return bytes(data)


def generated_column() -> bytes:
    table = (
        "create table notes(id integer primary key, guid, mid, mod, flds text as (printf('%.*c', 4e6, 'x')));"
    )
    connection = sqlite3.connect(":memory:")
    connection.executescript(table + CARDS)
    rows = [(number, KEY, MODEL_ID, 5) for number in range(2)]
    connection.executemany("insert into notes(id, guid, mid, mod) values(?, ?, ?, ?)", rows)
    connection.commit()
    return connection.serialize()


def many_rows() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "create table notes(id, guid, mid, mod, flds); create table cards(id, nid, due);"
    )
    connection.executemany("insert into notes values(1, 'k', ?, 1, '')", [(MODEL_ID,)] * 150_000)
    connection.executemany("insert into cards values(1, 1, ?)", [(1,)] * 150_000)
    connection.commit()
    return connection.serialize()


def many_entries() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("collection.anki2", database(notes=[(KEY, 5, fields())]))
        for number in range(20_000):
            archive.writestr(zipfile.ZipInfo(f"{number:0900}"), b"")
    return file.getvalue()


def hostile() -> Iterator[tuple[str, bytes, int | str]]:
    """Yield the name of each package, its bytes, and the expected number of notes or words."""
    good = database(notes=[(KEY, 5, fields())])
    yield "good", package(good), 1
    yield "fields-blob", one(flds=fields().encode()), 1
    for name, value in {"null": None, "number": 7, "real": 1.5, "blob": b"\xff\x00", "empty": ""}.items():
        yield f"guid-{name}", one(guid=value), 1
        yield f"mod-{name}", one(mod=value), 1
        yield f"fields-{name}", package(database(notes=[(KEY, 5, value)])), 1
    for value in (2**62, -5, 253402300799):
        yield f"mod-{value}", one(mod=value), 1
    yield "guid-odd", one(guid="k\"\n\u202e\x1b[31m' or 1"), 1
    yield "guid-long", one(guid="k" * 1_000_000), 1
    yield "more-fields", one(flds=fields() + "\x1fown"), 1
    yield "number-long", one(flds=fields(Number="9" * 5000)), 1
    loose = NOTES.replace("id integer primary key", "id") + CARDS
    for name, note_id in {"text": "abc", "null": None, "huge": 2**63 - 1}.items():
        connection = sqlite3.connect(":memory:")
        connection.executescript(loose)
        connection.execute("insert into notes values(?, ?, ?, 5, ?)", (note_id, KEY, MODEL_ID, fields()))
        connection.commit()
        yield f"id-{name}", package(connection.serialize()), 1
    yield "generated", package(generated_column()), "generated columns"
    yield "rows", package(many_rows()), "too many notes"
    yield "one-field", one(flds=fields(Answer="<b>" * 12_000_000)), "larger than"
    for method, words in (
        (zipfile.ZIP_BZIP2, "does not use"),
        (zipfile.ZIP_LZMA, "does not use"),
        (zipfile.ZIP_DEFLATED, "cannot be read|Error|does not"),
    ):
        data = bytearray(package(good, method=method))
        for place in range(60, 200):
            data[place] ^= 0x5A
        yield (
            f"corrupt-{method}",
            bytes(data),
            words.split("|")[0] if "|" not in words else "not a readable Anki package",
        )
    stored = package(good)
    yield "encrypted", changed(stored, b"PK\x01\x02", 8, b"\x01\x08"), "does not use"
    yield "claims-2-gb", changed(stored, b"PK\x01\x02", 24, struct.pack("<I", 2**31 - 5)), "too large"
    yield (
        "directory-elsewhere",
        changed(stored, b"PK\x05\x06", 16, b"\xff\xff\xff\xfe"),
        "not a readable Anki package",
    )
    yield (
        "directory-huge",
        changed(stored, b"PK\x05\x06", 12, b"\xff\xff\xff\x7f"),
        "not a readable Anki package",
    )
    yield (
        "entry-elsewhere",
        changed(stored, b"PK\x01\x02", 42, struct.pack("<I", 2**31)),
        "not a readable Anki package",
    )
    yield "entries", many_entries(), "too large"
    yield (
        "virtual",
        package(database("create virtual table notes using fts5(id, guid, mid, mod, flds);" + CARDS)),
        "no notes and cards",
    )
    yield (
        "views",
        package(
            database(
                "create table n(id, guid, mid, mod, flds); create view notes as select * from n;"
                "create trigger t instead of insert on notes begin select 1; end;" + CARDS
            )
        ),
        "no notes and cards",
    )
    yield (
        "trigger",
        package(
            database(NOTES + CARDS + "create trigger t after insert on notes begin delete from notes; end;")
        ),
        0,
    )
    yield (
        "schema",
        package(
            database(
                NOTES
                + CARDS
                + "pragma writable_schema = on; update sqlite_master set sql = 'create table notes('"
                " where name = 'notes';"
            )
        ),
        "not a readable Anki package",
    )
    yield "page-size", package(good[:16] + b"\xff\xff" + good[18:]), "not a readable Anki package"
    yield "noise", package(b"SQLite format 3\0" + bytes(range(256)) * 40), "not a readable Anki package"
    yield (
        "first-page",
        package(good[:100] + bytes(range(256)) * 16 + good[4196:]),
        "not a readable Anki package",
    )
    pack = zstandard.ZstdCompressor().compress
    new = "collection.anki21b"
    yield "zstd", package(pack(good), new), 1
    yield "zstd-bomb", package(pack(bytes(300 << 20)), new), "too large"
    yield "zstd-in-zip-bomb", package(pack(bytes(60 << 20)), new), "not a database"
    yield "zstd-cut", package(pack(good)[:-40], new), "not a readable Anki package"
    yield "zstd-window", package(b"\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", new), "memory"


READ_ALL = f"""
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY_BYTES}, {MEMORY_BYTES}))
resource.setrlimit(resource.RLIMIT_CPU, ({CPU_S}, {CPU_S}))
from exporter.anki.apkg_reader import NotAPackageError, read_package
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        answer = len(read_package(path))
    except NotAPackageError as refusal:
        answer = str(refusal)
    except BaseException as fault:
        answer = repr(fault)
    print(json.dumps([path.stem, answer]), flush=True)
"""


def test_packages_are_read_in_limits_or_refused(tmp_path: Path) -> None:
    right: dict[str, int | str] = {}
    for name, data, expected in hostile():
        (tmp_path / f"{name}.apkg").write_bytes(data)
        right[name] = expected
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, (done.returncode, done.stdout[-300:], done.stderr[-500:])
    answers = dict(json.loads(line) for line in done.stdout.splitlines())
    assert answers.keys() == right.keys()
    assert not {name: answer for name, answer in answers.items() if not _is_right(answer, right[name], name)}


def _is_right(answer: int | str, right: int | str, name: str) -> bool:
    if isinstance(answer, int) or isinstance(right, int):
        return answer == right
    return right in answer and answer.endswith(".") and name in answer


def _path(folder: Path, data: bytes) -> Path:
    path = folder / "deck.apkg"
    path.write_bytes(data)
    return path


def test_ctrl_c_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> bool:
        raise KeyboardInterrupt  # as the handler of SIGINT does while SQLite calls the progress handler

    class Interrupted(sqlite3.Connection):
        def set_progress_handler(self, _handler: object, _instructions: int) -> None:
            super().set_progress_handler(interrupt, 1)

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Interrupted))
    with pytest.raises(KeyboardInterrupt):
        read_package(_path(tmp_path, one()))


def test_work_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _path(tmp_path, package(shared_pages()))
    monkeypatch.setattr(collection_database, "MAX_INSTRUCTIONS", 1_000_000)
    with pytest.raises(NotAPackageError, match="takes too long"):
        read_package(path)


@pytest.mark.parametrize(("extra", "fits"), [(0, True), (1, False)])
def test_limits_are_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: int, fits: bool) -> None:
    notes = [(f"{number:012}", 5, fields(Answer="x" * 100)) for number in range(3 + extra)]
    path = _path(tmp_path, package(database(notes=notes)))
    monkeypatch.setattr(collection_reader, "MAX_NOTES", 3)
    assert _is_read(path) == fits
    monkeypatch.setattr(collection_reader, "MAX_NOTES", 10)
    monkeypatch.setattr(collection_reader, "MAX_NOTES_BYTES", 3 * len(notes[0][2]))
    assert _is_read(path) == fits


@pytest.mark.parametrize(("more", "fits"), [(0, True), (1, False)])
def test_the_size_of_a_collection_is_limited_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int, fits: bool
) -> None:
    data = database(notes=[(KEY, 5, fields())])
    monkeypatch.setattr(apkg_reader, "MAX_COLLECTION_BYTES", len(data) - more)
    assert _is_read(_path(tmp_path, package(data))) == fits
    monkeypatch.setattr(apkg_reader, "MAX_UNCHECKED_BYTES", 0)
    packed = zstandard.compress(data)
    assert _is_read(_path(tmp_path, package(packed, "collection.anki21b", zipfile.ZIP_STORED))) == fits


def _is_read(path: Path) -> bool:
    try:
        return bool(read_package(path))
    except NotAPackageError:
        return False


COLUMN = (
    st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text(max_size=20) | st.binary(max_size=20)
)


@given(
    st.lists(st.tuples(COLUMN, COLUMN, COLUMN, COLUMN), max_size=4), st.sampled_from(["", "integer", "text"])
)
def test_any_bytes_in_any_column_are_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]], kind: str
) -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        f"create table notes(id {kind}, guid {kind}, mid, mod {kind}, flds {kind}); create table cards(id, nid, due);"
    )
    notes = [(note_id, guid, MODEL_ID, mod, flds) for note_id, guid, mod, flds in rows]
    connection.executemany("insert into notes values(?, ?, ?, ?, ?)", notes)
    connection.executemany("insert into cards values(?, ?, ?)", [row[:3] for row in rows])
    connection.commit()
    found = read_package(_path(tmp_path_factory.mktemp("deck"), package(connection.serialize())))
    assert len(found) == len(rows)
    for note in found:
        assert set(note.fields) == set(FIELDS)
        assert 0 <= note.modified < 2**31
        assert 0 <= note.created < 2**31 * 1000


@given(st.binary(max_size=400), st.integers(0, 400))
def test_any_change_of_a_package_is_a_result_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, place: int
) -> None:
    data = package(database(notes=[(KEY, 5, fields())]))
    data = data[:place] + noise + data[place + len(noise) :]
    _is_read(_path(tmp_path_factory.mktemp("deck"), data))


@given(st.binary(max_size=300), st.integers(0, 12_000))
def test_any_change_of_a_collection_is_a_result_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, place: int
) -> None:
    data = database(notes=[(KEY, 5, fields())])
    _is_read(
        _path(tmp_path_factory.mktemp("deck"), package(data[:place] + noise + data[place + len(noise) :]))
    )


HTML = {
    "open attributes": '<a href="' * 70_000,
    "open attributes and an end": "<a href='" * 70_001 + ">",
    "comments": "<!--" * 170_000,
    "lists": "<ul><li>" * 10_000,
    "tags": "x<i>" * 80_000,
    "ampersands": "&" * 700_000,
    "brackets": "<" * 700_000,
    "open tags": "<a " * 170_000,
    "digits": "&#" + "9" * 350_000,
    "zeros": "&#x" + "0" * 350_000 + "41;",
    "cells": "<td>" * 20_000,
    "signs": "<a" + " =" * 170_000 + ">",
}


def test_any_html_of_a_field_is_read_in_linear_time() -> None:
    code = (
        "import json, resource, sys; from exporter.readers.html import html_text\n"
        "resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (15, 15))\n"  # all together take 4 s; each took minutes
        "print([len(html_text(html)) for html in json.load(sys.stdin)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(list(HTML.values())),
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a < b and b > c", "a < b and b > c"),
        ('<img alt="x > y" src="p.png">z', "x > y\n\nz"),
        ("one<br>two<!-- no -->three", "one\ntwothree"),
        ('kept <a href="never closed', 'kept <a href="never closed'),
        ("kept <!-- never closed", "kept <!-- never closed"),
        ("&#65;&#x42;&#000000000067;&#99999999999;&amp;lt;", "ABC\ufffd&lt;"),
        ("<UL><LI>a</LI></UL>", "- a"),
    ],
)
def test_no_word_of_a_field_is_lost(html: str, text: str) -> None:
    assert html_text(html) == text


@given(st.text(st.sampled_from("<>/!-\"'= abruliptd&#;\n"), max_size=60))
def test_any_field_is_read(html: str) -> None:
    assert isinstance(html_text(html), str)


KEYS = st.sampled_from([KEY, "abcdefghjkmn", "0" * 12, "not a key", ""])


@given(st.lists(st.tuples(COLUMN, KEYS | COLUMN, COLUMN, st.text(max_size=30)), max_size=5))
def test_any_recovered_lock_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("project")
    (folder / "a.txt").write_text("Question 1: Why?\nAnswer:\nThus.\n", "utf-8")
    connection = sqlite3.connect(":memory:")
    connection.executescript("create table notes(id, guid, mid, mod, flds);" + CARDS)
    notes = [
        (note_id, guid, MODEL_ID, mod, fields(Question=text.replace("\x1f", ""), Answer=text, Number=text))
        for note_id, guid, mod, text in rows
    ]
    connection.executemany("insert into notes values(?, ?, ?, ?, ?)", notes)
    connection.commit()
    path = _path(folder, package(connection.serialize()))
    lock = folder / "exporter.lock"
    result = CliRunner().invoke(
        group, ["recover", str(path), "--lock", str(lock), "--yes"], standalone_mode=False
    )
    assert result.exception is None, result.exception
    assert lockfile.read(lock)[2] == ()
