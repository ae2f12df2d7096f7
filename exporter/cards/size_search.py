"""The search for the largest type size at which lines fit one column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from exporter.cards.code_layout import scale_code
from exporter.cards.column import TOLERANCE, LineSpacing, advance_height
from exporter.cards.line_breaking import count_lines
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.text_style import ASCENT, DESCENT

QUARTERS_PER_POINT = 4
"""Sizes are searched in quarter points."""

GUESSED_LINE_SHARE = 0.42
"""Free share of a paragraph's last line, as `SizeSearch` guesses it; affects speed only."""


@dataclass(frozen=True, slots=True)
class SizeSearch:
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
        leading = spacing.leading_at(size)
        # from here, lengths are fractions of the size
        limit, width = self.height / size + TOLERANCE, self.width / size
        height = ASCENT + DESCENT - leading
        for line in self.lines:
            if line.code:
                line = scale_code(line, self.width, size)
            available = width - line.indent
            if line.picture or line.shares_line:
                height += advance_height(line, size, spacing) + gap * line.gap_above
            elif line.width > available:
                available += line.trailing_space - line.hang
                count = count_lines(line.starts, line.ends, available)
                height += (leading * line.scale + line.extra_height) * count + gap * line.gap_above
            else:
                height += leading * line.scale + line.extra_height + gap * line.gap_above
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
