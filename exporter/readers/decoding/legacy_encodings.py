"""Encodings before UTF-8, and files that mix them with UTF-8."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from exporter.config.encodings import display_encoding
from exporter.readers.decoding.alphabets import MULTIBYTE, NON_WESTERN, WESTERN, Alphabet, find_alphabets

MAX_SAMPLE_BYTES = 20000  # bound: time
"""Number of bytes of lines outside ASCII that the encoding is guessed from."""

# The three shares were measured on 1 to 6 sentences about programming in each of 35 languages, in 56 pairs
# of language and encoding.
MIN_KNOWN_FIT = 0.85
"""Minimum share of letters that belong to the given language.

Right encodings have 1.0, wrong ones up to 0.82; foreign names lower the share.
"""

MIN_CLEAR_FIT = 0.96
"""Minimum share of letters of one non-Western language, if no language is given.

Right encodings have 1.0, wrong ones up to 0.93.
"""

MAX_WESTERN_FIT = 0.9
"""Maximum share of letters of any Western language for a text to be non-Western.

A Hungarian text in Windows-1252 has 0.79 Icelandic letters; foreign names lower the share of the right
language.
"""

MIN_LETTERS = 4
"""Minimum number of letters outside ASCII that identify a language.

Three letters of a Romanian sentence are Spanish letters, too.
"""

_UTF_8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LETTER_BYTE = re.compile(rb"[\x80-\x84\x86-\x90\x98-\xff]")
"""Bytes that are letters in some encoding; the others are punctuation in all Windows code pages."""
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# argued: any share above 0 separates the texts measured; near it, MIN_CLEAR_FIT decides
MIN_COMMON_RATIO = 0.125
"""Minimum share of a language's `common` letters among its letters outside ASCII."""

SECOND_CAPITAL_WEIGHT = 0.9
"""Weight of a capital after a capital; one after a small letter has 0, any other letter 1.

It decides between two encodings with swapped cases (KOI8-R and Windows-1251).
"""

# argued: sentences in 14 Latin alphabets have up to 0.23, those in 7 other scripts 0.68 and more
MAX_ADJACENT_RATIO = 0.25
"""Maximum share of characters outside ASCII followed by another one in Western words."""

MAX_ODD_RATIO = 0.1
"""Maximum share of symbols or capitals inside words in a plausible text."""

_QUOTES_AND_DASHES = frozenset("’‘“”–—-­·…")
_PUNCTUATION = _QUOTES_AND_DASHES | frozenset("„‚‹›\u00a0")
_SYMBOLS = frozenset("•°§€©®™×±²³¹½¼¾µ¶£¬¦")
"""Symbols that text in any language may contain, but not directly before a letter."""


def decode_legacy(data: bytes, language: str = "") -> tuple[str, str]:
    """Return the text of bytes that are not UTF-8, and the display name of the encoding.

    `language` is the tag of the language that the text is declared to be in, such as `hr`.
    """
    lines = [line for line in re.split(rb"[\r\n]+", data) if not line.isascii()]
    alphabets = find_alphabets(language)
    non_utf_8 = [line for line in lines if not _is_utf8(line)]
    if any(alphabet in MULTIBYTE for alphabet in alphabets) and _best_encoding(
        _take_sample(lines), alphabets, MIN_KNOWN_FIT
    ):
        non_utf_8 = lines  # short lines in a double-byte encoding may be valid UTF-8
    sample = _take_sample(non_utf_8)
    encoding = _best_encoding(sample, alphabets, MIN_KNOWN_FIT) or _detect_by_letters(sample)
    if len(non_utf_8) < len(lines):
        encoding = encoding or "cp1252"
        return _decode_mixed(data, encoding), f"UTF-8 mixed with {display_encoding(encoding)}"
    if not encoding:
        plausible = (name for name in ("cp1252", "cp1250") if _reads_as_words(sample, name))
        encoding = next(plausible, "") or _guess_statistically(sample)
    return data.decode(encoding, "replace"), display_encoding(encoding)


def _take_sample(lines: Sequence[bytes]) -> bytes:
    return b"\n".join(lines)[:MAX_SAMPLE_BYTES]


