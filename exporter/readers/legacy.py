"""Encodings from before UTF-8, and files that mix them with it."""

from __future__ import annotations

import re
import unicodedata

SAMPLE = 20000
"""How many bytes of the lines that are not ASCII the encoding is guessed from."""

_WIDE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_QUOTES_AND_DASHES = frozenset("’‘“”–—-­·…")


def decode_legacy(data: bytes) -> tuple[str, str]:
    """Return the text of bytes that are not UTF-8, and the name of the encoding in words."""
    lines = [line for line in re.split(rb"[\r\n]+", data) if not line.isascii()]
    if any(_is_utf8(line) for line in lines):
        return _mixed(data), "UTF-8 mixed with Windows-1252"
    sample = b"\n".join(lines)[:SAMPLE]
    for encoding in ("cp1252", "cp1250"):
        if _reads_as_words(sample, encoding):
            return data.decode(encoding, "replace"), encoding.replace("cp", "Windows-")
    encoding = _guess(sample)
    return data.decode(encoding, "replace"), encoding.replace("_", "-").replace("cp125", "Windows-125")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mixed(data: bytes) -> str:
    """Return the text, each run of high bytes read as UTF-8 where it can be, else as Windows-1252."""
    parts: list[str] = []
    end = 0
    for run in _HIGH_RUN.finditer(data):
        parts.append(data[end : run.start()].decode("ascii"))
        end = run.end()
        at = 0
        for wide in _WIDE.finditer(run[0]):
            parts.append(run[0][at : wide.start()].decode("cp1252", "replace"))
            parts.append(wide[0].decode("utf-8", "replace"))
            at = wide.end()
        parts.append(run[0][at:].decode("cp1252", "replace"))
    parts.append(data[end:].decode("ascii"))
    return "".join(parts)


def _reads_as_words(sample: bytes, encoding: str) -> bool:
    """Say whether an encoding makes words: few accents in a row, no signs or capitals inside words."""
    text = sample.decode(encoding, "replace")
    if "\ufffd" in text:
        return False
    high = neighbours = odd = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char.isascii():
            continue
        high += 1
        neighbours += not after.isascii() and after not in _QUOTES_AND_DASHES
        if before.isalpha() and after.isalpha() and char not in _QUOTES_AND_DASHES:
            odd += not char.isalpha() or (char.isupper() and before.islower())
        elif unicodedata.category(char) == "Lu" and before.islower():
            odd += 1
    return neighbours * 4 <= high and odd * 10 <= high


def _guess(sample: bytes) -> str:
    """Return the encoding that charset-normalizer finds likeliest, else Windows-1252."""
    import logging

    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding != "ascii" else "cp1252"
