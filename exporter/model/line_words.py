"""The words of lines, without the markup around them, to compare a source with what was read from it."""

from __future__ import annotations

import html
import re
import unicodedata

WORD = re.compile(r"[^\W_]+(?:\+\+|#(?!\w))?")
"""A word, also with the signs of “C++” and “C#”."""

FENCE = re.compile(r"\s*(?:>\s*)*(?:```|~~~)")
"""The start of a line that opens or closes a code fence."""

_SPACED_TAG = re.compile(r"</?(?:br|p|div|li|sup|sub|td|th)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<!--|-->|</?[A-Za-z][^<>]*>")
_LINK_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'(][^)]*)?\)|\]\[[^\]]*\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]")


def split_words(text: str) -> list[str]:
    """Return the normalized words of a text, without Markdown and HTML markup."""
    return [
        word
        for line in text.split("\n")
        if not FENCE.match(line)
        for word in WORD.findall(strip_markup(line))
    ]


def strip_markup(line: str) -> str:
    """Return a line in Unicode form NFKC and case-folded, without tags and link targets."""
    line = unicodedata.normalize("NFKC", line).casefold()
    if "<" in line or "&" in line:
        line = _TAG.sub("", _SPACED_TAG.sub(" ", html.unescape(line)))
    if "[" in line:
        line = _LINK_TARGET.sub("]", _WIKI_LINK.sub(r"\1", line))
    return line.replace("’", "'")
