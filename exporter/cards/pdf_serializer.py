"""The serialization of a reportlab document, in object streams and a cross-reference stream.

All objects but streams are compressed together (ISO 32000-1, 7.5.7 and 7.5.8): of the elements of a
document's structure, which are many and small, that leaves an eighth of the bytes. Objects that are
bytes already, of which there are tens of thousands, are not inspected.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc

MAX_STREAM_OBJECTS = 200
"""Objects in one stream: a viewer reads a whole stream for one of them, and an index fits one byte."""
COMPRESSION_LEVEL = 2
"""Level of zlib for objects: level 6 takes twice as long, and saves an eighth of them."""
_FREE, _DIRECT, _COMPRESSED = range(3)
"""The kinds of entries of a cross-reference stream (ISO 32000-1, table 18)."""
_UP_PREDICTOR = b"\x02"
"""The first byte of each row: the others are differences to the row above, as in PNG."""
_ROW_BYTES = 6
"""A row of the cross-reference table: type, offset or stream in four bytes, index."""
_NEXT_INDEX = _UP_PREDICTOR + bytes((0, 0, 0, 0, 0, 1))
"""The row of an object that is in the same stream as the one before it."""


class _Rows(NamedTuple):
    """Rows of the cross-reference table, of `size` objects from `number` on.

    `field` is the offset of a direct object (kind 1), or the position from 0 of the object stream
    (kind 2) in which the first object is at `place`.
    """

    number: int
    kind: int
    field: int
    place: int
    size: int


class RawObject(pdfdoc.PDFObject):  # type: ignore[misc]
    """A PDF object that is given as bytes, which end with a line break."""

    __RefOnly__ = 1

    def __init__(self, data: bytes) -> None:
        """Hold the bytes."""
        self.data = data

    def format(self, document: Any) -> bytes:
        """Return the bytes."""
        return self.data


def serialize(doc: Any, structure: Iterable[tuple[int, Sequence[str]]] = ()) -> bytes:
    """Return the file of a reportlab document.

    `structure` has further objects in groups: the number of the first, and the texts of all. Their
    numbers are reserved, by an increase of `doc.objectcounter`.
    """
    catalog, info = doc.Reference(doc.Catalog), doc.Reference(doc.info)
    file = _File(pdfdoc.PDFFile(doc._pdfVersion).format(doc))
    number = 1
    # formatting an object may add others
    while number <= doc.objectcounter:
        name = doc.numberToId.get(number)
        if name is not None:
            pdf_object = doc.idToObject[name]
            is_raw = type(pdf_object) is RawObject
            data = pdf_object.data if is_raw else pdfdoc.format(pdf_object, doc, toplevel=1)
            # the information is left readable: `exporter clean` knows our files by it
            file.add(number, data, is_direct=name == info.name)
        number += 1
    for first, texts in structure:
        file.add_group(first, texts)
    entries = {"Root": catalog, "Info": info, "ID": doc.ID()}
    trailer = " ".join(
        f"/{key} {pdfdoc.format(value, doc).decode('latin-1')}" for key, value in entries.items()
    )
    return file.finish(number, trailer)


class _File:
    """A file that is being written: streams as they come, other objects in object streams."""

    def __init__(self, header: bytes) -> None:
        self._parts = [header]
        self._offset = len(header)
        self._numbers: list[int] = []
        self._objects: list[bytes] = []
        self._streams: list[bytes] = []
        self._rows = [_Rows(0, _FREE, 0, 0, 1)]

    def add(self, number: int, data: bytes, *, is_direct: bool = False) -> None:
        """Add an object; streams are always direct."""
        if is_direct or data.endswith((b"endstream", b"endstream\n")):
            self._write(number, data)
            return
        self._numbers.append(number)
        self._objects.append(data if data.endswith(b"\n") else data + b"\n")
        if len(self._objects) == MAX_STREAM_OBJECTS:
            self._close_stream()

    def add_group(self, first: int, objects: Sequence[str]) -> None:
        """Add objects in ASCII with consecutive numbers, none of them a stream."""
        for start in range(0, len(objects), MAX_STREAM_OBJECTS):
            part = objects[start : start + MAX_STREAM_OBJECTS]
            self._rows.append(_Rows(first + start, _COMPRESSED, len(self._streams), 0, len(part)))
            numbers = range(first + start, first + start + len(part))
            self._add_stream(numbers, map(len, part), "".join(part).encode("ascii"))

    def finish(self, number: int, trailer: str) -> bytes:
        """Return the whole file; object numbers from `number` on are free."""
        self._close_stream()
        for index, stream in enumerate(self._streams, number):
            self._write(index, stream)
        count = number + len(self._streams)
        offset = self._offset
        table = zlib.compress(
            self._format_rows(number, _Rows(count, _DIRECT, offset, 0, 1)), COMPRESSION_LEVEL
        )
        head = (
            f"/Type /XRef /Size {count + 1} /W [1 4 1] {trailer} /Filter /FlateDecode "
            f"/DecodeParms << /Predictor 12 /Columns {_ROW_BYTES} >> /Length {len(table)}"
        )
        self._write(count, b"<< %b >>\nstream\n%b\nendstream" % (head.encode("latin-1"), table))
        return b"".join((*self._parts, b"startxref\n%d\n%%%%EOF\n" % offset))

    def _write(self, number: int, data: bytes) -> None:
        entry = b"%d 0 obj\n%b\nendobj\n" % (number, data.removesuffix(b"\n"))
        self._rows.append(_Rows(number, _DIRECT, self._offset, 0, 1))
        self._parts.append(entry)
        self._offset += len(entry)

    def _close_stream(self) -> None:
        if not self._objects:
            return
        stream = len(self._streams)
        start = 0
        for index, number in enumerate(self._numbers, 1):
            if self._numbers[index : index + 1] != [number + 1]:
                self._rows.append(_Rows(self._numbers[start], _COMPRESSED, stream, start, index - start))
                start = index
        self._add_stream(self._numbers, map(len, self._objects), b"".join(self._objects))
        self._numbers, self._objects = [], []

    def _add_stream(self, numbers: Sequence[int], lengths: Iterable[int], objects: bytes) -> None:
        count = len(numbers)
        pairs = zip(numbers, accumulate(lengths, initial=0), strict=False)
        head = b"%d %d " * count % tuple(chain.from_iterable(pairs))
        data = zlib.compress(head + objects, COMPRESSION_LEVEL)
        fields = b"/N %d /First %d /Length %d" % (count, len(head), len(data))
        self._streams.append(
            b"<< /Type /ObjStm /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (fields, data)
        )

    def _format_rows(self, first_stream: int, last: _Rows) -> bytes:
        """Return the rows of all objects, each as its difference to the row above."""
        parts: list[bytes] = []
        above = bytes(_ROW_BYTES)
        for rows in sorted((*self._rows, last)):
            field = rows.field + first_stream if rows.kind == _COMPRESSED else rows.field
            row = struct.pack(">BIB", rows.kind, field, rows.place)
            parts += (
                _UP_PREDICTOR,
                bytes((byte - upper) & 0xFF for byte, upper in zip(row, above, strict=True)),
                _NEXT_INDEX * (rows.size - 1),
            )
            above = row[:-1] + bytes((rows.place + rows.size - 1,))
        return b"".join(parts)
