"""Pairing: which line of a field as it was is which line of the field as it shall be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from exporter.patching.field_lines import FieldLine

MIN_SIMILARITY = 0.4
"""Minimum similarity (0 to 1) of two lines that are one line, edited.

Of 400 edits of a word or two in lines of the seed, all are above 0.55; two different lines of one answer
are below 0.45 in 95 of 100. Where the numbers of lines are equal, they are paired in order whatever they say.
"""

MAX_PAIRED_LINES = 400
"""Maximum number of changed lines on each side that are compared with each other: the time is quadratic."""


class LinePair(NamedTuple):
    """The indices of a line before and after the change; None for a new line, or one that is gone."""

    old: int | None
    new: int | None


def pair_lines(old: Sequence[FieldLine], new: Sequence[FieldLine]) -> list[LinePair]:
    """Return the pairs of lines in the order of the new ones, those that are gone where they were."""
    matcher = SequenceMatcher(None, [line.key for line in old], [line.key for line in new], autojunk=False)
    pairs: list[LinePair] = []
    for _, first, last, new_first, new_last in matcher.get_opcodes():
        count, new_count = last - first, new_last - new_first
        if count == new_count:
            pairs += map(LinePair, range(first, last), range(new_first, new_last))
        else:
            pair = _pair_rest if max(count, new_count) > MAX_PAIRED_LINES else _pair_similar
            pairs += pair(old, new, range(first, last), range(new_first, new_last))
    return pairs


def _pair_similar(
    old: Sequence[FieldLine], new: Sequence[FieldLine], before: range, after: range
) -> list[LinePair]:
    """Return the pairs with the highest total similarity that keep the order (dynamic programming)."""
    ratios = [[_similarity(old[index], new[new_index]) for new_index in after] for index in before]
    totals = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for row in range(len(before)):
        for column in range(len(after)):
            ratio = ratios[row][column]
            paired = totals[row][column] + ratio if ratio > MIN_SIMILARITY else 0.0
            totals[row + 1][column + 1] = max(totals[row][column + 1], totals[row + 1][column], paired)
    similar: list[tuple[int, int]] = []
    row, column = len(before), len(after)
    while row and column:
        ratio = ratios[row - 1][column - 1]
        if ratio > MIN_SIMILARITY and totals[row][column] == totals[row - 1][column - 1] + ratio:
            row, column = row - 1, column - 1
            similar.append((row, column))
        elif totals[row][column] == totals[row][column - 1]:
            column -= 1
        else:
            row -= 1
    pairs: list[LinePair] = []
    row = column = 0
    for next_row, next_column in [*similar[::-1], (len(before), len(after))]:
        pairs += _pair_rest(old, new, before[row:next_row], after[column:next_column])
        if next_row < len(before):
            pairs.append(LinePair(before[next_row], after[next_column]))
        row, column = next_row + 1, next_column + 1
    return pairs


def _pair_rest(
    old: Sequence[FieldLine], new: Sequence[FieldLine], before: range, after: range
) -> Iterator[LinePair]:
    """Yield the pairs of lines that are unlike each other: a line is written in the place of another."""
    count = 0
    for index, new_index in zip(before, after, strict=False):
        if old[index].kind is not new[new_index].kind:
            break
        count += 1
        yield LinePair(index, new_index)
    yield from (LinePair(index, None) for index in before[count:])
    yield from (LinePair(None, index) for index in after[count:])


def _similarity(old: FieldLine, new: FieldLine) -> float:
    if old.kind is not new.kind:
        return 0.0
    return SequenceMatcher(None, old.text, new.text, autojunk=False).ratio()
