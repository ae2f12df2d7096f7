"""Copyfitting: the search for the largest type size at which lines fit a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from exporter.cards.column import (
    ASCENT,
    DESCENT,
    TOLERANCE,
    Column,
    LineSpacing,
    advance_height,
    distribute_space,
    set_column,
    set_columns,
)
from exporter.cards.line_breaking import count_lines
from exporter.cards.measured_line import MeasuredLine

QUARTERS_PER_POINT = 4
"""Sizes are searched in quarter points."""
MIN_QUARTERS, MAX_QUARTERS = 36, 72  # unmeasured
"""Smallest and largest size in quarter points: 9 and 18 pt."""
COMFORTABLE_QUARTERS = 42  # unmeasured
"""Size (10.5 pt) below which gaps are reduced before the type is made smaller."""
MAX_SIZE = MAX_QUARTERS / QUARTERS_PER_POINT
"""Largest size in points, also that of an empty column."""

GUESSED_LINE_SHARE = 0.42
"""Free share of a paragraph's last line, as `_SizeSearch` guesses it; affects speed only."""

# unmeasured: questions are a few lines of about equal length, answers are steps of running text
QUESTION = LineSpacing(leading=1.2, paragraph_gap=0.6, min_gap=0.2, max_gap=0.6, is_balanced=True)
ANSWER = LineSpacing(leading=1.24, paragraph_gap=0.42, min_gap=0.1, max_gap=0.62)


def fit_column(
    lines: Sequence[MeasuredLine], width: float, *, height: float, spacing: LineSpacing
) -> Column | None:
    """Return lines at the largest size at which they fit `width` × `height` points, or None.

    Gaps between steps are reduced before the type becomes smaller than 10.5 pt.
    """
    high = max(MIN_QUARTERS, min(MAX_QUARTERS, find_max_word_size(lines, width)))
    comfortable = min(COMFORTABLE_QUARTERS, high)
    search = _SizeSearch(lines, width, height, spacing, spacing.paragraph_gap)
    size = search.find(comfortable, high)
    if size is None:
        size = replace(search, gap=spacing.min_gap).find(MIN_QUARTERS, comfortable)
    if size is None:
        return None
    return set_column(lines, width, height=height, size=size / QUARTERS_PER_POINT, spacing=spacing)


def continue_columns(
    lines: Sequence[MeasuredLine], width: float, *, height: float, spacing: LineSpacing
) -> tuple[Column, ...]:
    """Return lines on as many columns as they need at 9 pt, at the largest size that needs no more.

    Width and height are in points.
    """

    def set_at(quarters: int, *, is_greedy: bool) -> tuple[Column, ...]:
        size = quarters / QUARTERS_PER_POINT
        return set_columns(lines, width, height=height, size=size, spacing=spacing, is_greedy=is_greedy)

    # first fit gives as many lines as optimal fit, and is faster
    fewest = len(set_at(MIN_QUARTERS, is_greedy=True))
    high = max(MIN_QUARTERS, min(MAX_QUARTERS, find_max_word_size(lines, width)))
    quarters = _bisect(lambda middle: len(set_at(middle, is_greedy=True)) <= fewest, MIN_QUARTERS, high)
    return tuple(distribute_space(column, height, spacing) for column in set_at(quarters, is_greedy=False))


def _bisect(is_possible: Callable[[int], bool], low: int, high: int) -> int:
    """Return the largest possible number from `low`, which is possible, to `high`."""
    while low < high:
        middle = (low + high + 1) // 2
        if is_possible(middle):
            low = middle
        else:
            high = middle - 1
    return low


def find_max_word_size(lines: Sequence[MeasuredLine], width: float) -> int:
    """Return the largest size, in quarter points, at which the widest word fits `width` points."""
    widest = max((line.widest_word for line in lines), default=0.0)
    if widest * MAX_QUARTERS <= width * QUARTERS_PER_POINT:
        return MAX_QUARTERS
    return int(width * QUARTERS_PER_POINT / widest)


@dataclass(frozen=True, slots=True)
class _SizeSearch:
    """The search for the largest size at which lines fit `width` × `height` points.

    `gap` is the space between two steps, as a fraction of the size.
    """

    lines: Sequence[MeasuredLine]
    width: float
    height: float
    spacing: LineSpacing
    gap: float

    def find(self, low: int, high: int) -> int | None:
        """Return the largest size from `low` to `high` quarter points that fits, or None.

        If a size fits, so do all smaller ones. This is a galloping search around a guess, which is
        seldom off by more than two quarter points.
        """
        middle = max(low, min(high, self._guess()))
        best, step = low - 1, 2
        while best < high:
            if self._fits(middle):
                best, middle = middle, middle + step
            else:
                high, middle = middle - 1, middle - step
            step *= 2
            if not best < middle <= high:
                middle = (best + high + 1) // 2
        return best if best >= low else None

    def _fits(self, quarters: int) -> bool:
        """Return whether the lines fit at a size in quarter points."""
        size, spacing, gap = quarters / QUARTERS_PER_POINT, self.spacing, self.gap
        # from here, lengths are fractions of the size
        limit, width = self.height / size + TOLERANCE, self.width / size
        height = ASCENT + DESCENT - spacing.leading
        for line in self.lines:
            available = width - line.indent
            if line.picture or line.shares_line:
                height += advance_height(line, size, spacing) + gap * line.gap_above
            elif line.width > available:
                available += line.trailing_space - line.hang
                count = count_lines(line.starts, line.ends, available)
                height += spacing.leading * count + gap * line.gap_above
            else:
                height += spacing.leading + gap * line.gap_above
            if height > limit:
                return False
        return height <= limit

    def _guess(self) -> int:
        """Return the size, in quarter points, at which the area of the text is about that of the column.

        With s the size, L the length of all lines, and g what gaps and short last lines add, both as
        fractions of s, the height is s² × leading × L / width + s × g; this solves for s.
        """
        leading = self.spacing.leading
        length = sum(line.width for line in self.lines)
        linear = sum(GUESSED_LINE_SHARE * leading + self.gap * line.gap_above for line in self.lines)
        quadratic = max(leading * length / self.width, 1e-9)
        root = sqrt(linear * linear + 4 * quadratic * self.height)
        return int(QUARTERS_PER_POINT * (root - linear) / (2 * quadratic))
