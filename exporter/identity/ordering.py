"""Ranks: numbers whose order is the questions' order, so that an addition touches no neighbour."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

RANK_STEP = 1024
"""The distance between the ranks of neighbours, for later questions to find room."""

MAX_RANK = 2**50
"""Larger ranks are given anew: a lock holds no number from 2**53 on, and neighbours need room."""


def longest_increasing_subsequence(ranks: Sequence[int | None]) -> frozenset[int]:
    """Return the places that kept their order: a longest rising row of the old ranks."""
    tails: list[int] = []
    tail_places: list[int] = []
    before: dict[int, int | None] = {}
    for place, rank in enumerate(ranks):
        if rank is None:
            continue
        slot = bisect_left(tails, rank)
        before[place] = tail_places[slot - 1] if slot else None
        tails[slot : slot + 1] = [rank]
        tail_places[slot : slot + 1] = [place]
    kept = set()
    last = tail_places[-1] if tail_places else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return frozenset(kept)


def assign_ranks(ranks: Sequence[int | None], kept: frozenset[int]) -> list[int]:
    """Return a rising rank for each place; those of the kept places stay, where there is room."""
    result: list[int] = []
    fixed = sorted(kept)
    edges = [-1, *fixed, len(ranks)]
    for left, right in pairwise(edges):
        low, high = (ranks[left] if left >= 0 else None), (ranks[right] if right < len(ranks) else None)
        between = right - left - 1
        if low is None and high is None:
            low = 0
        if low is not None and high is not None and high - low <= between:
            return [RANK_STEP * (place + 1) for place in range(len(ranks))]
        if low is None and high is not None:
            low, step = high - RANK_STEP * (between + 1), RANK_STEP
        else:
            low = low or 0
            step = RANK_STEP if high is None else (high - low) // (between + 1)
        result += [low + step * (n + 1) for n in range(between)]
        if high is not None:
            result.append(high)
    return result
