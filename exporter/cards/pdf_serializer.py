"""The serialization of a reportlab document: its objects, and the cross-reference table.

It writes what reportlab writes, but without inspecting objects that are bytes already, of which
there are tens of thousands.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc


class RawObject(pdfdoc.PDFObject):  # type: ignore[misc]
    """A PDF object that is given as bytes, which end with a line break."""

    __RefOnly__ = 1

    def __init__(self, data: bytes) -> None:
        """Hold the bytes."""
        self.data = data

    def format(self, document: Any) -> bytes:
        """Return the bytes."""
        return self.data


def serialize(doc: Any) -> bytes:
    """Return the file of a reportlab document; set the offset of each object in `doc.idToOffset`."""
    catalog, info = doc.Reference(doc.Catalog), doc.Reference(doc.info)
    parts = [pdfdoc.PDFFile(doc._pdfVersion).format(doc)]
    offset, number, end = len(parts[0]), 1, b""
    entries = ["0000000000 65535 f \n"]
    # formatting an object may add others
    while number in doc.numberToId:
        name = doc.numberToId[number]
        pdf_object = doc.idToObject[name]
        is_raw = type(pdf_object) is RawObject
        data = pdf_object.data if is_raw else pdfdoc.format(pdf_object, doc, toplevel=1)
        head = b"%b%d 0 obj\n" % (end, number)
        parts += (head, data)
        doc.idToOffset[name] = offset + len(end)
        entries.append(f"{offset + len(end):010} 00000 n \n")
        offset += len(head) + len(data)
        end = b"endobj\n" if data.endswith(b"\n") else b"\nendobj\n"
        number += 1
    offset += len(end)
    parts += (end, f"xref\n0 {number}\n{''.join(entries)}".encode("ascii"))
    trailer = pdfdoc.PDFTrailer(startxref=offset, Size=number, Root=catalog, Info=info, ID=doc.ID())
    return b"".join((*parts, trailer.format(doc)))
