"""Lines made clean: mojibake repaired where it clearly helps, unseen characters out, NFC."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

LONGEST = 20000
"""Lines beyond this many characters are not searched for mojibake, which takes several passes."""

SHOWN = 24
"""How many characters of a repair are shown."""

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]+")
_SEPARATORS = re.compile("[\v\f\x85\u2028\u2029]")
_LEAD = "\u00c2-\u00f4\u0102\u0110\u0152\u0160\u0161\u017d\u0192"
_TRAIL = "\u0080-\u00bf\u0152-\u02dc\u2010-\u2122"
_TWICE_ENCODED = re.compile(f"[{_LEAD}][{_TRAIL}]")
_QUOTED = re.compile(f"[\"'`“‘«][{_LEAD}][{_TRAIL}]{{1,5}}[\"'`”’»]")


@dataclass(frozen=True, slots=True)
class Repair:
    """What was repaired in a line: the first place that changed, before and after."""

    column: int
    before: str
    after: str


@dataclass(slots=True)
class CleanLines:
    """Clean lines; the repairs by line number, and the numbers of the lines that lost unseen characters."""

    lines: list[str]
    repairs: dict[int, Repair] = field(default_factory=dict)
    unseen: list[int] = field(default_factory=list)


def clean_lines(lines: list[str]) -> CleanLines:
    """Return the lines with mojibake repaired, without control characters, and NFC."""
    cleaned = CleanLines(lines)
    for index, line in enumerate(lines):
        if line.isascii() and line.isprintable():
            continue
        text = line
        if not text.isascii():
            if _TWICE_ENCODED.search(text) and len(text) <= LONGEST:
                text = _repair(text)
                if text != line:
                    cleaned.repairs[index + 1] = _difference(line, text)
            text = unicodedata.normalize("NFC", text)
        seen = _UNSEEN.sub("", text)
        if seen != text:
            cleaned.unseen.append(index + 1)
        lines[index] = _SEPARATORS.sub(" ", seen)
    return cleaned


def _repair(line: str) -> str:
    """Return the line as it was meant, or as it is where that is not clearly better."""
    from ftfy import fix_encoding
    from ftfy.badness import badness

    if not _TWICE_ENCODED.search(_QUOTED.sub("", line)):
        return line  # the answer speaks of mojibake, and shows it in quotes
    fixed = fix_encoding(line)
    clearly_better = len(fixed) < len(line) and "\ufffd" not in fixed and badness(fixed) < badness(line)
    return fixed if clearly_better else line


def _difference(before: str, after: str) -> Repair:
    start = 0
    while start < len(after) and before[start] == after[start]:
        start += 1
    end = 0
    while end < len(after) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    wrong, right = before[start : len(before) - end], after[start : len(after) - end]
    return Repair(start + 1, _shown(wrong), _shown(right))


def _shown(text: str) -> str:
    text = "".join(char if char.isprintable() else "�" for char in text)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
