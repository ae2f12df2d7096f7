"""A measured note: the lines of its question and its backs, and the largest sizes at which they fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from exporter.cards.column import TOLERANCE, LineSpacing
from exporter.cards.column_context import ColumnContext
from exporter.cards.copyfitting import Fit, SizeRange, find_fit
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.size_search import QUARTERS_PER_POINT
from exporter.model.deck import Note

LayOut = Callable[[ColumnContext], list[MeasuredLine]]


@dataclass(frozen=True, slots=True)
class MeasuredText:
    """Lines of a column of `width` × `height` points, and the largest size at which they fit.

    `context` is that of `lines`, and `lay_out` returns the lines for another one. The first `cues` lines
    are cues above an answer.
    """

    lines: list[MeasuredLine]
    fit: Fit
    width: float
    height: float
    spacing: LineSpacing
    sizes: SizeRange
    context: ColumnContext
    lay_out: LayOut
    cues: int = 0

    def lines_at(self, quarters: int) -> list[MeasuredLine]:
        """Return the lines for a size, at most that of the fit; words that fit whole are not divided."""
        size = quarters / QUARTERS_PER_POINT
        if size * self.context.max_word_width >= self.width - TOLERANCE or not any(
            line.is_divided for line in self.lines
        ):
            return self.lines
        lines = self.lay_out(replace(self.context, max_word_width=self.width / size))
        sizes = self.sizes._replace(low=quarters, high=quarters)
        fit = find_fit(lines, self.width, height=self.height, spacing=self.spacing, sizes=sizes)
        # whole words may take more lines
        return lines if fit.columns <= self.fit.columns else self.lines


@dataclass(frozen=True, slots=True)
class MeasuredNote:
    """A note with its question, and what its backs have; `question` is None on one-sided cards.

    Several `backs` are cues and an answer that do not fit one card together.
    """

    note: Note
    question: MeasuredText | None
    backs: tuple[MeasuredText, ...]

    @property
    def cards(self) -> int:
        """The least number of cards that the note takes."""
        return max(self.question.fit.columns if self.question else 0, self.back_cards)

    @property
    def back_cards(self) -> int:
        """The least number of cards that what is on the backs takes."""
        return sum(back.fit.columns for back in self.backs)

    @property
    def answer_quarters(self) -> int:
        """The largest size of the backs, in quarter points."""
        return min(back.fit.quarters for back in self.backs)

    @property
    def needs_shaping(self) -> bool:
        """Whether a letter needs shaping or bidi reordering."""
        texts = (*((self.question,) if self.question else ()), *self.backs)
        return any(line.needs_shaping for text in texts for line in text.lines)
