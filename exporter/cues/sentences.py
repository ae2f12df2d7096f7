"""Sentence segmentation of a line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from exporter.cues.english import ABBREVIATIONS, FUNCTION_WORDS, NON_FINAL_WORDS

_END = re.compile(
    r"""(?<![.!?…])[.!?…]++["'”’»)\]]*+\s+(?=["'“‘«(\[¿¡]*+(\w))  # before a space
      | (?<![。！？｡])[。！？｡]++["'”’」』）]*+                    # where no space is written
    """,
    re.VERBOSE,
)
_MARK = re.compile("[.!?…。！？｡]")
_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”|«[^«»]*»|「[^「」]*」')
_BULLET = re.compile(r"\s*(?:[-+*•–—]|[0-9]{1,3}[.)])\s+")
_WORD = re.compile(r"[\w']+")
_IDENTIFIER = re.compile(r"\w+(?:_\w|\(|\.\w|::)")
"""A word in lower case that is code: `malloc()`, `max_heap`, `os.path`."""
_OPENERS = "([{\"'“‘«„"
_OPENING = re.compile(r"[\"'“‘«(\[¿¡]*")
_MAX_ABBREVIATION_CHARS = 8
"""Length of the text before a full stop in which an abbreviation is searched; more than the longest of
`english.ABBREVIATIONS` with a bracket."""

_MAX_NEXT_WORD_CHARS = 40
"""Length of the text after an initial in which the next word is searched; unmeasured."""


def iter_sentences(text: str, code_starts: Collection[int] = ()) -> Iterator[tuple[int, int]]:
    """Yield the start and stop of each sentence of a line; quotations are not split.

    `code_starts` are the indices at which code begins, which may begin a sentence in lower case.
    """
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    if _MARK.search(text, start, len(text) - 1) is not None:
        ends = list(_END.finditer(text, start))
        quotations = [match.span() for match in _QUOTED.finditer(text, start)] if ends else []
        index = 0
        for match in ends:
            while index < len(quotations) and quotations[index][1] <= match.start():
                index += 1
            is_quoted = (
                index < len(quotations) and quotations[index][0] < match.start() < quotations[index][1] - 2
            )
            if is_quoted or not _begins_sentence(text, match, code_starts):
                continue
            if _is_abbreviation(text, match.start(), match.end()):
                continue
            yield _strip(text, start, match.end())
            start = match.end()
    if text[start:].strip():
        yield _strip(text, start, len(text))


def _strip(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return a range without the spaces at its ends."""
    piece = text[start:stop]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _begins_sentence(text: str, end: re.Match[str], code_starts: Collection[int]) -> bool:
    """Return whether the text after the end of a sentence looks like the beginning of another one."""
    if not (end[1] or "").islower() or end.end() in code_starts:
        return True
    opening = _OPENING.match(text, end.end())
    return _IDENTIFIER.match(text, opening.end() if opening else end.end()) is not None


def _is_abbreviation(text: str, stop: int, following: int) -> bool:
    """Return whether the full stop at index `stop` ends an abbreviation or an initial.

    Only a capital is an initial (`J. Smith`, not `a heap of size k. Push`), and not before a function
    word: `We chose plan A. It worked.`
    """
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return False
    words = text[max(0, stop - _MAX_ABBREVIATION_CHARS) : stop].split()
    word = words[-1].lstrip(_OPENERS) if words else ""
    if word.lower() in ABBREVIATIONS:
        return True
    if not (len(word) == 1 and word.isupper() and word != "I"):
        return False
    after = _WORD.search(text, following, following + _MAX_NEXT_WORD_CHARS)
    return after is None or after[0].lower() not in FUNCTION_WORDS | NON_FINAL_WORDS
