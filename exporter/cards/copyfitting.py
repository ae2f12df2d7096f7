"""Copyfitting: the search for the largest type size at which lines fit a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from exporter.cards.column import (
    Column,
    LineSpacing,
    distribute_space,
    set_column,
    set_columns,
)
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.picture_layout import enlarge_pictures
from exporter.cards.size_search import QUARTERS_PER_POINT, SizeSearch
from exporter.cards.text_style import ASCENT, DESCENT

COMFORTABLE_QUARTERS = 44
"""Size (11 pt) below which gaps are reduced before the type is made smaller.

At it, the answers to the user's 28 questions are set in 11 pt on 3 × 5 inch cards, and one card in five
has smaller gaps. With 10.5 pt they would be in 10.5 pt, with 12 pt half of them would have smaller gaps.
"""

QUESTION = LineSpacing(leading=1.18, paragraph_gap=0.6, min_gap=0.2, max_gap=0.6, is_balanced=True)
"""Questions are a few lines of about equal length in large bold type, which needs little leading."""
ANSWER = LineSpacing(
    leading=1.27, paragraph_gap=0.5, min_gap=0.1, max_gap=0.5, small_leading=1.3, min_leading=1.2
)
"""Answers are steps of running text, with half an em between them where there is room.

The leading is from 1.2 to 1.45, that of books (Butterick, Practical Typography, “Line spacing”). With
1.2, the longest answer of the user's 28 questions fits a 3 × 5 inch card at 9.5 pt, with 1.3 not at 9 pt.
"""


class SizeRange(NamedTuple):
    """The smallest and the largest size in quarter points; above `max_broken`, no line may be broken."""

    low: int
    high: int
    max_broken: int | None = None


class Fit(NamedTuple):
    """The largest size, in quarter points, at which lines need the fewest columns, and with what."""

    quarters: int
    columns: int
    spacing: LineSpacing


def find_fit(
    lines: Sequence[MeasuredLine], width: float, *, height: float, spacing: LineSpacing, sizes: SizeRange
) -> Fit:
    """Return the largest size at which lines fit `width` × `height` points, or else the fewest such columns.

    Gaps between steps are reduced before the type becomes smaller than 11 pt, and the leading before a
    second column is needed.
    """
    low = sizes.low
    high = max(low, min(find_max_size(lines, width, sizes), sizes.high))
    comfortable = max(low, min(COMFORTABLE_QUARTERS, high))
    search = SizeSearch(lines, width, height, spacing, spacing.paragraph_gap)
    size = search.find(comfortable, high)
    if size is None:
        search = replace(search, gap=spacing.min_gap)
        size = search.find(low, comfortable)
    if size is None and spacing.min_leading is not None:
        spacing = replace(spacing, leading=spacing.min_leading, small_leading=None)
        size = replace(search, spacing=spacing).find(low, comfortable)
    if size is not None:
        return Fit(size, 1, spacing)
    spacing = search.spacing

    def count_at(quarters: int) -> int:
        # first fit gives as many lines as optimal fit, and is faster
        size = quarters / QUARTERS_PER_POINT
        return len(set_columns(lines, width, height=height, size=size, spacing=spacing, is_greedy=True))

    highest = ASCENT + DESCENT + max(line.extra_height for line in lines)
    high = max(low, min(high, int(height * QUARTERS_PER_POINT / highest)))
    fewest = count_at(low)
    return Fit(_bisect(lambda middle: count_at(middle) <= fewest, low, high), fewest, spacing)


def set_lines(
    lines: Sequence[MeasuredLine],
    width: float,
    *,
    height: float,
    fit: Fit,
) -> tuple[Column, ...]:
    """Return lines at the size of a fit, in its number of columns; width and height are in points."""
    size, spacing = fit.quarters / QUARTERS_PER_POINT, fit.spacing
    if not lines:
        return (Column(size, (), 0.0),)
    if fit.columns == 1:
        columns: Sequence[Column] = (set_column(lines, width, height=height, size=size, spacing=spacing),)
    else:
        continued = set_columns(lines, width, height=height, size=size, spacing=spacing)
        columns = [distribute_space(column, height, spacing) for column in continued]
    return tuple(enlarge_pictures(column, width, height) for column in columns)


def _bisect(is_possible: Callable[[int], bool], low: int, high: int) -> int:
    """Return the largest possible number from `low`, which is possible, to `high`."""
    while low < high:
        middle = (low + high + 1) // 2
        if is_possible(middle):
            low = middle
        else:
            high = middle - 1
    return low


def find_max_size(lines: Sequence[MeasuredLine], width: float, sizes: SizeRange) -> int:
    """Return the largest size, in quarter points, at which words and lines are narrow enough.

    The widest word fits `width` points, and above `sizes.max_broken` also the longest line.
    """
    quarters = sizes.high
    widest = max((line.widest_word for line in lines), default=0.0)
    if widest * quarters > width * QUARTERS_PER_POINT:
        quarters = int(width * QUARTERS_PER_POINT / widest)
    if sizes.max_broken is None or quarters <= sizes.max_broken:
        return quarters
    longest = max((line.width + line.indent for line in lines if not line.code), default=0.0)
    if longest * quarters > width * QUARTERS_PER_POINT:
        quarters = max(sizes.max_broken, int(width * QUARTERS_PER_POINT / longest))
    return quarters
