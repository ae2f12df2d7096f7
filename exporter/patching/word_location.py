"""The location of a field's words in the text of its source, whatever markup is between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MAX_GAP_CHARS = 600
"""Maximum number of characters between two words of a line: an address within it has a few hundred."""

_WORD = re.compile(r"[^\W_]+")
_MARKUP = re.compile(r"""\]\([^)\s]*(?:\s+"[^"]*")?\)|\]\[[^\]]*\]|<[^<>]*>|&#?\w+;|!\[""")
"""Markup with words in it: the targets of links, tags, character references."""


class WordLocation(NamedTuple):
    """A word of a line: where it is in the line's plain text, and where in the source; offsets from 0."""

    start: int
    stop: int
    source_start: int
    source_stop: int


def iter_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text: runs of letters and digits."""
    return _WORD.finditer(text)


def locate_words(text: str, source: str, start: int, stop: int) -> list[WordLocation] | None:
    """Return where the words of a line are in `source[start:stop]`, or None if they are not there in order.

    A line without words is one location.
    """
    words = [match.span() for match in iter_words(text)]
    if not words:
        sign = text.strip()
        at = source.find(sign, start, stop) if sign else -1
        offset = text.find(sign)
        return [WordLocation(offset, offset + len(sign), at, at + len(sign))] if at >= 0 else None
    at = _find_word(source, text, start, stop)
    if at >= 0:
        return [WordLocation(first, last, at + first, at + last) for first, last in words]
    first_word = text[slice(*words[0])]
    at = _find_word(source, first_word, start, stop)
    while at >= 0:
        locations = _follow(text, words, source=source, start=at, stop=stop)
        if locations is not None:
            return locations
        at = _find_word(source, first_word, at + len(first_word), stop)
    return None


def _follow(
    text: str, words: list[tuple[int, int]], *, source: str, start: int, stop: int
) -> list[WordLocation] | None:
    """Return the locations of words that follow each other from `start` on, with only markup between them."""
    locations: list[WordLocation] = []
    position = start
    for first, last in words:
        word = text[first:last]
        at = source.find(word, position, min(stop, position + MAX_GAP_CHARS))
        if at < 0 or (locations and _WORD.search(_MARKUP.sub(" ", source[position:at]))):
            return None
        locations.append(WordLocation(first, last, at, at + len(word)))
        position = at + len(word)
    return locations


def _find_word(source: str, text: str, start: int, stop: int) -> int:
    """Return where a text begins in the source, not within a word; -1 if it is not there."""
    at = source.find(text, start, stop)
    while at >= 0 and at > start and source[at - 1].isalnum() and text[0].isalnum():
        at = source.find(text, at + 1, stop)
    return at
