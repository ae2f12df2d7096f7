"""A set of characters as ranges: a font for Chinese has 20,000 characters in a few hundred ranges."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CharRanges:
    """The first and the last character of each range, in their order."""

    ranges: tuple[tuple[int, int], ...]

    @classmethod
    def from_codes(cls, codes: Iterable[int]) -> CharRanges:
        """Return a set of the characters with these code points."""
        ranges: list[tuple[int, int]] = []
        for code in sorted(set(codes)):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1] = ranges[-1][0], code
            else:
                ranges.append((code, code))
        return cls(tuple(ranges))

    def __len__(self) -> int:
        """Return the number of characters."""
        return sum(last - first + 1 for first, last in self.ranges)

    def __iter__(self) -> Iterator[str]:
        """Yield the characters."""
        for first, last in self.ranges:
            yield from map(chr, range(first, last + 1))

    def has(self, chars: str) -> bool:
        """Return whether all of these characters are in the set."""
        return all(map(self._has_one, chars))

    def _has_one(self, char: str) -> bool:
        index = bisect_right(self.ranges, (ord(char), sys.maxunicode)) - 1
        return index >= 0 and ord(char) <= self.ranges[index][1]
