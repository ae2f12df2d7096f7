"""Code between fences in plain text: nothing in it is a marker or a label."""

from __future__ import annotations

import re
from collections.abc import Sequence

OPEN = re.compile(
    r"(?P<indent>\s{0,60}(?:(?:[-*+•]|\d{1,4}[.)])\s{1,8}){0,8})(?P<fence>`{3,40}|~{3,40})\s{0,3}(?P<language>[\w+#.-]{0,30})\s*"
)


def find_fence(
    lines: Sequence[str], index: int, closings: dict[str, int] | None = None
) -> tuple[int, str] | None:
    """Return the index of the closing fence, and the language, where a fence opens at `index` and is closed.

    `closings` remembers from where on a kind of fence is never closed, so that many open ones cost no time.
    """
    opened = OPEN.fullmatch(lines[index]) if len(lines[index]) < 100 else None
    if opened is None:
        return None
    kind = opened["fence"]
    if closings is not None and index >= closings.get(kind, len(lines)):
        return None
    for end in range(index + 1, len(lines)):
        text = lines[end].strip()
        if text.startswith(kind) and not text.strip(kind[0]):
            return end, opened["language"]
    if closings is not None:
        closings[kind] = index
    return None


def find_fenced_lines(lines: Sequence[str]) -> set[int]:
    """Return the indices of all lines from an opening fence to its closing one."""
    inside: set[int] = set()
    closings: dict[str, int] = {}
    index = 0
    while index < len(lines):
        line = lines[index]
        if ("```" in line or "~~~" in line) and (found := find_fence(lines, index, closings)):
            inside.update(range(index, found[0] + 1))
            index = found[0]
        index += 1
    return inside
