"""Ranks: numbers in the order of the questions, with gaps, so that an addition changes no other rank."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

RANK_STEP = 1024
"""Distance between the ranks of new neighbours: ten insertions by halving have room; unmeasured."""

MAX_RANK = 2**50
"""Ranks from here on are assigned again: numbers in a lock are below 2**53, and neighbours need gaps."""


def longest_increasing_subsequence(ranks: Sequence[int | None]) -> frozenset[int]:
    """Return the indices of a longest increasing subsequence of the ranks (patience sorting, O(n log n)).

    `None` is part of no subsequence.
    """
    tails: list[int] = []  # the smallest last rank of a subsequence of each length
    tail_indices: list[int] = []
    predecessors: dict[int, int | None] = {}
    for index, rank in enumerate(ranks):
        if rank is None:
            continue
        slot = bisect_left(tails, rank)
        predecessors[index] = tail_indices[slot - 1] if slot else None
        tails[slot : slot + 1] = [rank]
        tail_indices[slot : slot + 1] = [index]
    subsequence = set()
    last = tail_indices[-1] if tail_indices else None
    while last is not None:
        subsequence.add(last)
        last = predecessors[last]
    return frozenset(subsequence)


def assign_ranks(ranks: Sequence[int | None], fixed: frozenset[int]) -> list[int]:
    """Return increasing ranks; those at the `fixed` indices do not change, if the others fit in the gaps."""
    new_ranks: list[int] = []
    edges = [-1, *sorted(fixed), len(ranks)]
    for left, right in pairwise(edges):
        low, high = (ranks[left] if left >= 0 else None), (ranks[right] if right < len(ranks) else None)
        count_between = right - left - 1
        if low is None and high is None:
            low = 0
        if low is not None and high is not None and high - low <= count_between:
            return [RANK_STEP * (index + 1) for index in range(len(ranks))]
        if low is None and high is not None:
            low, step = high - RANK_STEP * (count_between + 1), RANK_STEP
        else:
            low = low or 0
            step = RANK_STEP if high is None else (high - low) // (count_between + 1)
        new_ranks += [low + step * (n + 1) for n in range(count_between)]
        if high is not None:
            new_ranks.append(high)
    return new_ranks
