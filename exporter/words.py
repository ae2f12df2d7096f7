"""What single words are to the cutting of sentences, found out once for each word."""

from __future__ import annotations

import re
from functools import lru_cache

from exporter import english

EMPTY = 1
LEADS_ON = 2
DANGLES = 4
TELLS_NOTHING = 8
JOINS = 16
RELATES = 32
OPENS = 64
OPENS_WEAKLY = 128
BEFORE_PAUSE = 256
AFTER_PAUSE = 512
PAIRED = 1024
"""Holds a bracket or a quotation mark."""
WIDE = 2048
"""May be too wide for a cue; no other kind is a greater number."""

LONG = 16
"""Words of more characters than this may be too wide."""

HALVES = re.compile(r'["“”()\[\]«»]')

_PAUSE = re.compile(r"""[,;:—–…][)"'”’»\]]*$""")

_LISTS = (
    (LEADS_ON, english.LEADING_ON),
    (DANGLES, english.DANGLING),
    (TELLS_NOTHING, english.HOLLOW),
    (JOINS, english.JOINING),
    (RELATES, english.PREPOSITIONS),
    (OPENS, english.OPENING_PHRASES),
    (OPENS_WEAKLY, english.OPENING_WEAKLY),
)

_MOST = 1 << 15
"""Of how many words it is kept what they are."""


class _Kinds(dict[str, int]):
    """The kinds of the words seen of late: a plain look-up, since every word of every answer is one."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        kind = self[word] = _kind(word)
        return kind


_KINDS = _Kinds()


def kinds_of(words: list[str]) -> list[int]:
    """Return of each word the sum of the kinds above that it has."""
    return list(map(_KINDS.__getitem__, words))


def _kind(word: str) -> int:
    core = core_of(word)
    kind = 0 if core else EMPTY | AFTER_PAUSE
    kind |= sum(one for one, words in _LISTS if core in words)
    if not word[-1].isalnum() and _PAUSE.search(word):
        kind |= BEFORE_PAUSE
    if word[0] in "([":
        kind |= AFTER_PAUSE
    if HALVES.search(word):
        kind |= PAIRED
    if len(word) > LONG:
        kind |= WIDE
    return kind


@lru_cache(maxsize=_MOST)
def core_of(word: str) -> str:
    """Return a word as the lists have it: small letters, nothing around it; of `and/or`, `or`."""
    core = word.lower()
    if core.isalnum():
        return core
    start, stop = 0, len(core)
    while start < stop and not core[start].isalnum():
        start += 1
    while stop > start and not core[stop - 1].isalnum():
        stop -= 1
    return core[start:stop].rpartition("/")[2].replace("’", "'")
