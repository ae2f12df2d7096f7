"""The metadata of a PDF document as XMP (ISO 16684-1), with the same values as its information dictionary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

CREATOR = "exporter"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in a document: control characters and lone surrogates."""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The metadata of a document; `modified` is in seconds since 1970.

    `duplex` is the PDF name that tells viewers how to print it: `Simplex`, `DuplexFlipLongEdge` or
    `DuplexFlipShortEdge`.
    """

    title: str
    subject: str
    language: str
    modified: int
    duplex: str


def printable_text(text: str) -> str:
    """Return a text without what XML does not allow, which is replaced."""
    return _NOT_XML.sub("\ufffd", text)


def xmp_packet(info: DocumentInfo, producer: str, *, is_accessible: bool) -> bytes:
    """Return the XMP packet of a document.

    `is_accessible` adds the identifier of PDF/UA-1 (ISO 14289-1, 5), the claim that all of it is true.
    """
    date = datetime.fromtimestamp(info.modified, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    properties = [
        "<dc:format>application/pdf</dc:format>",
        f"<dc:title>{_alternatives(info.title)}</dc:title>",
        f"<dc:description>{_alternatives(info.subject)}</dc:description>",
        f"<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>",
        *(f"<xmp:{name}>{date}</xmp:{name}>" for name in ("CreateDate", "ModifyDate", "MetadataDate")),
        f"<pdf:Producer>{_escape(producer)}</pdf:Producer>",
    ]
    if info.language:
        properties.append(
            f"<dc:language><rdf:Bag><rdf:li>{_escape(info.language)}</rdf:li></rdf:Bag></dc:language>"
        )
    if is_accessible:
        properties.append("<pdfuaid:part>1</pdfuaid:part>")
    lines = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">',
        *properties,
        "</rdf:Description>",
        "</rdf:RDF>",
        "</x:xmpmeta>",
        '<?xpacket end="r"?>',
    )
    return "\n".join(lines).encode("utf-8")


def _alternatives(text: str) -> str:
    """Return a text as a language alternative with a default only."""
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_escape(text)}</rdf:li></rdf:Alt>'


def _escape(text: str) -> str:
    return escape(printable_text(text), quote=False)
