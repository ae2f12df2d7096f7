"""Bytes to lines: detect the encoding, decode, split at line breaks and clean up."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from exporter.config.encodings import display_encoding, find_encoding
from exporter.config.settings import Settings
from exporter.model.diagnostics import Diagnostic, error, info, pluralize, warning
from exporter.model.questions import SourceSpan
from exporter.readers import SourceText
from exporter.readers.decoding.file_kinds import FileKind, find_kind
from exporter.readers.decoding.text_cleanup import clean_lines
from exporter.readers.decoding.word_documents import is_word_document, read_word_document

BYTE_ORDER_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

MAX_SAMPLE_BYTES = 65536  # bound: time
"""Number of bytes from the start of a file that decide whether it is text."""

MAX_LANGUAGE_SEARCH_BYTES = 2000
"""Number of bytes at the start of a file in which `language:` is searched."""

MAX_LETTER_ZEROS = 0.1
"""Largest share of zeros at the offset of a character's low byte; only letters such as Ā have one."""

MIN_PADDING_ZEROS = 0.1
"""Share of zeros at each other offset that indicates UTF-16 or UTF-32.

Blanks, punctuation and digits are 0.25 of a Russian text of questions, and 0.22 of a Japanese one.
"""

MAX_CONTROLS_IN_TEXT = 0.3
"""UTF-8 with a larger share of control characters is binary data."""

MAX_CONTROLS_IN_LEGACY = 0.03
"""The same for other encodings, in which any bytes decode."""

_LANGUAGE = re.compile(rb"(?im)^[ \t]*lang(?:uage)?[ \t]*[:=][ \t]*[\"']?([a-z]{2,3}(?:[-_][a-z]+)*)\b")
_CHARSET = re.compile(rb"""(?i)<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""")
_ASCII = bytes(range(0x80))
_CONTROL_BYTES = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b"))


@dataclass(frozen=True, slots=True)
class _Decoded:
    """A decoded text; if its encoding is uncertain, also the problem.

    `before` is the text before the first doubtful byte.
    """

    text: str
    problem: str = ""
    before: str = ""
    code: str = "encoding-guessed"
    hint: str = "Check that this line is correct, and save the file as UTF-8."


def decode(
    path: str, data: bytes, settings: Settings | None = None
) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    """Return the lines of a file, cleaned up and in NFC, and diagnostics; no lines if it is not text.

    Reports `binary-file`, `encoding-guessed`, `encoding-wrong`, `encoding-repaired` and `control-characters`,
    and what `read_word_document` does.
    """
    settings = settings or Settings()
    wanted = find_encoding(settings.source.encoding)
    if data.startswith(b"PK") and is_word_document(data):
        return read_word_document(path, data)
    if kind := find_kind(data) or (FileKind("binary data") if _is_binary(data, wanted) else None):
        message = f"The file is {kind.name}, not text."
        return None, (error("binary-file", message, SourceSpan(path, 1), kind.hint),)
    decoded = _decode_bytes(data, wanted, settings.language)
    lines = _split_lines(decoded.text)
    cleaned = clean_lines(lines, settings.source.repair)
    source = SourceText(path, tuple(cleaned.lines))
    diagnostics: list[Diagnostic] = []
    if decoded.problem:
        lines_before = _split_lines(decoded.before + "x")
        line = max(1, min(len(lines_before), len(lines)))
        report = error if decoded.code == "encoding-wrong" else warning
        column = len(lines_before[-1]) if decoded.code == "encoding-wrong" else 1
        diagnostics.append(report(decoded.code, decoded.problem, source.span(line, column), decoded.hint))
    for line, repair in cleaned.repairs.items():
        message = (
            f"Text that was encoded twice has been repaired: “{repair.before}” is read as “{repair.after}”."
        )
        hint = "Nothing needs to be done; if the line is intended, set `source.repair` to false."
        diagnostics.append(info("encoding-repaired", message, source.span(line, repair.column), hint))
    if cleaned.invisible:
        count = pluralize(len(cleaned.invisible), "line")
        message = f"Invisible characters were removed from {count}."
        hint = "Nothing needs to be done; to avoid this note, delete them from the file."
        diagnostics.append(info("control-characters", message, source.span(cleaned.invisible[0]), hint))
    return source, tuple(diagnostics)


