"""Code fences in plain text: no line in them is a marker or a label."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

MAX_FENCE_LINE_CHARS = 99
"""A longer line does not open a fence."""

_OPENING_FENCE = re.compile(
    r"(?P<indent>\s{0,60}(?:(?:[-*+•]|\d{1,4}[.)])\s{1,8}){0,8})(?P<fence>`{3,40}|~{3,40})"
    r"\s{0,3}(?P<language>[\w+#.-]{0,30})(?P<attributes>[^`~]{0,100})"
)


def find_fence(
    lines: Sequence[str], index: int, unclosed_from: dict[str, int] | None = None
) -> tuple[int, str] | None:
    """Return the index of the closing fence and the language if a fence opens at `index` and is closed.

    A fence is not closed if another one with a language opens before its end. `unclosed_from` caches from
    which line on a fence is never closed: many open ones take linear time.
    """
    opening = _match_opening(lines[index])
    if opening is None:
        return None
    fence = opening["fence"]
    if unclosed_from is not None and index >= unclosed_from.get(fence, len(lines)):
        return None
    for end in range(index + 1, len(lines)):
        text = lines[end].strip()
        if not text.startswith(fence):
            continue
        if not text.strip(fence[0]):
            return end, opening["language"]
        if _match_opening(lines[end]):
            return None
    if unclosed_from is not None:
        unclosed_from[fence] = index
    return None


def _match_opening(line: str) -> re.Match[str] | None:
    return _OPENING_FENCE.fullmatch(line) if len(line) <= MAX_FENCE_LINE_CHARS else None


def find_unclosed_fences(lines: Sequence[str], fenced: Collection[int]) -> list[int]:
    """Return the indices of opening fences outside fenced code, which are never closed."""
    return [
        index
        for index, line in enumerate(lines)
        if ("```" in line or "~~~" in line) and index not in fenced and _match_opening(line)
    ]


def find_fenced_lines(lines: Sequence[str]) -> set[int]:
    """Return the indices of all lines from an opening fence to its closing fence, both included."""
    indices: set[int] = set()
    unclosed_from: dict[str, int] = {}
    index = 0
    while index < len(lines):
        line = lines[index]
        if ("```" in line or "~~~" in line) and (fence := find_fence(lines, index, unclosed_from)):
            indices.update(range(index, fence[0] + 1))
            index = fence[0]
        index += 1
    return indices
