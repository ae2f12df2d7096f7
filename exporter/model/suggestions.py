"""Suggestions for misspelt words: every “Did you mean …?”."""

from __future__ import annotations

from collections.abc import Iterable

MAX_WORD_CHARS = 100
"""Maximum length of a misspelt word; longer ones are not compared, which is slow; unmeasured."""

MIN_SIMILARITY = 0.6
"""Minimum similarity of a suggestion; the default of `difflib`; unmeasured."""


def suggest(word: str, known: Iterable[str], min_similarity: float = MIN_SIMILARITY) -> str:
    """Return the known word most similar to a misspelt one, or an empty string.

    `min_similarity` is the ratio of `difflib` (Ratcliff/Obershelp), from 0 to 1.
    """
    if len(word) > MAX_WORD_CHARS:
        return ""
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=min_similarity)), "")
