"""Sequences of characters that are one sign: emoji with selectors, joiners and skin tones; flags; keys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

JOINERS = "\u200c\u200d"
"""Zero-width non-joiner and zero-width joiner."""

_SKIN_TONES = "\U0001f3fb-\U0001f3ff"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0020-\U000e007f"
_FLAG_LETTERS = "\U0001f1e6-\U0001f1ff"
_KEYCAP = "\u20e3"

FIRST_SIGN = "\u203c"
"""The first character beyond ASCII that may be an emoji; a skin tone belongs to no other."""

_INVISIBLE = re.compile(f"[{JOINERS}{_SELECTORS}{_TAGS}]|(?<=.)[{_SKIN_TONES}]")
"""Characters without a glyph after another character; a skin tone is not shown in black."""
_IN_SEQUENCE = re.compile(f"[{JOINERS}{_SELECTORS}{_TAGS}{_SKIN_TONES}{_FLAG_LETTERS}{_KEYCAP}]")
SELECTORS = re.compile(f"[{_SELECTORS}]")
_TONE = re.compile(f"[{_SKIN_TONES}]")
_TAG = re.compile(f"[{_TAGS}]")
_FLAG_LETTER = re.compile(f"[{_FLAG_LETTERS}]")
_WITH_INVISIBLE = re.compile(f"(.)((?:{_INVISIBLE.pattern})*)", re.DOTALL)


def may_have_sequences(text: str) -> bool:
    """Return whether any character of a text may be part of a sequence."""
    return not text.isascii() and _IN_SEQUENCE.search(text) is not None


def visible(cluster: str) -> str:
    """Return a cluster without its selectors, joiners and tags, and without a skin tone after a sign."""
    return cluster if cluster.isascii() else _INVISIBLE.sub("", cluster)


def iter_visible(cluster: str) -> Iterator[tuple[str, str]]:
    """Yield each visible character of a cluster, and its part of the cluster."""
    for match in _WITH_INVISIBLE.finditer(cluster):
        if visible(match[1]):
            yield match[1], match[0]


def iter_clusters(text: str) -> Iterator[str]:
    """Yield the characters of a text, each with its combining marks, joiners and skin tones.

    These are approximately the grapheme clusters of UAX #29.
    """
    cluster = ""
    for char in text:
        if cluster and not _extends(cluster, char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _extends(cluster: str, char: str) -> bool:
    """Return whether a character belongs to the cluster before it."""
    if char.isascii():
        return cluster[-1] in JOINERS
    if unicodedata.category(char).startswith("M") or char in JOINERS or cluster[-1] in JOINERS:
        return True
    if _TONE.match(char):
        return cluster[0] >= FIRST_SIGN
    if _TAG.match(char):
        return True
    # two letters are a flag
    return len(cluster) == 1 and bool(_FLAG_LETTER.match(cluster) and _FLAG_LETTER.match(char))
