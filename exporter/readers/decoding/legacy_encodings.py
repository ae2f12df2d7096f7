"""Encodings from before UTF-8, and files that mix them with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from exporter.config.encodings import display_encoding
from exporter.readers.decoding.alphabets import OTHERS, WESTERN, WIDE, Alphabet, find_alphabets

SAMPLE = 20000
"""How many bytes of the lines that are not ASCII the encoding is guessed from."""

# Measured on 1 to 6 sentences about programming in each of 35 languages, 56 pairs with an encoding.
MIN_KNOWN_FIT = 0.85
"""Where the language is known, so large a share of the letters must be its own: right encodings have 1.0
there, wrong ones up to 0.82; foreign names lower it."""

MIN_CLEAR_FIT = 0.96
"""Where it is unknown, so large a share must be of one language that Windows-1252 does not serve: right
encodings have 1.0, wrong ones up to 0.93."""

MAX_WESTERN_FIT = 0.9
"""And no language that Windows-1252 does serve may have a larger share: Icelandic has 0.79 of a
Hungarian text, foreign names lower that of the right one."""

MIN_LETTERS = 4
"""Fewer letters beyond ASCII than this prove no language: three of a Romanian sentence are Spanish, too."""

_WIDE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LETTERS = re.compile(rb"[\x80-\x84\x86-\x90\x98-\xff]")
"""Bytes that are letters in some encoding; the others are quotes, dashes and dots in all of Windows."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_QUOTES_AND_DASHES = frozenset("’‘“”–—-­·…")
_QUOTES = _QUOTES_AND_DASHES | frozenset("„‚‹›\u00a0")
_SIGNS = frozenset("•°§€©®™×±²³¹½¼¾µ¶£¬¦")
"""Signs that any language's text may have, but not right before a letter."""


def decode_legacy(data: bytes, language: str = "") -> tuple[str, str]:
    """Return the text of bytes that are not UTF-8, and the name of the encoding in words.

    `language` is the tag of the language that the text is said to be in, as `hr`.
    """
    lines = [line for line in re.split(rb"[\r\n]+", data) if not line.isascii()]
    known = find_alphabets(language)
    narrow = [line for line in lines if not _is_utf8(line)]
    if any(one in WIDE for one in known) and _best(_sample(lines), known, MIN_KNOWN_FIT):
        narrow = lines  # short lines of two bytes a letter may look like UTF-8
    sample = _sample(narrow)
    encoding = _best(sample, known, MIN_KNOWN_FIT) or _clear(sample)
    if len(narrow) < len(lines):
        encoding = encoding or "cp1252"
        return _mixed(data, encoding), f"UTF-8 mixed with {display_encoding(encoding)}"
    if not encoding:
        plausible = (name for name in ("cp1252", "cp1250") if _reads_as_words(sample, name))
        encoding = next(plausible, "") or _guess(sample)
    return data.decode(encoding, "replace"), display_encoding(encoding)


def _sample(lines: Sequence[bytes]) -> bytes:
    return b"\n".join(lines)[:SAMPLE]


def _best(sample: bytes, alphabets: Iterable[Alphabet], least: float) -> str:
    """Return the encoding in which most letters belong to one of the alphabets, if so large a share does."""
    # of two that fit alike, the one with fewer letters says more: Hebrew is a text of Cyrillic letters, too
    fits = [
        (_fit(sample, encoding, one), -len(one.letters), encoding)
        for one in alphabets
        for encoding in one.encodings
    ]
    fit, _, encoding = max(fits, key=lambda each: each[:2], default=(0.0, 0, ""))
    return encoding if fit >= least else ""


def _clear(sample: bytes) -> str:
    """Return the encoding of a language that Windows-1252 does not serve, where the letters prove it."""
    western = max(_fit(sample, "cp1252", one) for one in WESTERN)
    if western > MAX_WESTERN_FIT or len(_LETTERS.findall(sample)) < MIN_LETTERS:
        return ""
    return _best(sample, OTHERS, MIN_CLEAR_FIT)


def _fit(sample: bytes, encoding: str, alphabet: Alphabet) -> float:
    """Return which share of the characters beyond ASCII are letters of an alphabet, from 0 to 1.

    Quotes, dashes and signs such as € are no letters; where there is nothing else, the share is 1.

    Capitals within a word count less, so that of two encodings with swapped cases the better one wins.
    """
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as problem:
        if problem.start < len(sample) - 4 or len(sample) < SAMPLE:
            return 0.0
        text = sample[: problem.start].decode(encoding)  # the sample ends within a character
    quotes = "«»" if text.count("«") == text.count("»") else ""
    count = common = 0
    sum_of_fits = 0.0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char.isascii() or char in _QUOTES or char in quotes:
            continue
        if char in _SIGNS and not after.isalpha():
            continue
        count += 1
        common += char in alphabet.common
        mixed = alphabet.own_script and (_is_ascii_letter(before) or _is_ascii_letter(after))
        if alphabet.has(char) and not mixed:
            within = char.isupper() and before.isalpha()
            sum_of_fits += (0.9 if before.isupper() else 0.0) if within else 1.0
    if alphabet.common and common * 8 < count:
        return 0.0
    return sum_of_fits / count if count else 1.0


def _is_ascii_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _mixed(data: bytes, encoding: str) -> str:
    """Return the text, each run of high bytes read as UTF-8 where it can be, else in another encoding.

    Where that has several bytes a letter, whole lines are read in one or the other.
    """
    if any(encoding in one.encodings for one in WIDE):
        lines = re.split(rb"(\r|\n)", data)
        return "".join(line.decode("utf-8" if _is_utf8(line) else encoding, "replace") for line in lines)
    parts: list[str] = []
    end = 0
    for run in _HIGH_RUN.finditer(data):
        parts.append(data[end : run.start()].decode("ascii"))
        end = run.end()
        at = 0
        for wide in _WIDE.finditer(run[0]):
            parts.append(run[0][at : wide.start()].decode(encoding, "replace"))
            parts.append(wide[0].decode("utf-8", "replace"))
            at = wide.end()
        parts.append(run[0][at:].decode(encoding, "replace"))
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
