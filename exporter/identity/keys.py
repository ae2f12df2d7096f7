"""Keys: identifiers of twelve characters that never change, and are easy to read off a card and type."""

from __future__ import annotations

import hashlib
import re
import unicodedata

KEY_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case, without the letters that look like digits."""

KEY_LENGTH = 12

MAX_SHRINKAGE = 4
"""A text at least this many times longer than a limit is not normalized to compare it with the limit;
unmeasured."""

_KEY = re.compile(f"[{KEY_ALPHABET}]{{{KEY_LENGTH}}}")
_PUNCTUATION = str.maketrans(dict.fromkeys(".,;:!?'\"()[]-_‐‑‒–—―‘’‚‛“”„‟«»‹›…¿¡`´", " "))
_BITS_PER_PAIR = 10
_SHIFTS = range(_BITS_PER_PAIR * (KEY_LENGTH // 2 - 1), -1, -_BITS_PER_PAIR)
_PAIRS = [first + second for first in KEY_ALPHABET for second in KEY_ALPHABET]
"""All pairs of characters: a key is written two at a time."""


def is_key(text: str) -> bool:
    """Return whether a text has the form of a key."""
    return _KEY.fullmatch(text) is not None


def normalize(text: str) -> str:
    """Return a text in NFKC, case-folded, without punctuation, and with single spaces.

    Symbols such as `+`, `#` and `=` stay: C, C++ and C# are different.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_PUNCTUATION).split())


def derive_key(*parts: str) -> str:
    """Return the key derived from texts: the BLAKE2b digest of the parts, each with its length."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    number = int.from_bytes(digest.digest(), "big")
    return "".join([_PAIRS[number >> shift & (1 << _BITS_PER_PAIR) - 1] for shift in _SHIFTS])
