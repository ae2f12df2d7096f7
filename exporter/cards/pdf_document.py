"""A PDF document: pages, outline, page labels and metadata, as reproducible bytes.

Pages and bookmarks are written as raw objects: with reportlab's own objects they would take longer
than all type setting.
"""

from __future__ import annotations

import hashlib
import time
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from exporter.cards.font_loading import primary_faces
from exporter.cards.font_set import Fonts
from exporter.cards.pdf_metadata import CREATOR, DocumentInfo, printable_text, xmp_packet
from exporter.cards.pdf_outline import Bookmark, Outline, text_string
from exporter.cards.pdf_serializer import RawObject, serialize
from exporter.cards.pdf_structure import StructureTree

COMPRESSION_LEVEL = 4
"""Level of zlib for pages; the highest takes twice the time and saves a twentieth of the size."""


def _page_boxes(size: tuple[float, float], bleed: float | None) -> str:
    """Return the entries of the boxes of pages of `size` points (ISO 32000-1, 14.11.2).

    Each page has a trim box, as PDF/X asks for: the format after cutting. A bleed box is only written
    for a document with a `bleed`; without it, it is the media box.
    """
    width, height = size
    inset = bleed or 0.0
    media = f"[0 0 {width:.3f} {height:.3f}]"
    trim = f"[{inset:.3f} {inset:.3f} {width - inset:.3f} {height - inset:.3f}]" if inset else media
    boxes = f"/MediaBox {media} /TrimBox {trim}"
    return boxes if bleed is None else f"{boxes} /BleedBox {media}"


def compress(content: str) -> bytes:
    """Return the operators of a page, compressed."""
    return zlib.compress(content.encode("latin-1"), COMPRESSION_LEVEL)


class PdfDocument:
    """A PDF document that is being written; pages are added in their order."""

    def __init__(
        self, size: tuple[float, float], info: DocumentInfo, fonts: Fonts, *, bleed: float | None = None
    ) -> None:
        """Begin a document with pages of `size` points, and bind the fonts to it.

        `bleed` is what is cut off on each side, in points; pages that are not cut to a format have none.
        """
        self._canvas = Canvas(
            BytesIO(),
            pagesize=size,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=primary_faces()[0].fontName,
            lang=info.language or None,
        )
        self._doc: Any = self._canvas._doc
        # reportlab derives the file identifier from the clock as well; here it depends on the content only
        self._doc.signature = hashlib.md5(usedforsecurity=False)
        self._info = info
        self._labels: list[str] = []
        self.structure = StructureTree()
        self._images: dict[str, Any] = {}
        self._resources = pdfdoc.PDFDictionary({"Font": pdfdoc.PDFObjectReference(pdfdoc.BasicFonts)})
        resources = self._refer(self._resources, "Resources")
        self._page_head = (
            f"<< /Type /Page /Parent {self._refer(self._doc.Pages)} "
            f"{_page_boxes(size, bleed)} /Resources {resources}"
        )
        self._fonts = fonts
        fonts.bind(self._doc)

    def _refer(self, pdf_object: Any, name: str | None = None) -> str:
        """Return a reference to an object, which is added if it is new."""
        reference = self._doc.Reference(pdf_object, name)
        return f"{self._doc.idToObjectNumberAndVersion[reference.name][0]} 0 R"

    def add_image(self, name: str, reader: ImageReader) -> None:
        """Add an image under the name that operators use; further calls have no effect."""
        if name in self._images:
            return
        image = pdfdoc.PDFImageXObject(name, reader, mask="auto")
        mask = getattr(image, "_smask", None)
        if mask is not None:
            image.smask = self._doc.Reference(mask, f"{name}.mask")
            del image._smask
        self._images[name] = self._doc.Reference(image, name)

    def add_page(self, stream: bytes, label: str) -> None:
        """Add a page with compressed operators; viewers show `label` as its number."""
        self._doc.updateSignature(stream)
        head = f"<< /Filter /FlateDecode /Length {len(stream)} >>\nstream\n".encode("ascii")
        name = f"Content{len(self._labels)}"
        contents = self._refer(RawObject(b"".join((head, stream, b"\nendstream\n"))), name)
        page = f"{self._page_head} /Contents {contents} /StructParents {len(self._labels)} >>\n"
        self._doc.addPage(RawObject(page.encode("ascii")))
        self._labels.append(label)

    def to_bytes(self, bookmarks: Sequence[Bookmark], *, is_accessible: bool = False) -> bytes:
        """Return the finished file; `is_accessible` claims that it conforms to PDF/UA-1."""
        canvas, info, catalog = self._canvas, self._info, self._doc.Catalog
        forms = {
            name: self._doc.Reference(RawObject(form), name)
            for name, form in sorted(self._fonts.forms.items())
        }
        if self._images or forms:
            self._resources["XObject"] = pdfdoc.PDFDictionary(self._images | forms)
        canvas.setTitle(printable_text(info.title))
        canvas.setSubject(info.subject)
        canvas.setAuthor("")
        canvas.setCreator(CREATOR)
        canvas.setViewerPreference("PrintScaling", "None")
        canvas.setViewerPreference("Duplex", info.duplex)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        labels = "".join(
            f"{index} << /P {text_string(label)} >>\n" for index, label in enumerate(self._labels)
        )
        catalog.PageLabels = RawObject(f"<< /Nums [{labels}] >>\n".encode("ascii"))
        packet = xmp_packet(info, self._doc.info.producer, is_accessible=is_accessible)
        head = f"<< /Type /Metadata /Subtype /XML /Length {len(packet)} >>\nstream\n".encode("ascii")
        catalog.Metadata = RawObject(b"".join((head, packet, b"\nendstream\n")))
        if bookmarks:
            self._doc.Outlines = catalog.Outlines = Outline(self._doc, bookmarks)
            canvas.showOutline()
        self._doc.delayedFonts.sort(key=lambda face: face.internal_name)
        stamp = self._doc._timeStamp
        stamp.t = float(info.modified)
        stamp.lt = time.gmtime(info.modified)
        stamp.YMDhms = tuple(stamp.lt)[:6]
        self._doc.format = partial(serialize, self._doc, self._reserve_structure())
        return bytes(canvas.getpdfdata())

    def _reserve_structure(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Return the objects of the structure tree as `serialize` takes them, and reserve their numbers."""
        doc, pages = self._doc, len(self._labels)
        first = doc.objectcounter + 1
        doc.objectcounter += self.structure.count_objects(pages)
        catalog = doc.Catalog
        catalog.StructTreeRoot = f"{first} 0 R"
        catalog.MarkInfo = "<< /Marked true >>"
        numbers = [doc.idToObjectNumberAndVersion[f"Page{page}"][0] for page in range(1, pages + 1)]
        return self._iter_structure(first, numbers)

    def _iter_structure(self, first: int, pages: Sequence[int]) -> Iterator[tuple[int, Sequence[str]]]:
        for group in self.structure.iter_objects(first, pages):
            yield first, group
            first += len(group)
