"""Lines made clean: mojibake repaired where it clearly helps, unseen characters out, NFC."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from exporter.readers.decoding.mojibake import find_repairs

SHOWN = 24
"""How many characters of a repair are shown."""

_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]+")
_SEPARATORS = re.compile("[\v\f\x85\u2028\u2029]")


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


def clean_lines(lines: list[str], repair: bool = True) -> CleanLines:
    """Return the lines without control characters, NFC, and with mojibake repaired if `repair` is on."""
    cleaned = CleanLines(lines)
    repaired = find_repairs(lines) if repair else {}
    for index, line in enumerate(lines):
        if line.isascii() and line.isprintable():
            continue
        text = repaired.get(index, line)
        if text != line:
            cleaned.repairs[index + 1] = _difference(line, text)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        seen = _UNSEEN.sub("", text)
        if seen != text:
            cleaned.unseen.append(index + 1)
        lines[index] = _SEPARATORS.sub(" ", seen)
    return cleaned


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
