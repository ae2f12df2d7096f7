"""Hyphenation: where a word that is wider than its column may be divided in its language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

SOFT_HYPHEN = "\u00ad"
"""Ends each part of a divided word but the last; drawn as a hyphen at the end of a line only."""

Hyphenate = Callable[[str], list[str]]
"""Returns the parts into which a text may be divided; a single one if it has no word to divide."""

_WORD = re.compile(r"[^\W\d_]{5,}")
"""A run of at least five letters. Shorter words, codes, numbers and names with digits are not divided."""

_DIGIT = re.compile(r"\d")

MIN_PART_LETTERS = 2
"""Number of letters that stay together at either end of a word: pyphen's default."""


def keep_undivided(text: str) -> list[str]:
    """Return the text in one part: no word is divided."""
    return [text]


def make_hyphenator(language: str) -> Hyphenate:
    """Return a function that divides words of a language; its patterns are loaded at the first call."""

    def hyphenate(text: str) -> list[str]:
        words = list(_WORD.finditer(text))
        if len(words) != 1 or _DIGIT.search(text):
            return [text]
        (word,) = words
        start = word.start()
        patterns = _load_patterns(language)
        positions = _syllable_starts(word[0]) if patterns is None else patterns.positions(word[0])
        cuts = [start + position for position in positions]
        parts = [text[first:stop] for first, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return [part + SOFT_HYPHEN for part in parts[:-1]] + parts[-1:]

    return hyphenate


_VOWELS = frozenset("aeiouyæøœıаеиоуыэюяєіαεηιουω")


def _syllable_starts(word: str) -> list[int]:
    """Return the indices at which a syllable of a consonant and a vowel begins.

    This is the rule for languages without patterns: those in one of the alphabets of `_VOWELS` (for
    example Finnish and Turkish) may be divided before a consonant that is followed by a vowel.
    """
    bases = [unicodedata.normalize("NFD", char)[0].lower() for char in word]
    is_vowel = [base in _VOWELS for base in bases]
    inner = range(MIN_PART_LETTERS, len(word) - MIN_PART_LETTERS + 1)
    return [index for index in inner if not is_vowel[index] and is_vowel[index + 1] and any(is_vowel[:index])]


@lru_cache(maxsize=4)
def _load_patterns(language: str) -> Any:
    """Return the patterns of a language (TeX's, by Liang's algorithm), or None if there are none."""
    import pyphen  # type: ignore[import-untyped]

    name = pyphen.language_fallback(language.replace("-", "_"))
    return pyphen.Pyphen(lang=name, left=MIN_PART_LETTERS, right=MIN_PART_LETTERS) if name else None
