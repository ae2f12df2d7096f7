"""The nearest known word to a misspelt one, for every “Did you mean”."""

from __future__ import annotations

from collections.abc import Iterable

MAX_WORD_CHARS = 100
"""A longer word is not a misspelt one, and is compared with none; unmeasured."""

MIN_SIMILARITY = 0.6
"""The default of `difflib`; names of settings share long prefixes and take 0.5; unmeasured."""


def suggest(word: str, known: Iterable[str], min_similarity: float = MIN_SIMILARITY) -> str:
    """Return the known word most similar to a misspelt one, or an empty string.

    The similarity is that of `difflib` (Ratcliff/Obershelp), from 0 to 1.
    """
    if len(word) > MAX_WORD_CHARS:
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=min_similarity)), "")
