"""The document: pages, outline, labels and what a viewer is told, in bytes that never vary.

Pages and bookmarks are written as bytes of our own: reportlab's objects for them take longer
than all the setting of type.
"""

from __future__ import annotations

import hashlib
import time
import zlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from exporter.cards.font_loading import primary_faces
from exporter.cards.font_set import Fonts
from exporter.cards.pdf_serializer import Raw, written

COMPRESSION = 4
"""How hard pages are compressed: more takes twice the time for a twentieth of the size."""


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself; `modified` is in seconds since 1970."""

    title: str
    subject: str
    language: str
    modified: int
    duplex: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: `page` counts from 0, `left` and `top` are in points from below.

    Level 1 belongs to the level 0 before it.
    """

    title: str
    page: int
    left: float
    top: float
    level: int


def compressed(content: str) -> bytes:
    """Return a page's operators as a document holds them."""
    return zlib.compress(content.encode("latin-1"), COMPRESSION)


class Document:
    """A PDF being written; pages come in their order."""

    def __init__(self, size: tuple[float, float], about: About, fonts: Fonts) -> None:
        """Begin a document whose pages are of `size`, in points."""
        self._canvas = Canvas(
            BytesIO(),
            pagesize=size,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=primary_faces()[0].fontName,
            lang=about.language or None,
        )
        self._doc: Any = self._canvas._doc
        # reportlab begins the file's identity with the clock or SOURCE_DATE_EPOCH; ours is the content's.
        self._doc.signature = hashlib.md5(usedforsecurity=False)
        self._about = about
        self._labels: list[str] = []
        self._images: dict[str, Any] = {}
        self._resources = pdfdoc.PDFDictionary({"Font": pdfdoc.PDFObjectReference(pdfdoc.BasicFonts)})
        shared = self._number(self._resources, "Resources")
        self._page = (
            f"<< /Type /Page /Parent {self._number(self._doc.Pages)} "
            f"/MediaBox [0 0 {size[0]:.3f} {size[1]:.3f}] /Resources {shared}"
        )
        fonts.bind(self._doc)

    def _number(self, thing: Any, name: str | None = None) -> str:
        """Return an object's number as a reference."""
        reference = self._doc.Reference(thing, name)
        return f"{self._doc.idToObjectNumberAndVersion[reference.name][0]} 0 R"

    def image(self, name: str, reader: ImageReader) -> None:
        """Add an image under a name in a page's content, once however often it is drawn."""
        if name in self._images:
            return
        image = pdfdoc.PDFImageXObject(name, reader, mask="auto")
        mask = getattr(image, "_smask", None)
        if mask is not None:
            image.smask = self._doc.Reference(mask, f"{name}.mask")
            del image._smask
        self._images[name] = self._doc.Reference(image, name)

    def page(self, stream: bytes, label: str) -> None:
        """Add a page with this content, compressed."""
        self._doc.updateSignature(stream)
        head = f"<< /Filter /FlateDecode /Length {len(stream)} >>\nstream\n".encode("ascii")
        name = f"Content{len(self._labels)}"
        contents = self._number(Raw(b"".join((head, stream, b"\nendstream\n"))), name)
        self._doc.addPage(Raw(f"{self._page} /Contents {contents} >>\n".encode("ascii")))
        self._labels.append(label)

    def data(self, bookmarks: Sequence[Bookmark]) -> bytes:
        """Return the finished document."""
        canvas, about, catalog = self._canvas, self._about, self._doc.Catalog
        if self._images:
            self._resources["XObject"] = pdfdoc.PDFDictionary(self._images)
        canvas.setTitle(about.title)
        canvas.setSubject(about.subject)
        canvas.setAuthor("")
        canvas.setCreator("exporter")
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.setViewerPreference("Duplex", about.duplex)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        labels = "".join(f"{at} << /P {_string(label)} >>\n" for at, label in enumerate(self._labels))
        catalog.PageLabels = Raw(f"<< /Nums [{labels}] >>\n".encode("ascii"))
        if bookmarks:
            self._doc.Outlines = catalog.Outlines = _Outline(self._doc, bookmarks)
            canvas.showOutline()
        self._doc.delayedFonts.sort(key=lambda face: face.internal_name)
        stamp = self._doc._timeStamp
        stamp.t = float(about.modified)
        stamp.lt = time.gmtime(about.modified)
        stamp.YMDhms = tuple(stamp.lt)[:6]
        self._doc.format = partial(written, self._doc)
        return bytes(canvas.getpdfdata())


class _Outline(Raw):
    """The outline; it is one level deep, or two."""

    ready = 1

    def __init__(self, doc: Any, marks: Sequence[Bookmark]) -> None:
        items = [Raw(b"") for _ in marks]
        names = [doc.Reference(thing, f"Outline{at}").name for at, thing in enumerate((self, *items))]
        root, *refs = (f"{doc.idToObjectNumberAndVersion[name][0]} 0 R" for name in names)
        tops = [at for at, mark in enumerate(marks) if mark.level == 0]
        self._families(marks, items, refs, tops, root, doc)
        ends = f"/First {refs[tops[0]]} /Last {refs[tops[-1]]} /Count {len(tops)}"
        super().__init__(f"<< /Type /Outlines {ends} >>\n".encode("ascii"))

    def _families(
        self,
        marks: Sequence[Bookmark],
        items: Sequence[Raw],
        refs: Sequence[str],
        tops: Sequence[int],
        root: str,
        doc: Any,
    ) -> None:
        """Write every entry with its parent, its neighbours and its first and last child."""
        ends = [*tops[1:], len(marks)]
        for top, end in zip(tops, ends, strict=True):
            children = range(top + 1, end)
            for at in children:
                items[at].data = _entry(marks[at], refs, at, refs[top], children, "", doc)
            # a category is closed at first: its count is negative
            below = (
                f" /First {refs[top + 1]} /Last {refs[end - 1]} /Count -{len(children)}" if children else ""
            )
            items[top].data = _entry(marks[top], refs, top, root, tops, below, doc)

    def prepare(self, document: Any, canvas: Any) -> None:
        """Do nothing: the entries are written."""


def _entry(
    mark: Bookmark,
    refs: Sequence[str],
    at: int,
    parent: str,
    family: Sequence[int],
    below: str,
    doc: Any,
) -> bytes:
    place = bisect_left(family, at)
    before = f" /Prev {refs[family[place - 1]]}" if place else ""
    after = f" /Next {refs[family[place + 1]]}" if place + 1 < len(family) else ""
    page = doc.idToObjectNumberAndVersion[f"Page{mark.page + 1}"][0]
    return (
        f"<< /Title {_string(mark.title)} /Parent {parent}{before}{after}{below} "
        f"/Dest [{page} 0 R /XYZ {mark.left:.2f} {mark.top:.2f} 0] >>\n"
    ).encode("ascii")


def _string(text: str) -> str:
    """Return text as a PDF string: as it is if it is ASCII, else as UTF-16."""
    if text.isascii() and text.isprintable():
        return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"
