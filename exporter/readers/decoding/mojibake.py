"""Text that was encoded twice: repaired, unless the sentence speaks about such text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum, auto
from itertools import islice

from exporter.readers.code_fences import find_fenced_lines

MAX_LINE_CHARACTERS = 20000
"""Longer lines are not searched: a repair takes several passes over the line."""

MAX_NEIGHBOURS = 2
"""How many lines above and below a line, blank ones apart, may show the sound form of its words."""

_LEAD = "\u00c2-\u00f4\u0102\u0110\u0152\u0160\u0161\u017d\u0192"
_TRAIL = "\u0080-\u00bf\u0152-\u02dc\u2010-\u2122"
_TWICE_ENCODED = re.compile(f"[{_LEAD}][{_TRAIL}]")
_RUN = re.compile(f"[{_LEAD}][{_TRAIL}]{{1,5}}")
_WORD = re.compile(rf"(?:[{_LEAD}][{_TRAIL}]{{1,5}}|\w)+")
_QUOTED = re.compile(f"[\"'`“‘«][{_LEAD}][{_TRAIL}]{{1,5}}[\"'`”’»]")
_CODE_SPAN = re.compile(r"(`{1,3})(?!`).{1,200}?(?<!`)\1(?!`)")
_FOLDED = str.maketrans("’‘“”–—", "''\"\"--")


class _Evidence(Enum):
    """What a line with such text is."""

    DAMAGED = auto()
    EXAMPLE = auto()
    """All of it stands by itself, or in code: it is an example where the rest of the file is sound."""
    CONTRAST = auto()
    """The line has the sound form, too."""


def find_repairs(lines: Sequence[str]) -> dict[int, str]:
    """Return the repaired text of each line that was encoded twice, by the line's index.

    A line that shows both forms speaks about such text and stays, as does an example in a file that is sound.
    """
    repaired: dict[int, str] = {}
    for index, line in enumerate(lines):
        if not line.isascii() and len(line) <= MAX_LINE_CHARACTERS and _TWICE_ENCODED.search(line):
            text = _repair(line)
            if text != line:
                repaired[index] = text
    if not repaired:
        return {}
    fenced = find_fenced_lines(lines)
    evidence = {index: _judge(lines, index, index in fenced) for index in repaired}
    damaged = sum(each is _Evidence.DAMAGED for each in evidence.values())
    sound = sum(not line.isascii() and not _TWICE_ENCODED.search(line) for line in lines)
    contrasts = sum(each is _Evidence.CONTRAST for each in evidence.values())
    # A file that was encoded twice has hardly a sound line beyond ASCII; one damaged title is no such file.
    spoken_about = set[_Evidence]()
    if damaged <= max(1, sound + contrasts):
        spoken_about.add(_Evidence.CONTRAST)
    if damaged * 4 <= sound:
        spoken_about.add(_Evidence.EXAMPLE)
    return {index: text for index, text in repaired.items() if evidence[index] not in spoken_about}


def _repair(line: str) -> str:
    """Return the line as it was meant, or as it is where that is not clearly better."""
    from ftfy import fix_encoding
    from ftfy.badness import badness

    if not _TWICE_ENCODED.search(_QUOTED.sub("", line)):
        return line  # it shows such text in quotes
    fixed = fix_encoding(line)
    clearly_better = len(fixed) < len(line) and "\ufffd" not in fixed and badness(fixed) < badness(line)
    return fixed if clearly_better else line


def _judge(lines: Sequence[str], index: int, is_code: bool) -> _Evidence:
    line = lines[index]
    words = [found[0] for found in _WORD.finditer(line) if _RUN.search(found[0])]
    rest = _folded(_WORD.sub(lambda found: " " if _RUN.search(found[0]) else found[0], line))
    near = " ".join(map(_folded, _neighbours(lines, index)))
    for word in words:
        sound = _folded(_RUN.sub(_sound_form, word))
        if sound != _folded(word) and (_shows(rest, sound) or (len(sound) > 2 and _shows(near, sound))):
            return _Evidence.CONTRAST
    outside = _CODE_SPAN.sub(" ", line)
    exposed = [] if is_code else [found[0] for found in _WORD.finditer(outside) if _RUN.search(found[0])]
    return _Evidence.EXAMPLE if all(map(_is_example, exposed)) else _Evidence.DAMAGED


def _is_example(word: str) -> bool:
    """Return whether a word is nothing but one letter, quotation mark or byte order mark, encoded twice.

    Dashes, bullets and pictures stand by themselves in damaged text, too.
    """
    sound = _RUN.sub(_sound_form, word)
    return (
        _RUN.fullmatch(word) is not None
        and len(sound) <= 1
        and (sound in "‘’“”\ufeff\u00a0" or unicodedata.category(sound)[0] == "L")
    )


def _sound_form(found: re.Match[str]) -> str:
    import ftfy.bad_codecs  # noqa: F401  (the encodings below are its own)

    for encoding in ("sloppy-windows-1252", "sloppy-windows-1250"):
        try:
            return found[0].encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return found[0]


def _shows(text: str, sound: str) -> bool:
    """Return whether a text has a word, or a sign, in its sound form."""
    if len(sound) == 1 or not sound[0].isalnum():
        return sound in text
    return re.search(rf"(?<!\w){re.escape(sound)}(?!\w)", text, re.IGNORECASE) is not None


def _neighbours(lines: Sequence[str], index: int) -> list[str]:
    """Return the nearest lines above and below that are not blank."""
    above = (line for line in reversed(lines[max(0, index - 10) : index]) if line.strip())
    below = (line for line in lines[index + 1 : index + 10] if line.strip())
    return [*islice(above, MAX_NEIGHBOURS), *islice(below, MAX_NEIGHBOURS)]


def _folded(text: str) -> str:
    return text.translate(_FOLDED)