def _best_encoding(sample: bytes, alphabets: Iterable[Alphabet], min_share: float) -> str:
    """Return the encoding with the largest share of letters of one alphabet; "" below `min_share`."""
    # on a tie the smaller alphabet is better evidence: Hebrew bytes are Cyrillic letters, too
    candidates = [
        (_letter_share(sample, encoding, alphabet), -len(alphabet.letters), encoding)
        for alphabet in alphabets
        for encoding in alphabet.encodings
    ]
    share, _, encoding = max(candidates, key=lambda candidate: candidate[:2], default=(0.0, 0, ""))
    return encoding if share >= min_share else ""


def _detect_by_letters(sample: bytes) -> str:
    """Return the encoding of a non-Western language if the letters identify it, else an empty string."""
    western = max(_letter_share(sample, "cp1252", alphabet) for alphabet in WESTERN)
    if western > MAX_WESTERN_FIT or len(_LETTER_BYTE.findall(sample)) < MIN_LETTERS:
        return ""
    return _best_encoding(sample, NON_WESTERN, MIN_CLEAR_FIT)


def _letter_share(sample: bytes, encoding: str, alphabet: Alphabet) -> float:
    """Return the share of characters outside ASCII that are letters of an alphabet, from 0 to 1.

    Punctuation and symbols such as € are not counted; if there is nothing else, the share is 1.
    A capital inside a word counts less, so that of two encodings with swapped cases the right one wins.
    """
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError as exc:
        # bound: the bytes of a character in GB 18030
        if exc.start < len(sample) - 4 or len(sample) < MAX_SAMPLE_BYTES:
            return 0.0
        text = sample[: exc.start].decode(encoding)  # the sample ends inside a character
    paired_quotes = "«»" if text.count("«") == text.count("»") else ""
    count = common = 0
    weight = 0.0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char.isascii() or char in _PUNCTUATION or char in paired_quotes:
            continue
        if char in _SYMBOLS and not after.isalpha():
            continue
        count += 1
        common += char in alphabet.common
        is_mixed = alphabet.own_script and (_is_ascii_letter(before) or _is_ascii_letter(after))
        if alphabet.has(char) and not is_mixed:
            is_inner_capital = char.isupper() and before.isalpha()
            weight += (SECOND_CAPITAL_WEIGHT if before.isupper() else 0.0) if is_inner_capital else 1.0
    if alphabet.common and common < MIN_COMMON_RATIO * count:
        return 0.0
    return weight / count if count else 1.0


def _is_ascii_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_mixed(data: bytes, encoding: str) -> str:
    """Return the text; each run of high bytes is decoded as UTF-8 where it is valid, else in `encoding`.

    If `encoding` is multibyte, whole lines are decoded in one or the other.
    """
    if any(encoding in alphabet.encodings for alphabet in MULTIBYTE):
        lines = re.split(rb"(\r|\n)", data)
        return "".join(line.decode("utf-8" if _is_utf8(line) else encoding, "replace") for line in lines)
    parts: list[str] = []
    end = 0
    for run in _HIGH_RUN.finditer(data):
        parts.append(data[end : run.start()].decode("ascii"))
        end = run.end()
        start = 0
        for sequence in _UTF_8_SEQUENCE.finditer(run[0]):
            parts.append(run[0][start : sequence.start()].decode(encoding, "replace"))
            parts.append(sequence[0].decode("utf-8", "replace"))
            start = sequence.end()
        parts.append(run[0][start:].decode(encoding, "replace"))
    parts.append(data[end:].decode("ascii"))
    return "".join(parts)


def _reads_as_words(sample: bytes, encoding: str) -> bool:
    """Return whether the decoded text has words: few adjacent accents, no symbols inside words."""
    text = sample.decode(encoding, "replace")
    if "\ufffd" in text:
        return False
    high = adjacent = odd = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char.isascii():
            continue
        high += 1
        adjacent += not after.isascii() and after not in _QUOTES_AND_DASHES
        if before.isalpha() and after.isalpha() and char not in _QUOTES_AND_DASHES:
            odd += not char.isalpha() or (char.isupper() and before.islower())
        elif unicodedata.category(char) == "Lu" and before.islower():
            odd += 1
    return adjacent <= MAX_ADJACENT_RATIO * high and odd <= MAX_ODD_RATIO * high


def _guess_statistically(sample: bytes) -> str:
    """Return the most likely encoding according to charset-normalizer, or Windows-1252."""
    import logging

    from charset_normalizer import from_bytes

    logging.getLogger("charset_normalizer").setLevel(logging.ERROR)
    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding != "ascii" else "cp1252"
