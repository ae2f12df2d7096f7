"""Mojibake: repair text that was encoded twice, unless the sentence is about such text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum, auto
from itertools import islice

from exporter.readers.code_fences import find_fenced_lines

MAX_LINE_CHARS = 20000  # bound: time
"""Longer lines are not searched: a repair takes several passes over the line."""

MAX_NEIGHBOUR_LINES = 2
"""Number of non-blank lines above and below in which the correct form of a word is looked for."""

MAX_DISTANCE_LINES = 10
"""Distance to the end of that search, with blank lines."""

MAX_DAMAGED_RATIO = 0.25
"""Maximum ratio of damaged to correct lines outside ASCII at which examples stay unchanged."""

_LEAD = "\u00c2-\u00f4\u0102\u0110\u0152\u0160\u0161\u017d\u0192"
_TRAIL = "\u0080-\u00bf\u0152-\u02dc\u2010-\u2122"
_TWICE_ENCODED = re.compile(f"[{_LEAD}][{_TRAIL}]")
_RUN = re.compile(f"[{_LEAD}][{_TRAIL}]{{1,5}}")
_WORD = re.compile(rf"(?:[{_LEAD}][{_TRAIL}]{{1,5}}|\w)+")
_QUOTED = re.compile(f"[\"'`“‘«][{_LEAD}][{_TRAIL}]{{1,5}}[\"'`”’»]")
_CODE_SPAN = re.compile(r"(`{1,3})(?!`).{1,200}?(?<!`)\1(?!`)")
_PUNCTUATION = re.compile("â€[€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a1-\u00bf]")
"""U+2010 to U+203F (dashes, quotation marks, bullets), encoded twice: ftfy repairs them in only one way."""
_ASCII_QUOTES = str.maketrans("’‘“”–—", "''\"\"--")


class _Evidence(Enum):
    """What a line with mojibake is."""

    DAMAGED = auto()
    EXAMPLE = auto()
    """All mojibake is in code or isolated: an example, if the rest of the file is correct."""
    CONTRAST = auto()
    """The line or its neighbours also contain the correct form."""


def find_repairs(lines: Sequence[str]) -> dict[int, str]:
    """Return the repaired text of each line that was encoded twice, by line index (from 0).

    A line that contains both forms is about mojibake and is not repaired, nor is an example in a correct
    file.
    """
    repaired: dict[int, str] = {}
    for index, line in enumerate(lines):
        if not line.isascii() and len(line) <= MAX_LINE_CHARS and _TWICE_ENCODED.search(line):
            text = _repair(line)
            if text != line:
                repaired[index] = text
    if not repaired:
        return {}
    fenced = find_fenced_lines(lines)
    evidence = {index: _classify(lines, index, index in fenced) for index in repaired}
    damaged = sum(kind is _Evidence.DAMAGED for kind in evidence.values())
    correct = sum(not line.isascii() and not _TWICE_ENCODED.search(line) for line in lines)
    contrasts = sum(kind is _Evidence.CONTRAST for kind in evidence.values())
    # a file that was encoded twice has hardly any correct line outside ASCII; one damaged title is not enough
    kept = set[_Evidence]()
    if damaged <= max(1, correct + contrasts):
        kept.add(_Evidence.CONTRAST)
    if damaged <= MAX_DAMAGED_RATIO * correct:
        kept.add(_Evidence.EXAMPLE)
    return {index: text for index, text in repaired.items() if evidence[index] not in kept}


def _repair(line: str) -> str:
    """Return the line repaired by ftfy, or unchanged unless that is clearly better."""
    if not _TWICE_ENCODED.search(_QUOTED.sub("", line)):
        return line  # all mojibake is quoted
    if _PUNCTUATION.sub("", line).isascii():
        # the usual case, with the same result: importing ftfy takes 5 % of a first build
        return _PUNCTUATION.sub(_decode_run, line)

    from ftfy import fix_encoding
    from ftfy.badness import badness

    fixed = fix_encoding(line)
    clearly_better = len(fixed) < len(line) and "\ufffd" not in fixed and badness(fixed) < badness(line)
    return fixed if clearly_better else line


def _classify(lines: Sequence[str], index: int, is_code: bool) -> _Evidence:
    line = lines[index]
    words = [match[0] for match in _WORD.finditer(line) if _RUN.search(match[0])]
    rest = _normalize_quotes(_WORD.sub(lambda match: " " if _RUN.search(match[0]) else match[0], line))
    neighbours = " ".join(map(_normalize_quotes, _find_neighbours(lines, index)))
    for word in words:
        correct = _normalize_quotes(_RUN.sub(_decode_run, word))
        if correct != _normalize_quotes(word) and (
            _contains_word(rest, correct) or (len(correct) > 2 and _contains_word(neighbours, correct))
        ):
            return _Evidence.CONTRAST
    without_code = _CODE_SPAN.sub(" ", line)
    outside_code = (
        [] if is_code else [match[0] for match in _WORD.finditer(without_code) if _RUN.search(match[0])]
    )
    return _Evidence.EXAMPLE if all(map(_is_example, outside_code)) else _Evidence.DAMAGED


def _is_example(word: str) -> bool:
    """Return whether a word is a single letter, quotation mark or byte order mark, encoded twice.

    Dashes, bullets and pictures are isolated in damaged text, too.
    """
    correct = _RUN.sub(_decode_run, word)
    return (
        _RUN.fullmatch(word) is not None
        and len(correct) <= 1
        and (correct in "‘’“”\ufeff\u00a0" or unicodedata.category(correct)[0] == "L")
    )


def _decode_run(match: re.Match[str]) -> str:
    with suppress(UnicodeError):
        return match[0].encode("cp1252").decode("utf-8")

    import ftfy.bad_codecs  # noqa: F401  (registers the encodings below)

    for encoding in ("sloppy-windows-1252", "sloppy-windows-1250"):
        try:
            return match[0].encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return match[0]


def _contains_word(text: str, correct: str) -> bool:
    """Return whether a text contains a word, or a symbol, in its correct form."""
    if len(correct) == 1 or not correct[0].isalnum():
        return correct in text
    return re.search(rf"(?<!\w){re.escape(correct)}(?!\w)", text, re.IGNORECASE) is not None


def _find_neighbours(lines: Sequence[str], index: int) -> list[str]:
    """Return the nearest non-blank lines above and below."""
    above = (line for line in reversed(lines[max(0, index - MAX_DISTANCE_LINES) : index]) if line.strip())
    below = (line for line in lines[index + 1 : index + MAX_DISTANCE_LINES] if line.strip())
    return [*islice(above, MAX_NEIGHBOUR_LINES), *islice(below, MAX_NEIGHBOUR_LINES)]


def _normalize_quotes(text: str) -> str:
    return text.translate(_ASCII_QUOTES)
