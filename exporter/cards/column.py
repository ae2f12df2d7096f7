"""A column of lines at one type size: where each line is broken, and the height of its base line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from exporter.cards.code_layout import CODE_END_COSTS, scale_code
from exporter.cards.line_breaking import first_fit, optimal_fit
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.text_style import ASCENT, BOLD, DESCENT

PICTURE_GAP = 0.5  # unmeasured
"""Space above an image, as a fraction of the type size."""
SMALL_SIZE_PT = 11.0
"""Size below which lines have `small_leading`: the eye needs space to find the next line."""
TOLERANCE = 1e-6
"""How much larger than its limit a column may be, for rounding errors; as a fraction of the size."""


@dataclass(frozen=True, slots=True)
class LineSpacing:
    """How the lines of a column are spaced; lengths are fractions of the type size.

    `leading` is the distance between base lines, `small_leading` that of type smaller than 11 pt, and
    `min_leading` that of lines which do not fit otherwise. `paragraph_gap` is the space between two
    steps, which may be from `min_gap` to `max_gap`. If `is_balanced`, all lines of a paragraph are about
    equally long; else the last one may be short.
    """

    leading: float
    paragraph_gap: float
    min_gap: float
    max_gap: float
    is_balanced: bool = False
    small_leading: float | None = None
    min_leading: float | None = None

    def leading_at(self, size: float) -> float:
        """Return the distance between base lines at a size in points, as a fraction of it."""
        if self.small_leading is not None and size < SMALL_SIZE_PT:
            return self.small_leading
        return self.leading


class SetLine(NamedTuple):
    """Words `first` to `stop` of a measured line; its base line is `down` points below the column's top."""

    measured: MeasuredLine
    first: int
    stop: int
    down: float


@dataclass(frozen=True, slots=True)
class Column:
    """Lines set at one size; `size` and `height` are in points."""

    size: float
    lines: tuple[SetLine, ...]
    height: float


def advance_height(line: MeasuredLine, size: float, spacing: LineSpacing) -> float:
    """Return the distance from the previous base line to that of a line, as a fraction of the size.

    `size` is in points.
    """
    if line.picture:
        return line.picture.height / size + PICTURE_GAP
    return 0.0 if line.shares_line else spacing.leading_at(size) * line.scale + line.extra_height


def top_of(line: SetLine, size: float) -> float:
    """Return how far a line's upper edge is below the column's top; both and `size` are in points."""
    measured = line.measured
    if measured.picture:
        return line.down - measured.picture.height
    return line.down - (ASCENT + measured.extra_height - measured.extra_depth) * size


def bottom_of(line: SetLine, size: float) -> float:
    """Return how far a line's lower edge is below the column's top; both and `size` are in points."""
    return line.down + (DESCENT + line.measured.extra_depth) * size


def break_line(
    line: MeasuredLine, width: float, spacing: LineSpacing, *, is_greedy: bool = False
) -> list[int]:
    """Return for each printed line the index after its last word; `width` is a fraction of the size.

    Lines are broken by optimal fit, or by first fit if `is_greedy`, which gives as many lines.
    """
    available = width - line.indent
    if line.width <= available or line.shares_line:
        return [len(line.ends)]
    available += line.trailing_space - line.hang
    if is_greedy:
        return first_fit(line.starts, line.ends, available)
    words, line_end_words = line.words, line.line_end_words

    def end_cost(index: int) -> float:
        if line.code:
            return CODE_END_COSTS.get(words[index][-1][0][-1], 1.0)
        word = words[index]
        if not isinstance(word, str):
            if len(word) > 1:
                return 0.0
            word = word[0][0]
        return word in line_end_words

    is_balanced = spacing.is_balanced or line.style == BOLD
    return optimal_fit(line.starts, line.ends, available, is_balanced, end_cost)


def set_column(
    lines: Sequence[MeasuredLine], width: float, *, height: float, size: float, spacing: LineSpacing
) -> Column:
    """Return lines at a size; width, height and size are in points.

    Free height is distributed over the gaps between steps, up to `spacing.max_gap`.
    """
    lines = [scale_code(line, width, size) if line.code else line for line in lines]
    stops_by_line = [break_line(line, width / size, spacing) for line in lines]
    weight = sum(line.gap_above for line in lines)
    rises = [advance_height(line, size, spacing) for line in lines]
    leading = spacing.leading_at(size)
    height_without_gaps = ASCENT + DESCENT - leading
    for rise, stops in zip(rises, stops_by_line, strict=True):
        height_without_gaps += len(stops) * rise
    free = (height / size - height_without_gaps) / weight if weight else 0.0
    gap = max(spacing.min_gap, min(spacing.max_gap, free))
    set_lines = []
    down = ASCENT - leading
    for line, stops, rise in zip(lines, stops_by_line, rises, strict=True):
        down += gap * line.gap_above
        first = 0
        for stop in stops:
            down += rise
            set_lines.append(SetLine(line, first, stop, (down - line.extra_depth) * size))
            first = stop
    return Column(size, tuple(set_lines), (down + DESCENT) * size)


def set_columns(
    lines: Sequence[MeasuredLine],
    width: float,
    *,
    height: float,
    size: float,
    spacing: LineSpacing,
    is_greedy: bool = False,
) -> tuple[Column, ...]:
    """Return lines on as many columns as they need at a size, with the smallest gaps.

    A paragraph stays in one column if it fits one. Width, height and size are in points.
    """
    max_height = height / size + TOLERANCE
    max_lines = max(1, int((max_height - ASCENT - DESCENT) / spacing.leading_at(size) + 1))
    columns: list[Column] = []
    set_lines: list[SetLine] = []
    down = 0.0

    def close() -> None:
        nonlocal set_lines
        columns.append(Column(size, tuple(set_lines), bottom_of(set_lines[-1], size)))
        set_lines = []

    for line in lines:
        if line.code:
            line = scale_code(line, width, size)
        stops = break_line(line, width / size, spacing, is_greedy=is_greedy)
        rise = advance_height(line, size, spacing)
        first_rise = rise + spacing.min_gap * line.gap_above
        paragraph_height = first_rise + (len(stops) - 1) * rise
        if set_lines and down + paragraph_height + DESCENT > max_height and len(stops) <= max_lines:
            close()
        first = 0
        for stop in stops:
            step = rise if first else first_rise
            if set_lines and down + step + DESCENT > max_height:
                close()
            if set_lines:
                down += step
            else:
                down = rise if line.picture else ASCENT + line.extra_height
            set_lines.append(SetLine(line, first, stop, (down - line.extra_depth) * size))
            first = stop
    if set_lines:
        close()
    return tuple(columns) or (Column(size, (), 0.0),)


def distribute_space(column: Column, height: float, spacing: LineSpacing) -> Column:
    """Return a column whose free height, in points, is distributed over its gaps, up to the largest gap."""
    weights = [
        line.measured.gap_above if index and line.first == 0 else 0.0
        for index, line in enumerate(column.lines)
    ]
    weight = sum(weights)
    if not weight:
        return column
    free = (height - column.height) / weight
    gap = max(0.0, min((spacing.max_gap - spacing.min_gap) * column.size, free))
    shifts = accumulate(weight * gap for weight in weights)
    lines = tuple(
        line._replace(down=line.down + shift) for line, shift in zip(column.lines, shifts, strict=True)
    )
    return Column(column.size, lines, column.height + weight * gap)
