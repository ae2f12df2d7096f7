"""The base direction of text: left to right, or right to left (bidi, UAX #9)."""

from __future__ import annotations

import re
import unicodedata

_RTL_LANGUAGES = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"])
"""Language subtags (BCP 47) whose default script is written from right to left."""

_IN_RTL_BLOCK = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks in which Unicode has characters from right to left, and reserves room for more."""


def has_rtl(text: str) -> bool:
    """Return whether a text contains a letter of a right-to-left script."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in _IN_RTL_BLOCK.findall(text))


def is_rtl_language(language: str) -> bool:
    """Return whether a language (BCP 47) is written from right to left by default."""
    return language.replace("_", "-").split("-")[0].lower() in _RTL_LANGUAGES


def is_rtl(text: str, language: str = "") -> bool:
    """Return whether the base direction of a text is right to left.

    In a right-to-left language it is for any text with letters of such a script, whatever its first
    word ("C++ …"); in other languages the first strong character decides (UAX #9, rule P2).
    """
    if not has_rtl(text):
        return False
    if is_rtl_language(language):
        return True
    bidi_classes = (unicodedata.bidirectional(char) for char in text)
    return next((bidi_class for bidi_class in bidi_classes if bidi_class in ("L", "R", "AL")), "L") != "L"
