"""Clean up lines: repair mojibake, remove invisible characters, normalize to NFC."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from exporter.readers.decoding.mojibake import find_repairs

MAX_SHOWN_CHARS = 24  # bound: the length of a message
"""Maximum number of characters of a repair shown in the diagnostic."""

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]+")
_SEPARATORS = re.compile("[\v\f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Repair:
    """The first difference of a repaired line: its column (from 1), and the text before and after."""

    column: int
    before: str
    after: str


@dataclass(slots=True)
class CleanLines:
    """Cleaned lines, the repairs by line number, and the numbers of lines that lost invisible characters."""

    lines: list[str]
    repairs: dict[int, Repair] = field(default_factory=dict)
    invisible: list[int] = field(default_factory=list)


def clean_lines(lines: list[str], repair: bool = True) -> CleanLines:
    """Return the lines in NFC without control characters, with mojibake repaired if `repair` is true.

    The list is changed in place.
    """
    cleaned = CleanLines(lines)
    repaired = find_repairs(lines) if repair else {}
    for index, line in enumerate(lines):
        if line.isascii() and line.isprintable():
            continue
        text = repaired.get(index, line)
        if text != line:
            cleaned.repairs[index + 1] = _find_difference(line, text)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        visible = remove_invisible(text)
        if visible != text:
            cleaned.invisible.append(index + 1)
        lines[index] = _SEPARATORS.sub(" ", visible)
    return cleaned


def remove_invisible(text: str) -> str:
    """Return a text without invisible characters."""
    return _INVISIBLE.sub("", text)


def _find_difference(before: str, after: str) -> Repair:
    start = 0
    while start < len(after) and before[start] == after[start]:
        start += 1
    end = 0
    while end < len(after) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    wrong, right = before[start : len(before) - end], after[start : len(after) - end]
    return Repair(start + 1, _make_printable(wrong), _make_printable(right))


def _make_printable(text: str) -> str:
    text = "".join(char if char.isprintable() else "�" for char in text)
    return text if len(text) <= MAX_SHOWN_CHARS else text[:MAX_SHOWN_CHARS] + "…"
