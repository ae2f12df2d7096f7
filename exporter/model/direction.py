"""The direction in which text as a whole runs: its lists are numbered on that side."""

from __future__ import annotations

import unicodedata

_RTL_LANGUAGES = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"])
"""Language subtags (BCP 47) that are written from right to left unless they say otherwise."""


def has_rtl(text: str) -> bool:
    """Return whether any letter of a text belongs to a script that is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)


def runs_from_right(text: str, language: str = "") -> bool:
    """Return whether a text runs from right to left.

    A text with letters of such a script does so in a language that is written in it, whatever
    word comes first ("C++ …"); in other languages its first strong letter decides (UAX #9, P2).
    """
    if not has_rtl(text):
        return False
    if language.replace("_", "-").split("-")[0].lower() in _RTL_LANGUAGES:
        return True
    strong = (unicodedata.bidirectional(char) for char in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"
