"""Word documents (`.docx`) as the lines of a web page, one line for each paragraph."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

from exporter.model.diagnostics import Diagnostic, error, info, warning
from exporter.model.questions import SourceSpan
from exporter.readers import SourceText
from exporter.readers.decoding.word_numbering import number_paragraphs

MAX_UNPACKED_BYTES = 256 << 20
"""Maximum size of all parts of a document, unpacked; unmeasured: room for hundreds of photographs."""

MAX_TEXT_BYTES = 32 << 20
"""Maximum size of the text of a document as XML, unpacked.

A page of text takes about 10 KB of XML, and XML takes 20 to 30 times its size in memory (measured with
`xml.dom.minidom`).
"""

MAX_PARTS = 10_000  # unmeasured
"""Maximum number of parts of a document."""

_TEXT_PART = "word/document.xml"
_INSTALL = "Install it with `pip install 'exporter[docx]'`, or save the document as a web page (.html)."
_SAVE_AGAIN = "Open it in Word or LibreOffice and save it again as .docx, without a password."
_BLOCK = re.compile(r"<(?:p|h[1-6]|li|pre)(?=[ >])")
_MONOSPACED = re.compile(r"mono|courier|consolas|menlo|monaco|source code|inconsolata", re.IGNORECASE)
_CODE = "exporter code"
_STYLES = f"""
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='{_CODE}'] => pre:fresh
p[style-name^='Code'] => pre:fresh
p[style-name^='Source Code'] => pre:fresh
p[style-name='HTML Preformatted'] => pre:fresh
p[style-name='Preformatted Text'] => pre:fresh
p[style-name='Plain Text'] => p:fresh
r[style-name='{_CODE}'] => code
r[style-name^='Code'] => code
r[style-name='HTML Code'] => code
r[style-name='Verbatim Char'] => code
r[style-name='Source Text'] => code
strike => s
"""
"""How styles of Word, LibreOffice and Pandoc become elements, besides those that mammoth knows."""


def is_word_document(data: bytes) -> bool:
    """Return whether a file is a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _TEXT_PART in package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def read_word_document(path: str, data: bytes) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Return a document as the lines of a web page: line N is paragraph N, blank ones counted.

    Reports `document-part-skipped`, `missing-package` and `unreadable-document`.
    """
    span = SourceSpan(path, 1)
    if problem := _check_size(data):
        return None, (error("unreadable-document", problem, span, _SAVE_AGAIN),)
    try:
        import mammoth
    except ImportError:
        message = "Word documents are read with the package `mammoth`, which is not installed."
        return None, (error("missing-package", message, span, _INSTALL),)
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            include_embedded_style_map=False,
            ignore_empty_paragraphs=False,
            transform_document=_name_code,
            convert_image=mammoth.images.img_element(_read_picture),
        ).value
    except Exception as exc:  # mammoth raises whatever its parts do, on a file that anybody may have made
        reason = " ".join(str(exc).split())[:200].rstrip(".") or type(exc).__name__
        message = f"The Word document cannot be read ({reason})."
        return None, (error("unreadable-document", message, span, _SAVE_AGAIN),)
    first, *others = _BLOCK.sub(lambda block: f"\n{block[0]}", html.replace("\n", " ")).split("\n")
    # a list or table around the first paragraph begins before it
    lines = _join_code(_add_numbers([first + "".join(others[:1]), *others[1:]], data))
    source = SourceText(path, (f"<!DOCTYPE html><body>{lines[0]}", *lines[1:]))
    return source, _report_parts(source, data)


def _add_numbers(lines: list[str], data: bytes) -> list[str]:
    """Return the lines with the numbers of list items, if each line is a paragraph of the document."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        try:
            numbers = number_paragraphs(package)
        except (ElementTree.ParseError, KeyError):
            return lines
    if len(numbers) != len(lines):
        return lines
    return [
        line.replace("<li>", f'<li value="{number}">', 1) if number else line
        for line, number in zip(lines, numbers, strict=True)
    ]


