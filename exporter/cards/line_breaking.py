"""Breaking lines: how many a strip needs, and where they are best broken."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

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


def _half(starts: Sequence[float], ends: Sequence[float]) -> int:
    """Return where two lines are most alike in length; each goes into the width."""
    middle = bisect_left(ends, ends[-1] / 2)

    def longer(stop: int) -> tuple[float, bool]:
        lengths = ends[stop - 1] - starts[0], ends[-1] - starts[stop]
        # of two ways as good, the one that leaves no lonely word at the end
        return max(lengths), stop == len(ends) - 1

    return min((stop for stop in range(middle, middle + 3) if 0 < stop < len(ends)), key=longer)


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
        lonely = stops[0] == count - 1 and count > 2
        fits = ends[-1] - starts[count - 2] <= width + SLACK
        return [count - 2, count] if lonely and fits else stops
    if lines == 2:
        return [_half(starts, ends), count]
    least = _latest(starts, ends, width, lines)
    goal = (ends[-1] - starts[0]) / lines if even_last else width
    limit = width + SLACK
    # what the lines up to each possible stop cost, and the stop before it
    reached: list[int] = [0]
    costs: list[float] = [0.0]
    ways: list[dict[int, int]] = []
    for line in range(lines):
        last = line == lines - 1
        counts = even_last or not last
        reached_next: list[int] = []
        costs_next: list[float] = []
        way: dict[int, int] = {}
        for stop in range(max(least[line], line + 1), stops[line] + 1):
            end = ends[stop - 1]
            best = inf
            for start, so_far in zip(reached, costs, strict=True):
                length = end - starts[start]
                if start >= stop or (length > limit and stop - start > 1):
                    continue
                cost = so_far + (goal - length) ** 2 if counts else so_far
                if last and stop - start == 1:
                    cost += LONELY
                if cost < best:
                    best = cost
                    way[stop] = start
            if best < inf:
                reached_next.append(stop)
                costs_next.append(best)
        reached, costs = reached_next, costs_next
        ways.append(way)
    if count not in ways[-1]:
        return stops
    chosen = [count]
    for way in reversed(ways[1:]):
        chosen.append(way[chosen[-1]])
    return chosen[::-1]