def _split_lines(text: str) -> list[str]:
    """Return the lines of a text; CR-CR-LF, the result of a doubled conversion, is one line break."""
    lines = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _decode_bytes(data: bytes, wanted: str, language: str) -> _Decoded:
    """Decode a file by its byte order mark, else as `wanted`, else as UTF-8, else by a guess."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    if wanted:
        return _decode_as_wanted(data, wanted)
    utf_encoding = detect_utf_16_or_32(data)
    if utf_encoding:
        return _decode_as(data, utf_encoding)
    try:
        return _Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as exc:
        if charset := _find_charset(data):
            return _Decoded(data.decode(charset, "replace"))
        # imported here: its tables of letters are not needed for UTF-8
        from exporter.readers.decoding.legacy_encodings import decode_legacy

        text, name = decode_legacy(data, _find_language(data) or language)
        before = data[: exc.start].decode("utf-8")
        hint = (
            "Check that this line is correct, and save the file as UTF-8, "
            "or name its encoding with `source.encoding`."
        )
        return _Decoded(text, f"The file is not UTF-8; it was read as {name}.", before, hint=hint)


def _decode_as(data: bytes, encoding: str) -> _Decoded:
    """Decode bytes in the encoding that the file itself declares; bytes that do not fit become �."""
    try:
        return _Decoded(data.decode(encoding))
    except UnicodeDecodeError as exc:
        if encoding == "utf-8":
            from exporter.readers.decoding.legacy_encodings import decode_legacy

            text, name = decode_legacy(data)
            message = f"The file is not UTF-8, although it begins as such; it was read as {name}."
            return _Decoded(text, message, data[: exc.start].decode("utf-8"))
        name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
        before = data[: exc.start].decode(encoding)
        return _Decoded(
            data.decode(encoding, "replace"), f"Some bytes are not {name}; they show as �.", before
        )


def _decode_as_wanted(data: bytes, encoding: str) -> _Decoded:
    """Decode bytes in the encoding of the setting; it is an error if they do not fit."""
    name = display_encoding(encoding)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as exc:
        before = data[: exc.start].decode(encoding, "ignore")
        byte = f"0x{data[exc.start]:02X}"
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


def _find_charset(data: bytes) -> str:
    """Return the encoding that an HTML page declares, unless it is UTF-8, which it is not; else nothing.

    Browsers read Latin-1 and ASCII as Windows-1252 (WHATWG Encoding Standard).
    """
    match = _CHARSET.search(data[:MAX_LANGUAGE_SEARCH_BYTES])
    encoding = find_encoding(match[1].decode("ascii")) if match else ""
    return "" if encoding == "utf-8" else {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(encoding, encoding)


def _find_language(data: bytes) -> str:
    """Return the language that the file declares at its start, or an empty string."""
    match = _LANGUAGE.search(data[:MAX_LANGUAGE_SEARCH_BYTES])
    return match[1].decode("ascii") if match else ""


def detect_utf_16_or_32(data: bytes) -> str:
    """Return UTF-16 or UTF-32 with its byte order if the positions of zero bytes show it, else "".

    The shares of zero bytes are compared for each offset modulo 4.
    """
    sample = data[: min(len(data), MAX_SAMPLE_BYTES) // 4 * 4] or data[: len(data) // 2 * 2]
    if 0 not in sample:
        return ""
    # bound: the bytes of a character in UTF-32
    zeros = [sample[offset::4].count(0) / max(1, len(sample[offset::4])) for offset in range(4)]
    if zeros[0] < MAX_LETTER_ZEROS and min(zeros[1:]) > MIN_PADDING_ZEROS:
        return "utf-32-le"
    if zeros[3] < MAX_LETTER_ZEROS and min(zeros[:3]) > MIN_PADDING_ZEROS:
        return "utf-32-be"
    if max(zeros[0::2]) < MAX_LETTER_ZEROS and min(zeros[1::2]) > MIN_PADDING_ZEROS:
        return "utf-16-le"
    if max(zeros[1::2]) < MAX_LETTER_ZEROS and min(zeros[0::2]) > MIN_PADDING_ZEROS:
        return "utf-16-be"
    return ""


def _is_binary(data: bytes, wanted: str) -> bool:
    """Return whether a file is not text; one is, if an encoding is `wanted`."""
    if wanted or any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS[1:]) or detect_utf_16_or_32(data):
        return False
    sample = data[:MAX_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    try:
        sample.decode("utf-8")
        max_share = MAX_CONTROLS_IN_TEXT
    except UnicodeDecodeError as exc:
        is_cut_short = exc.start > len(sample) - 4  # bound: the bytes of a character in UTF-8
        max_share = MAX_CONTROLS_IN_TEXT if is_cut_short else MAX_CONTROLS_IN_LEGACY
    return controls > max_share * len(sample)
