"""Line breaking: first fit, and optimal fit by dynamic programming (after Knuth and Plass)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

TOLERANCE = 1e-9
"""How much wider than its limit a line may be, for rounding errors; in the unit of the widths."""
WIDOW_PENALTY = 1e6
"""Cost of a last line of one word; it exceeds any raggedness, so such a line is avoided wherever possible.

At 9 pt a line of a 3 × 5 inch card is 36 em wide, so its squared free space is at most 1,300.
"""


def first_fit(starts: Sequence[float], ends: Sequence[float], width: float) -> list[int]:
    """Break words into lines greedily, each line as full as it can be.

    `starts` and `ends` are the positions of each word on one endless line; they and `width`, the
    width of a line, are in any one unit. Return for each line the index after its last word. A word
    wider than a line gets a separate line.
    """
    count = len(ends)
    stops = []
    index = 0
    while index < count:
        index = bisect_right(ends, starts[index] + width + TOLERANCE, index + 1)
        stops.append(index)
    return stops


def count_lines(starts: Sequence[float], ends: Sequence[float], width: float) -> int:
    """Return the number of lines that `first_fit` makes, which is the smallest possible."""
    count = len(ends)
    lines = index = 0
    while index < count:
        index = bisect_right(ends, starts[index] + width + TOLERANCE, index + 1)
        lines += 1
    return lines


def _min_stops(starts: Sequence[float], ends: Sequence[float], width: float, lines: int) -> list[int]:
    """Return the smallest stop of each line for which the other words fit the lines after it."""
    index = len(ends)
    stops = [index]
    for _ in range(lines - 1):
        index = min(bisect_left(starts, ends[index - 1] - width - TOLERANCE, 0, index - 1), index - 1)
        stops.append(index)
    return stops[::-1]


def _best_halves(starts: Sequence[float], ends: Sequence[float]) -> int:
    """Return the stop of the first of two lines whose lengths differ least."""
    middle = bisect_left(ends, ends[-1] / 2)

    def cost(stop: int) -> tuple[float, bool]:
        lengths = ends[stop - 1] - starts[0], ends[-1] - starts[stop]
        # of two equal ways, the one without a single word on the last line
        return max(lengths), stop == len(ends) - 1

    return min((stop for stop in range(middle, middle + 3) if 0 < stop < len(ends)), key=cost)


def optimal_fit(
    starts: Sequence[float], ends: Sequence[float], width: float, is_last_balanced: bool = False
) -> list[int]:
    """Break words into the fewest lines with the least raggedness; return stops like `first_fit`.

    The raggedness is the sum of the squares of the lines' free space. The last line counts only if
    `is_last_balanced` is true; otherwise it may be short, but is not a single word if that can be
    avoided (`WIDOW_PENALTY`).
    """
    stops = first_fit(starts, ends, width)
    lines = len(stops)
    if lines == 1:
        return stops
    count = len(ends)
    if lines == 2 and not is_last_balanced:
        # only the first line counts, and `first_fit` has filled it
        is_widow = stops[0] == count - 1 and count > 2
        fits = ends[-1] - starts[count - 2] <= width + TOLERANCE
        return [count - 2, count] if is_widow and fits else stops
    if lines == 2:
        return [_best_halves(starts, ends), count]
    min_stops = _min_stops(starts, ends, width, lines)
    goal = (ends[-1] - starts[0]) / lines if is_last_balanced else width
    limit = width + TOLERANCE
    # dynamic programming over lines: the possible stops of the previous line and the least cost of each
    reached: list[int] = [0]
    costs: list[float] = [0.0]
    best_starts: list[dict[int, int]] = []
    for line in range(lines):
        is_last = line == lines - 1
        is_counted = is_last_balanced or not is_last
        next_reached: list[int] = []
        next_costs: list[float] = []
        best_start: dict[int, int] = {}
        for stop in range(max(min_stops[line], line + 1), stops[line] + 1):
            end = ends[stop - 1]
            min_cost = inf
            for start, previous_cost in zip(reached, costs, strict=True):
                length = end - starts[start]
                if start >= stop or (length > limit and stop - start > 1):
                    continue
                cost = previous_cost + (goal - length) ** 2 if is_counted else previous_cost
                if is_last and stop - start == 1:
                    cost += WIDOW_PENALTY
                if cost < min_cost:
                    min_cost = cost
                    best_start[stop] = start
            if min_cost < inf:
                next_reached.append(stop)
                next_costs.append(min_cost)
        reached, costs = next_reached, next_costs
        best_starts.append(best_start)
    if count not in best_starts[-1]:
        return stops
    path = [count]
    for best_start in reversed(best_starts[1:]):
        path.append(best_start[path[-1]])
    return path[::-1]
