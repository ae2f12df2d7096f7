"""Writing: a document's objects one after another, and the table of where each is.

It is what reportlab does, without asking of each object what it might be: there are tens of
thousands that are their own bytes already.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object that is its own bytes, which end with a line break."""

    __RefOnly__ = 1

    def __init__(self, data: bytes) -> None:
        """Hold the bytes."""
        self.data = data

    def format(self, document: Any) -> bytes:
        """Return the bytes."""
        return self.data


def written(doc: Any) -> bytes:
    """Return the whole file; the document then knows where in it each object begins."""
    catalog, info = doc.Reference(doc.Catalog), doc.Reference(doc.info)
    parts = [pdfdoc.PDFFile(doc._pdfVersion).format(doc)]
    at, number, end = len(parts[0]), 1, b""
    places = ["0000000000 65535 f \n"]
    # an object may bring others with it when it is written
    while number in doc.numberToId:
        name = doc.numberToId[number]
        thing = doc.idToObject[name]
        data = thing.data if type(thing) is Raw else pdfdoc.format(thing, doc, toplevel=1)
        between = b"%b%d 0 obj\n" % (end, number)
        parts += (between, data)
        doc.idToOffset[name] = at + len(end)
        places.append(f"{at + len(end):010} 00000 n \n")
        at += len(between) + len(data)
        end = b"endobj\n" if data.endswith(b"\n") else b"\nendobj\n"
        number += 1
    at += len(end)
    parts += (end, f"xref\n0 {number}\n{''.join(places)}".encode("ascii"))
    trailer = pdfdoc.PDFTrailer(startxref=at, Size=number, Root=catalog, Info=info, ID=doc.ID())
    return b"".join((*parts, trailer.format(doc)))
