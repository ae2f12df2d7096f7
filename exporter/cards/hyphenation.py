"""Hyphenation: where a word that is wider than its column may be divided in its language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

SOFT_HYPHEN = "\u00ad"
"""Ends a part of a word; it is drawn as a hyphen where a line ends there, and read back as soft."""

Hyphenate = Callable[[str], list[str]]
"""Gives the parts of a text, all but the last with a soft hyphen; one part where it has no word to divide."""

_WORD = re.compile(r"[^\W\d_]{5,}")
"""A run of letters that is long enough to be divided; codes, numbers and names with digits are not."""

MIN_LETTERS = 2
"""How many letters stay together at either end of a word."""


def undivided(text: str) -> list[str]:
    """Divide no word."""
    return [text]


def hyphenator(language: str) -> Hyphenate:
    """Return what divides words of a language; its patterns are loaded when they are first needed."""

    def hyphenate(text: str) -> list[str]:
        words = list(_WORD.finditer(text))
        if len(words) != 1:
            return [text]
        (word,) = words
        start = word.start()
        patterns = _patterns(language)
        positions = _syllables(word[0]) if patterns is None else patterns.positions(word[0])
        cuts = [start + position for position in positions]
        parts = [text[first:stop] for first, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return [part + SOFT_HYPHEN for part in parts[:-1]] + parts[-1:]

    return hyphenate


_VOWELS = frozenset("aeiouyæøœıаеиоуыэюяєіαεηιουω")


def _syllables(word: str) -> list[int]:
    """Return where syllables of a consonant and a vowel begin, for alphabets without patterns.

    Every language that has no patterns of its own but one of these alphabets (Finnish, Turkish) may be
    divided before a consonant that a vowel follows.
    """
    bases = [unicodedata.normalize("NFD", char)[0].lower() for char in word]
    vowel = [base in _VOWELS for base in bases]
    inner = range(MIN_LETTERS, len(word) - MIN_LETTERS + 1)
    return [at for at in inner if not vowel[at] and vowel[at + 1] and any(vowel[:at])]


@lru_cache(maxsize=4)
def _patterns(language: str) -> Any:
    """Return the patterns of a language (TeX's, after Liang), or nothing where there are none."""
    import pyphen  # type: ignore[import-untyped]

    known = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=known, left=MIN_LETTERS, right=MIN_LETTERS) if known else None
