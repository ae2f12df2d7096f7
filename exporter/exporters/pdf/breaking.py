"""Breaking lines: how many a strip needs, and where they are best broken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

SLACK = 1e-9
LONELY = 1e6
"""What a last line of one word costs; any other way of breaking is better."""


def greedy(starts: Sequence[float], ends: Sequence[float], width: float) -> list[int]:
    """Return the index after the last word of each line, each line as full as can be.

    `starts` and `ends` are where each word begins and ends if the strip stood on one endless
    line; they and `width` are in any one unit. A word wider than a line has one to itself.
    """
    count = len(ends)
    stops = []
    at = 0
    while at < count:
        at = bisect_right(ends, starts[at] + width + SLACK, at + 1)
        stops.append(at)
    return stops


def count_lines(starts: Sequence[float], ends: Sequence[float], width: float) -> int:
    """Return how many lines `greedy` makes."""
    total = len(ends)
    lines = at = 0
    while at < total:
        at = bisect_right(ends, starts[at] + width + SLACK, at + 1)
        lines += 1
    return lines


def _latest(starts: Sequence[float], ends: Sequence[float], width: float, lines: int) -> list[int]:
    """Return the least stop of each line with which the rest still goes into the lines after it."""
    at = len(ends)
    stops = [at]
    for _ in range(lines - 1):
        at = min(bisect_left(starts, ends[at - 1] - width - SLACK, 0, at - 1), at - 1)
        stops.append(at)
    return stops[::-1]


def balanced(
    starts: Sequence[float], ends: Sequence[float], width: float, even_last: bool = False
) -> list[int]:
    """Return the stops of the fewest lines with the least raggedness.

    The sum of the squares of what lines fall short is least; the last line counts only with
    `even_last`, but is not left with a single word where that can be avoided.
    """
    stops = greedy(starts, ends, width)
    lines = len(stops)
    if lines == 1:
        return stops
    count = len(ends)
    if lines == 2 and not even_last:
        # nothing counts but the first line, and greedy has filled that
        return [count - 2, count] if stops[0] == count - 1 and count > 2 else stops
    least = _latest(starts, ends, width, lines)
    goal = (ends[-1] - starts[0]) / lines if even_last else width
    # best[stop] = (cost, stops so far) of the lines up to there
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(lines):
        last = line == lines - 1
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for stop in range(max(least[line], line + 1), stops[line] + 1):
            end = ends[stop - 1]
            choice: tuple[float, tuple[int, ...]] | None = None
            for start, (so_far, way) in best.items():
                if start >= stop or (end - starts[start] > width + SLACK and stop - start > 1):
                    continue
                short = goal - (end - starts[start])
                cost = so_far + (short * short if even_last or not last else 0.0)
                if last and stop - start == 1:
                    cost += LONELY
                if choice is None or cost < choice[0]:
                    choice = cost, (*way, stop)
            if choice is not None:
                reached[stop] = choice
        best = reached
    return list(best[count][1]) if count in best else stops
