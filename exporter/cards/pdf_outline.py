"""The outline of a PDF document: bookmarks on one or two levels."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exporter.cards.pdf_serializer import RawObject


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline.

    `page` is the index of a page, from 0; `left` and `top` are in points, from the lower left
    corner. `level` is 0, or 1 for a child of the entry of level 0 before it.
    """

    title: str
    page: int
    left: float
    top: float
    level: int


class Outline(RawObject):
    """The root of the outline; it adds its entries to the document."""

    ready = 1

    def __init__(self, doc: Any, bookmarks: Sequence[Bookmark]) -> None:
        """Add the entries to a reportlab document that has all pages."""
        items = [RawObject(b"") for _ in bookmarks]
        names = [doc.Reference(item, f"Outline{index}").name for index, item in enumerate((self, *items))]
        root, *refs = (f"{doc.idToObjectNumberAndVersion[name][0]} 0 R" for name in names)
        parents = [index for index, bookmark in enumerate(bookmarks) if bookmark.level == 0]
        ends = [*parents[1:], len(bookmarks)]
        for parent, end in zip(parents, ends, strict=True):
            children = range(parent + 1, end)
            for child in children:
                items[child].data = _entry(
                    bookmarks[child], refs, child, parent=refs[parent], siblings=children, doc=doc
                )
            # a negative count means that the children are hidden at first
            descendants = (
                f" /First {refs[parent + 1]} /Last {refs[end - 1]} /Count -{len(children)}"
                if children
                else ""
            )
            items[parent].data = _entry(
                bookmarks[parent],
                refs,
                parent,
                parent=root,
                siblings=parents,
                descendants=descendants,
                doc=doc,
            )
        ends_of_root = f"/First {refs[parents[0]]} /Last {refs[parents[-1]]} /Count {len(parents)}"
        super().__init__(f"<< /Type /Outlines {ends_of_root} >>\n".encode("ascii"))

    def prepare(self, document: Any, canvas: Any) -> None:
        """Do nothing: reportlab calls this to build entries, which are built already."""


def _entry(
    bookmark: Bookmark,
    refs: Sequence[str],
    index: int,
    *,
    parent: str,
    siblings: Sequence[int],
    descendants: str = "",
    doc: Any,
) -> bytes:
    """Return the dictionary of an entry; `siblings` are the indices of all entries of its parent."""
    position = bisect_left(siblings, index)
    previous = f" /Prev {refs[siblings[position - 1]]}" if position else ""
    following = f" /Next {refs[siblings[position + 1]]}" if position + 1 < len(siblings) else ""
    page = doc.idToObjectNumberAndVersion[f"Page{bookmark.page + 1}"][0]
    return (
        f"<< /Title {text_string(bookmark.title)} /Parent {parent}{previous}{following}{descendants} "
        f"/Dest [{page} 0 R /XYZ {bookmark.left:.2f} {bookmark.top:.2f} 0] >>\n"
    ).encode("ascii")


def text_string(text: str) -> str:
    """Return a text as a PDF text string: a literal string if it is ASCII, else UTF-16 in hexadecimal."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
