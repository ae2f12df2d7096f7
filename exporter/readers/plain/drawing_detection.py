"""Detect tables, trees and diagrams drawn with characters: their spaces have a meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.readers.labels.bullets import BULLET_SIGN

_DRAWN = re.compile(
    r"\s*(?:[|│┃]\s*)*(?:[─-╿]|\+[-=+]{2,}\+|\|.*\||\|[-=+]{2,}|(?:\|--|\+--|`--|\\--|\+-)\s?\S)"
    r"|.*(?:[─-╿]{2}|\+-{2,}\+)"
)
"""A line of a table, a tree, or a box."""

_JOINT = re.compile(r"\s*(?:[|│/\\+^vV<>*↓↑-]\s*){1,20}")
"""A line of a diagram that has only lines and arrows."""

_COLUMN = re.compile(r"(?<=\S)\s{2,}(?=\S)")
_NO_ROW = re.compile(rf"\s*(?:{BULLET_SIGN}|\d{{1,4}}[.)]|\W{{2,}})\s|.*[.,;?!]\s*$")
"""An item of a list, or a sentence."""

_ROOT = re.compile(r"(?:[\w.@~-]+/?|/|(?:[\w.-]+/)+[\w.-]*)\s*(?:#.*)?")

MIN_ALIGNED_LINES = 3
"""Minimum number of lines with a column at the same place; two lines may have one by chance."""

MAX_LINE_CHARS = 200  # unmeasured
"""A longer line is not part of a drawing."""

MAX_ROW_CHARS = 80
"""A longer row of aligned columns is prose: 5 of 52 public lists align explanations of 90 characters."""


def find_drawing_end(lines: Sequence[str], index: int) -> int:
    """Return the index after a drawing that begins at `index`, or `index` if none does."""
    start = index
    if _ROOT.fullmatch(lines[index]) and index + 1 < len(lines) and _is_branch(lines[index + 1]):
        index += 1
    end = index
    while (
        end < len(lines)
        and lines[end].strip()
        and (_is_drawn(lines[end]) or (end > index and _is_joint(lines[end])))
    ):
        end += 1
    if end - start > 1:
        return end
    columns: set[int] = set()
    end = start
    while end < len(lines) and (found := _find_columns(lines[end])) and (not columns or columns & found):
        columns = columns & found or found
        end += 1
    return end if end - start >= MIN_ALIGNED_LINES else start


def _is_drawn(line: str) -> bool:
    """Return whether a line is part of a table, a tree or a box."""
    return len(line) <= MAX_LINE_CHARS and _DRAWN.match(line) is not None


def may_be_drawn(line: str) -> bool:
    """Return whether a line is part of a drawing, or could be beside others."""
    return _is_drawn(line) or bool(_find_columns(line))


def _is_branch(line: str) -> bool:
    return line.lstrip()[:1] in ("├", "└", "│", "|", "+", "`", "\\") and _is_drawn(line)


def _is_joint(line: str) -> bool:
    return len(line) <= MAX_LINE_CHARS and _JOINT.fullmatch(line) is not None


def _find_columns(line: str) -> set[int]:
    """Return the columns at which text begins after two spaces or more, in a row of short cells."""
    if "  " not in line or len(line) > MAX_ROW_CHARS or _NO_ROW.match(line):
        return set()
    return {match.end() for match in _COLUMN.finditer(line)}
