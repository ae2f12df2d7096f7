"""Keys: twelve characters that name a question for good, and can be read off a card and typed."""

from __future__ import annotations

import hashlib
import re
import unicodedata

KEY_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32 in lower case, without the letters that look like digits."""

KEY_LENGTH = 12

_KEY = re.compile(f"[{KEY_ALPHABET}]{{{KEY_LENGTH}}}")
_FOLDED_AWAY = str.maketrans(dict.fromkeys(".,;:!?'\"()[]-_‐‑‒–—―‘’‚‛“”„‟«»‹›…¿¡`´", " "))
_PLACES = range(5 * (KEY_LENGTH - 2), -1, -10)
_PAIRS = [one + other for one in KEY_ALPHABET for other in KEY_ALPHABET]


def is_key(text: str) -> bool:
    """Say whether a text has the form of a key."""
    return _KEY.fullmatch(text) is not None


def normalize(text: str) -> str:
    """Return a text with its case, white space and sentence punctuation folded away.

    Signs such as `+`, `#` and `=` stay: C, C++ and C# are three things.
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_FOLDED_AWAY).split())


def derive_key(*parts: str) -> str:
    """Return the key that always comes from the same parts."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    number = int.from_bytes(digest.digest(), "big")
    return "".join([_PAIRS[number >> place & 1023] for place in _PLACES])
