"""Bytes to text: whatever the encoding and the line breaks, the lines as they are on disk."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from exporter.config.encodings import display_encoding, find_encoding
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error, info, pluralize, warning
from exporter.readers import SourceText
from exporter.readers.decoding.legacy_encodings import decode_legacy
from exporter.readers.decoding.text_cleanup import clean_lines

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, as .docx, .xlsx, .odt and .apkg files are"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document, as .doc and .xls files are"),
    (b"SQLite format 3\x00", "a database, as Anki's collections are"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
)

SAMPLE = 65536
"""How many bytes are looked at to tell text from anything else."""

HEAD = 2000
"""How many bytes at the top of a file may name its language."""

_LANGUAGE = re.compile(rb"(?im)^[ \t]*lang(?:uage)?[ \t]*[:=][ \t]*[\"']?([a-z]{2,3}(?:[-_][a-z]+)*)\b")
_ASCII = bytes(range(128))
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A text, and where its encoding is in doubt, what is wrong and the text before the first such byte."""

    text: str
    problem: str = ""
    before: str = ""
    code: str = "encoding-guessed"
    hint: str = "Check that this line is correct, and save the file as UTF-8."


def decode(
    path: str, data: bytes, settings: Settings | None = None
) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Return the lines of a file, cleaned and NFC, or nothing where it is not text.

    Reports `binary-file`, `encoding-guessed`, `encoding-wrong`, `encoding-repaired` and `control-characters`.
    """
    settings = settings or Settings()
    wanted = find_encoding(settings.source.encoding)
    kind = _binary_kind(data, wanted)
    if kind:
        message = f"The file is {kind}, not text."
        hint = "Save it as plain text, Markdown or CSV, and build from that file."
        return None, (error("binary-file", message, hint=hint),)
    decoded = _decode_bytes(data, wanted, settings.language)
    lines = _split_lines(decoded.text)
    cleaned = clean_lines(lines, settings.source.repair)
    source = SourceText(path, tuple(cleaned.lines))
    diagnostics: list[Diagnostic] = []
    if decoded.problem:
        above = _split_lines(decoded.before + "x")
        line = max(1, min(len(above), len(lines)))
        report = error if decoded.code == "encoding-wrong" else warning
        column = len(above[-1]) if decoded.code == "encoding-wrong" else 1
        diagnostics.append(report(decoded.code, decoded.problem, source.span(line, column), decoded.hint))
    for line, repair in cleaned.repairs.items():
        message = (
            f"Text that was encoded twice has been repaired: “{repair.before}” is read as “{repair.after}”."
        )
        hint = "Nothing needs to be done; if the line is intended, set `source.repair` to false."
        diagnostics.append(info("encoding-repaired", message, source.span(line, repair.column), hint))
    if cleaned.unseen:
        count = pluralize(len(cleaned.unseen), "line")
        message = f"Invisible characters were removed from {count}."
        hint = "Nothing needs to be done; to avoid this note, delete them from the file."
        diagnostics.append(info("control-characters", message, source.span(cleaned.unseen[0]), hint))
    return source, tuple(diagnostics)


def _split_lines(text: str) -> list[str]:
    """Return the lines; CR-CR-LF, which a doubled conversion leaves behind, is one line break."""
    lines = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _decode_bytes(data: bytes, wanted: str, language: str) -> _Decoded:
    """Return the text of a file: by its byte order mark, else as `wanted`, else as UTF-8, else by a guess."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    if wanted:
        return _decode_as_wanted(data, wanted)
    wide = _wide_encoding(data)
    if wide:
        return _decode_as(data, wide)
    try:
        return _Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as problem:
        text, name = decode_legacy(data, _language_of(data) or language)
        before = data[: problem.start].decode("utf-8")
        hint = (
            "Check that this line is correct, and save the file as UTF-8, "
            "or name its encoding with `source.encoding`."
        )
        return _Decoded(text, f"The file is not UTF-8; it was read as {name}.", before, hint=hint)


def _decode_as(data: bytes, encoding: str) -> _Decoded:
    """Return the text in an encoding that the file itself shows; bytes that do not fit show as �."""
    try:
        return _Decoded(data.decode(encoding))
    except UnicodeDecodeError as problem:
        if encoding == "utf-8":
            text, name = decode_legacy(data)
            message = f"The file is not UTF-8, although it begins as such; it was read as {name}."
            return _Decoded(text, message, data[: problem.start].decode("utf-8"))
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        before = data[: problem.start].decode(encoding)
        return _Decoded(
            data.decode(encoding, "replace"), f"Some bytes are not {name}; they show as �.", before
        )


def _decode_as_wanted(data: bytes, encoding: str) -> _Decoded:
    """Return the text in the encoding of the setting, which is an error where the bytes do not fit."""
    name = display_encoding(encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as problem:
        before = data[: problem.start].decode(encoding, "ignore")
        byte = f"0x{data[problem.start]:02X}"
        message = f"The byte {byte} is not {name}, which `source.encoding` names."
        hint = "Name the encoding that the file has, or remove the setting to have it guessed."
        return _Decoded(data.decode(encoding, "replace"), message, before, "encoding-wrong", hint)
    if encoding != "utf-8" and not data.isascii() and _is_utf8(data):
        message = f"The file is read as {name}, which `source.encoding` names, but its bytes are UTF-8."
        before = data[: len(data) - len(data.lstrip(_ASCII))].decode("ascii")
        hint = "Check that this line is correct; otherwise remove the setting."
        return _Decoded(text, message, before, "encoding-guessed", hint)
    return _Decoded(text)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _language_of(data: bytes) -> str:
    """Return the language that the file names at its top, or an empty string."""
    found = _LANGUAGE.search(data[:HEAD])
    return found[1].decode("ascii") if found else ""


def _wide_encoding(data: bytes) -> str:
    """Return UTF-16 or UTF-32 where the places of the zero bytes betray it."""
    sample = data[: min(len(data), SAMPLE) // 4 * 4] or data[: len(data) // 2 * 2]
    if not sample or sample.count(0) * 5 < len(sample):
        return ""
    zeros = [sample[offset::4].count(0) / max(1, len(sample[offset::4])) for offset in range(4)]
    high, low = 0.6, 0.1
    if zeros[0] < low and min(zeros[1:]) > high:
        return "utf-32-le"
    if zeros[3] < low and min(zeros[:3]) > high:
        return "utf-32-be"
    if max(zeros[0::2]) < low and min(zeros[1::2]) > 0.3:
        return "utf-16-le"
    if max(zeros[1::2]) < low and min(zeros[0::2]) > 0.3:
        return "utf-16-be"
    return ""


def _binary_kind(data: bytes, wanted: str) -> str:
    """Say in words what a file is that is not text; empty for text, and where an encoding is `wanted`."""
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return kind
    if wanted or any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS[1:]) or _wide_encoding(data):
        return ""
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    try:
        sample.decode("utf-8")
        allowed = 0.3
    except UnicodeDecodeError as problem:
        cut_short = problem.start > len(sample) - 4
        allowed = 0.3 if cut_short else 0.03
    return "binary data" if controls > allowed * len(sample) else ""
