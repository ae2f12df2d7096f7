"""Sentences of a line: where one ends, and what only looks like an end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exporter.english import ABBREVIATIONS

_END = re.compile(
    r"""(?<![.!?…])[.!?…]++["'”’»)\]]*+\s+(?=["'“‘«(\[¿¡]*+(\w))  # before a space
      | (?<![。！？｡])[。！？｡]++["'”’」』）]*+                    # where no space is written
    """,
    re.VERBOSE,
)
_MARK = re.compile("[.!?…。！？｡]")
_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”|«[^«»]*»|「[^「」]*」')
_BULLET = re.compile(r"\s*(?:[-+*•–—]|[0-9]{1,3}[.)])\s+")
_BEFORE = "([{\"'“‘«„"
"""What may stand before an abbreviation without a space."""


def sentences(text: str) -> Iterable[str]:
    """Return the sentences of a line; a quotation is not taken apart."""
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    if _MARK.search(text, start, len(text) - 1) is None:
        return (text[start:].strip(),)
    return parted(text, start)


def parted(text: str, start: int = 0) -> Iterator[str]:
    """Yield the sentences of a line from a place on, whatever marks stand in it."""
    ends = list(_END.finditer(text, start))
    quoted = [match.span() for match in _QUOTED.finditer(text, start)] if ends else []
    place = 0
    for match in ends:
        while place < len(quoted) and quoted[place][1] <= match.start():
            place += 1
        within = place < len(quoted) and quoted[place][0] < match.start() < quoted[place][1] - 2
        follows = match[1] or ""
        if within or follows.islower() or _is_abbreviation(text, match.start()):
            continue
        yield text[start : match.end()].strip()
        start = match.end()
    yield text[start:].strip()


def _is_abbreviation(text: str, stop: int) -> bool:
    """Say whether the full stop at `stop` ends an abbreviation or an initial."""
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return False
    words = text[max(0, stop - 8) : stop].split()
    word = words[-1].lstrip(_BEFORE).lower() if words else ""
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i")