def _join_code(lines: list[str]) -> list[str]:
    """Return the lines with code in paragraphs one below the other as one block."""
    for index in range(1, len(lines)):
        if lines[index].startswith("<pre>") and lines[index - 1].endswith("</pre>"):
            lines[index - 1] = lines[index - 1].removesuffix("</pre>")
            lines[index] = lines[index].removeprefix("<pre>")
    return lines


def _check_size(data: bytes) -> str:
    """Return a sentence if a document is too large or is not a document's archive, else nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS:
                return f"The Word document has more than {MAX_PARTS:,} parts."
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
                return f"The Word document is larger than {MAX_UNPACKED_BYTES >> 20} MiB, unpacked."
            for part in parts:
                if part.flag_bits & 1:
                    return "The Word document is encrypted."
                if part.filename.endswith((".xml", ".rels")):
                    if part.file_size > MAX_TEXT_BYTES:
                        return f"The text of the Word document is larger than {MAX_TEXT_BYTES >> 20} MiB."
                    if b"<!DOCTYPE" in package.read(part)[:4096]:
                        return "The Word document defines XML entities, as no word processor does."
    except Exception as exc:  # zipfile raises many kinds on an archive that anybody may have made
        return f"The Word document is damaged ({' '.join(str(exc).split())[:200].rstrip('.')})."
    return ""


def _name_code(document: Any) -> Any:
    """Return a document in which text in a monospaced font has the style of code."""
    import mammoth

    def name_run(run: Any) -> Any:
        is_code = run.font and _MONOSPACED.search(run.font) and not run.style_name
        return run.copy(style_name=_CODE) if is_code else run

    def name_paragraph(paragraph: Any) -> Any:
        runs = [child for child in paragraph.children if hasattr(child, "font")]
        is_code = runs and len(runs) == len(paragraph.children) and paragraph.numbering is None
        if is_code and all(run.style_name == _CODE for run in runs):
            plain = [run.copy(style_name=None) for run in runs]
            return paragraph.copy(style_name=_CODE, style_id=None, children=plain)
        return paragraph

    runs_named = mammoth.transforms.run(name_run)(document)
    return mammoth.transforms.paragraph(name_paragraph)(runs_named)


def _read_picture(image: Any) -> dict[str, str]:
    """Return the source of a picture as an address that holds it, without one if it cannot be read."""
    import base64

    try:
        with image.open() as file:
            content = base64.b64encode(file.read()).decode("ascii")
    except Exception:  # it may be linked to a place elsewhere, from which nothing is read
        return {"src": "data:"}
    return {"src": f"data:{image.content_type};base64,{content}"}


def _report_parts(source: SourceText, data: bytes) -> tuple[Diagnostic, ...]:
    """Return what is said of the parts of a document that are not read."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        text = package.read(_TEXT_PART)
        parts = {
            "headers and footers": any(
                b"<w:t" in package.read(name)
                for name in names
                if re.match(r"word/(?:header|footer)\d*\.xml", name)
            ),
            "comments": "word/comments.xml" in names,
            "deleted text": b"<w:delText" in text,
        }
    diagnostics: list[Diagnostic] = []
    if count := len(re.findall(rb"<m:oMath[ >]", text)):
        message = f"Formulas of Word’s editor cannot be read, and are left out ({count})."
        hint = "Write them as LaTeX: \\(x^2\\)."
        diagnostics.append(warning("document-part-skipped", message, source.span(1), hint))
    if left_out := [name for name, is_there in parts.items() if is_there]:
        message = f"Left out of the Word document: {', '.join(left_out)}."
        hint = "Nothing needs to be done, unless it should be read: then move it into the text."
        diagnostics.append(info("document-part-skipped", message, source.span(1), hint))
    return tuple(diagnostics)
