"""Code fences that are never closed: they end above the next line that marks a question like those above."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.readers.labels import patterns

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)")
_HEADING = re.compile(r"(?P<level>#{1,6}) \S")


def close_fences(lines: Sequence[str]) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the lines with a closing fence in a blank line of each code block that has none.

    Return also the line ranges (from 0, the end excluded) of the fences that open these blocks. A block has
    no end if another fence with a language opens in it, or the file ends. It then ends above a heading of a
    level that the file had before, or above a question label; without such a line it stays as it is.
    """
    closed = list(lines)
    unclosed: list[tuple[int, int]] = []
    levels: set[str] = set()
    opening, fence, last_end = -1, "", -1
    for index in range(len(closed) + 1):
        match = _FENCE.fullmatch(closed[index]) if index < len(closed) else None
        is_end = index == len(closed) or (match is not None and bool(match["info"].strip()))
        if opening < 0:
            if match:
                opening, fence, last_end = index, match["fence"], -1
            elif index < len(closed) and (heading := _HEADING.match(closed[index])):
                levels.add(heading["level"])
        elif match and match["fence"].startswith(fence) and not match["info"].strip():
            opening = -1
        elif is_end and (match is None or match["fence"].startswith(fence)):
            if last_end >= 0:
                closed[last_end] = fence
                unclosed.append((opening, opening + 1))
            opening = index if match and last_end >= 0 else -1 if index == len(closed) else opening
            fence, last_end = (match["fence"], -1) if match and opening == index else (fence, last_end)
        elif last_end < 0 and index and not closed[index - 1].strip() and _marks(closed[index], levels):
            last_end = index - 1
    return closed, unclosed


def _marks(line: str, levels: set[str]) -> bool:
    """Return whether a line is a heading of a known level, or begins with a question label."""
    if heading := _HEADING.match(line):
        return heading["level"] in levels
    marker = patterns.match_marker(line) if patterns.could_be_marker(line) else None
    return marker is not None and marker.style[0] == "q"
