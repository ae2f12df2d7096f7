"""The document: pages, outline, labels and what a viewer is told, in bytes that never vary."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from exporter.exporters.pdf.fonts import Fonts, primary

COMPRESSION = 6


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
    """An entry of the outline: `page` counts from 0, `top` is in points from the page's bottom."""

    title: str
    page: int
    left: float
    top: float
    level: int


class Document:
    """A PDF being written; pages come in their order."""

    def __init__(self, size: tuple[float, float], about: About, fonts: Fonts) -> None:
        """Begin a document whose pages are of `size`, in points."""
        self._canvas = Canvas(
            BytesIO(),
            pagesize=size,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=primary()[0].fontName,
            lang=about.language or None,
        )
        self._doc: Any = self._canvas._doc
        self._size = size
        self._about = about
        self._labels: list[str] = []
        resources = pdfdoc.PDFResourceDictionary()
        resources.basicFonts()
        self._resources = self._doc.Reference(pdfdoc.PDFDictionary({"Font": resources.Font}), "Resources")
        fonts.bind(self._doc)

    def page(self, content: str, label: str) -> None:
        """Add a page with this content."""
        page = pdfdoc.PDFPage()
        page.pagewidth, page.pageheight = self._size
        stream = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")}),
            zlib.compress(content.encode("latin-1"), COMPRESSION),
        )
        page.Contents = stream
        page.Resources = self._resources
        self._doc.addPage(page)
        self._labels.append(label)

    def data(self, bookmarks: Iterable[Bookmark]) -> bytes:
        """Return the finished document."""
        canvas, about = self._canvas, self._about
        canvas.setTitle(about.title)
        canvas.setSubject(about.subject)
        canvas.setAuthor("")
        canvas.setCreator("exporter")
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.setViewerPreference("Duplex", about.duplex)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        _label(canvas, self._labels)
        _outline(canvas, list(bookmarks))
        stamp = self._doc._timeStamp
        stamp.t = float(about.modified)
        stamp.lt = time.gmtime(about.modified)
        stamp.YMDhms = tuple(stamp.lt)[:6]
        return bytes(canvas.getpdfdata())


def _label(canvas: Canvas, labels: Sequence[str]) -> None:
    for page, label in enumerate(labels):
        canvas.addPageLabel(page, prefix=label)


def _outline(canvas: Canvas, bookmarks: Sequence[Bookmark]) -> None:
    for at, mark in enumerate(bookmarks):
        destination = canvas._bookmarkReference(f"b{at}")
        destination.xyz(mark.left, mark.top, 0)
        destination.setPage(pdfdoc.PDFObjectReference(f"Page{mark.page + 1}"))
        canvas.addOutlineEntry(mark.title, f"b{at}", level=mark.level, closed=mark.level == 0)
    if bookmarks:
        canvas.showOutline()
