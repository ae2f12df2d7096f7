"""The sizes of a stack of cards: one for its questions and one for its answers, as large as most fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exporter.cards.card_content import max_continued
from exporter.cards.measured_note import MeasuredNote
from exporter.cards.size_limits import SizeLimits
from exporter.cards.size_search import QUARTERS_PER_POINT

STEPS_ABOVE = (4, 2, 0)
"""How many quarter points an answer may be larger than the size of its stack, the most first.

Two sizes differ by half a point at least: 4 % at 12 pt, which nobody sees between two cards, so that a
stack looks like one size, and a short answer is a point larger.
"""


@dataclass(frozen=True, slots=True)
class StackSizes:
    """The sizes of the questions and answers of a stack, in quarter points."""

    question: int
    answer: int

    def question_size(self, largest: int) -> int:
        """Return the size of a question that fits at `largest`: that of the stack, or smaller."""
        return min(largest, self.question)

    def answer_size(self, largest: int) -> int:
        """Return the size of an answer that fits at `largest`: the stack's, up to 1 pt more, or smaller."""
        return next((self.answer + step for step in STEPS_ABOVE if largest >= self.answer + step), largest)

    @property
    def answer_pt(self) -> float:
        """The size of the answers in points."""
        return self.answer / QUARTERS_PER_POINT


def choose_sizes(notes: Sequence[MeasuredNote], limits: SizeLimits) -> StackSizes:
    """Return the largest sizes at which 90 % of the notes fit the fewest cards."""
    questions = (note.question.fit.quarters for note in notes if note.question)
    return StackSizes(
        max(limits.question_floor, _size_of_most(questions, limits.question.high)),
        _size_of_most((note.answer_quarters for note in notes), limits.answer.high),
    )


def _size_of_most(largest: Iterable[int], default: int) -> int:
    """Return the largest size that 90 % of the sizes are not smaller than."""
    ordered = sorted(largest)
    return ordered[max_continued(len(ordered))] if ordered else default
