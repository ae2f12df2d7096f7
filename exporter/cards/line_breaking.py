"""Line breaking: first fit, and optimal fit by dynamic programming (after Knuth and Plass)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from math import inf

TOLERANCE = 1e-9
"""How much wider than its limit a line may be, for rounding errors; in the unit of the widths."""
SHORT_LINE_PENALTY = 1e6
"""Cost of a last line that is too short; it exceeds any raggedness, so it is avoided if possible.

At 9 pt a line of a 3 × 5 inch card is 36 em wide, so its squared free space is at most 1,300.
"""
MIN_LAST_LINE_SHARE = 0.25
"""Smallest length of a last line, as a fraction of the width of a line.

Of the 122 last lines of the user's answers on 3 × 5 inch cards 20 were shorter, most of them one word of two
or three; now 1 is, whose other lines are full.
"""
LINE_END_SHARE = 0.4
"""How much shorter a line may be for the sake of its last word, as a fraction of the width of a line.

Of the user's 30 lines of questions on 3 × 5 inch cards 6 ended in a determiner or preposition, and of 145
lines of answers 23: now 2 and 2, which full lines leave no choice. A larger share changes none of them on
business cards and 3 × 5 inch cards, and 0.2 leaves 3 on business cards; the lines of answers are 0.93 of the
column long in the median with any of these.
"""

EndCost = Callable[[int], float]
"""Return what it costs to end a line with the word of an index, from 0 to 1: a preposition costs 1."""


def _no_cost(_: int) -> float:
    return 0.0


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


def optimal_fit(
    starts: Sequence[float],
    ends: Sequence[float],
    width: float,
    is_last_balanced: bool = False,
    end_cost: EndCost = _no_cost,
) -> list[int]:
    """Break words into the fewest lines with the least cost; return stops like `first_fit`.

    The cost is the sum of the squares of the lines' free space, the `end_cost` of each line but the
    last (in units of the square of `LINE_END_SHARE` × `width`), and one for a last line that is too
    short (`SHORT_LINE_PENALTY`). The free space of the last line counts only if `is_last_balanced` is
    true; all lines are then compared with their mean length instead of `width`.
    """
    stops = first_fit(starts, ends, width)
    lines = len(stops)
    if lines == 1:
        return stops
    goal = (ends[-1] - starts[0]) / lines if is_last_balanced else width
    full_cost = (LINE_END_SHARE * width) ** 2
    min_last_length = MIN_LAST_LINE_SHARE * width
    if lines == 2:
        return _fit_two_lines(
            starts,
            ends,
            stops[0],
            width=width,
            goal=goal,
            min_last_length=min_last_length,
            full_cost=full_cost,
            end_cost=end_cost,
        )
    count = len(ends)
    min_stops = _min_stops(starts, ends, width, lines)
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
                if is_last and length < min_last_length:
                    cost += SHORT_LINE_PENALTY
                if cost < min_cost:
                    min_cost = cost
                    best_start[stop] = start
            if min_cost < inf:
                next_reached.append(stop)
                next_costs.append(min_cost if is_last else min_cost + full_cost * end_cost(stop - 1))
        reached, costs = next_reached, next_costs
        best_starts.append(best_start)
    if count not in best_starts[-1]:
        return stops
    path = [count]
    for best_start in reversed(best_starts[1:]):
        path.append(best_start[path[-1]])
    return path[::-1]


def _fit_two_lines(
    starts: Sequence[float],
    ends: Sequence[float],
    max_stop: int,
    *,
    width: float,
    goal: float,
    min_last_length: float,
    full_cost: float,
    end_cost: EndCost,
) -> list[int]:
    """Return the stops of two lines like `optimal_fit`; `max_stop` is the largest of the first line."""
    count = len(ends)
    first_start, last_end = starts[0], ends[-1]
    is_last_counted = goal < width
    best_stop, min_cost = max_stop, inf
    for stop in range(max_stop, 0, -1):
        length = ends[stop - 1] - first_start
        last_length = last_end - starts[stop]
        if last_length > width + TOLERANCE and stop < count - 1:
            break
        cost = (goal - length) ** 2
        if cost >= min_cost and length < goal:
            break  # a shorter first line only costs more
        if is_last_counted:
            cost += (goal - last_length) ** 2
        if last_length < min_last_length:
            cost += SHORT_LINE_PENALTY
        if cost < min_cost:
            cost += full_cost * end_cost(stop - 1)
        if cost < min_cost:
            best_stop, min_cost = stop, cost
    return [best_stop, count]
