"""Files that are not text: what they are, by their first bytes, and how to make a source of them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

_TEXT = "Save it as plain text, Markdown or CSV, and build from that file."
_WORD = "Save it as a Word document (.docx) or as plain text, and build from that file."
_CSV = "Save the sheet as CSV (UTF-8), and build from that file."


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file is, in words that go on after “The file is …”, and what to do with it."""

    name: str
    hint: str = _TEXT


_SIGNATURES: tuple[tuple[bytes, FileKind], ...] = (
    (
        b"%PDF-",
        FileKind(
            "a PDF document",
            "Build from the document that it was made of, or make text of it with `pdftotext -layout`"
            " (look over the line breaks).",
        ),
    ),
    (b"{\\rtf", FileKind("a Rich Text document", _WORD)),
    (
        b"\xd0\xcf\x11\xe0",
        FileKind(
            "an old or encrypted Office document (.doc, .xls)",
            "Save it without a password as .docx, or a sheet as CSV (UTF-8), and build from that file.",
        ),
    ),
    (
        b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d",
        FileKind(
            "a OneNote section", "Export the page as a Word document (.docx), and build from that file."
        ),
    ),
    (
        b"SQLite format 3\x00",
        FileKind("a database, as Anki’s collections are", "Export the notes as plain text."),
    ),
    (b"\x89PNG", FileKind("a picture")),
    (b"\xff\xd8\xff", FileKind("a picture")),
    (b"GIF8", FileKind("a picture")),
    (b"\x1f\x8b", FileKind("a compressed file", "Unpack it, and build from the file in it.")),
    (b"\x28\xb5\x2f\xfd", FileKind("a compressed file", "Unpack it, and build from the file in it.")),
    (b"7z\xbc\xaf", FileKind("a compressed file", "Unpack it, and build from the file in it.")),
)

_ARCHIVE = b"PK\x03\x04"
_DIGITAL_BOOK = FileKind("a digital book (.epub)", "Make Markdown of it with `pandoc BOOK.epub -o book.md`.")
_PACKAGE = FileKind(
    "an Anki package",
    "In Anki, export the notes as “Notes in Plain Text (.txt)”, and build from that file.",
)
_PARTS: tuple[tuple[str, FileKind], ...] = (
    ("xl/workbook", FileKind("an Excel workbook (.xlsx)", _CSV)),
    (
        "ppt/presentation",
        FileKind("a presentation (.pptx)", "Save its outline as text, and build from that file."),
    ),
    ("collection.anki", _PACKAGE),
    ("Index/", FileKind("a document of Pages, Numbers or Keynote", "Export it to Word (.docx) or CSV.")),
    ("META-INF/container.xml", _DIGITAL_BOOK),
)
"""What an archive is by the name of one of its parts."""

_MIME_TYPES: tuple[tuple[bytes, FileKind], ...] = (
    (b"application/vnd.oasis.opendocument.text", FileKind("an OpenDocument text (.odt)", _WORD)),
    (b"application/vnd.oasis.opendocument.spreadsheet", FileKind("an OpenDocument sheet (.ods)", _CSV)),
    (b"application/epub", _DIGITAL_BOOK),
)
"""What an archive is by its part `mimetype`."""

_OTHER_ARCHIVE = FileKind("a ZIP archive", "Unpack it, and build from the files in it.")


UNREAD_SUFFIXES: dict[str, FileKind] = {
    ".rst": FileKind("reStructuredText", "Make Markdown of it with `pandoc FILE.rst -o FILE.md`."),
    ".adoc": FileKind("AsciiDoc", "Make HTML of it with `asciidoctor FILE.adoc`, and build from that."),
    ".asciidoc": FileKind(
        "AsciiDoc", "Make HTML of it with `asciidoctor FILE.asciidoc`, and build from that."
    ),
    ".tex": FileKind("LaTeX", "Make Markdown of it with `pandoc FILE.tex -o FILE.md`."),
    ".mht": FileKind("a web archive", "Save the page as HTML, and build from that file."),
    ".mhtml": FileKind("a web archive", "Save the page as HTML, and build from that file."),
    ".ipynb": FileKind(
        "a notebook", "Make Markdown of it with `jupyter nbconvert --to markdown FILE.ipynb`."
    ),
    ".opml": FileKind("an outline", "Export it as Markdown or plain text, and build from that file."),
    ".url": FileKind("a shortcut to a web page", "Save the page as HTML, and build from that file."),
    ".webloc": FileKind("a shortcut to a web page", "Save the page as HTML, and build from that file."),
    ".gdoc": FileKind(
        "a shortcut to Google Docs", "Download the document as .docx, and build from that file."
    ),
    ".gsheet": FileKind(
        "a shortcut to Google Sheets", "Download the sheet as CSV, and build from that file."
    ),
}
"""Text files that no reader reads, by their suffixes."""


def find_kind(data: bytes) -> FileKind | None:
    """Return what a file is that is not text, or nothing if its first bytes do not show it."""
    if data.startswith(_ARCHIVE):
        return _find_archive_kind(data)
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def _find_archive_kind(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            mime_type = b""
            if "mimetype" in names:
                with package.open("mimetype") as file:
                    mime_type = file.read(100)
    except Exception:  # zipfile raises many kinds on an archive that anybody may have made
        return _OTHER_ARCHIVE
    for beginning, kind in _MIME_TYPES:
        if mime_type.startswith(beginning):
            return kind
    for part, kind in _PARTS:
        if any(name.startswith(part) for name in names):
            return kind
    return _OTHER_ARCHIVE
