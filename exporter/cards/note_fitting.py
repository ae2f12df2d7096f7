"""The setting of a measured note: its lines are broken once, at the sizes of its stack."""

from __future__ import annotations

from dataclasses import dataclass

from exporter.cards.column import Column, bottom_of, top_of
from exporter.cards.copyfitting import set_lines
from exporter.cards.front_cues import FrontCues
from exporter.cards.measured_note import MeasuredNote, MeasuredText
from exporter.cards.stack_sizes import StackSizes
from exporter.model.deck import Note
from exporter.model.question_numbers import number_text


def number_of(note: Note) -> str:
    """Return the number on a note's cards: the question's own, else its position in the source."""
    return number_text(note.question) or str(note.position)


@dataclass(frozen=True, slots=True)
class FittedNote:
    """A note set on as many cards as it needs; one-sided cards have no backs.

    `cues` are printed above the first back, `front_cues` below the question. `needs_shaping` is true if
    a letter needs shaping or bidi reordering.
    """

    note: Note
    fronts: tuple[Column, ...]
    backs: tuple[Column, ...]
    needs_shaping: bool = False
    cues: Column | None = None
    front_cues: FrontCues | None = None

    @property
    def cards(self) -> int:
        """The number of cards that the note takes."""
        return max(len(self.fronts), len(self.backs))

    @property
    def number(self) -> str:
        """The number that is printed on the cards."""
        return number_of(self.note)

    @property
    def answer_size(self) -> float:
        """The size of the answer or the cues in points; of the whole text on one-sided cards."""
        return (self.backs or self.fronts)[0].size

    @property
    def question_size(self) -> float:
        """The size of the question, in points."""
        return self.fronts[0].size


def set_note(measured: MeasuredNote, sizes: StackSizes) -> FittedNote:
    """Return a note at the sizes of its stack, or smaller where it does not fit."""
    answer = sizes.answer_size(measured.answer_quarters)
    columns = tuple(column for back in measured.backs for column in _set_text(back, answer))
    if not measured.question:
        return FittedNote(measured.note, columns, (), measured.needs_shaping)
    question = sizes.question_size(measured.question.fit.quarters)
    fronts = _set_text(measured.question, question)
    cues = measured.backs[0].cues
    if not cues:
        return FittedNote(measured.note, fronts, columns, measured.needs_shaping)
    above, below = _split_cues(columns[0], cues)
    return FittedNote(measured.note, fronts, (below,), measured.needs_shaping, above)


def _set_text(text: MeasuredText, quarters: int) -> tuple[Column, ...]:
    fit = text.fit._replace(quarters=quarters)
    return set_lines(text.lines_at(quarters), text.width, height=text.height, fit=fit)


def _split_cues(column: Column, count: int) -> tuple[Column, Column]:
    """Return the first `count` lines of the source and the lines below them as two columns."""
    starts = [index for index, line in enumerate(column.lines) if line.first == 0]
    index = starts[count] if count < len(starts) else len(column.lines)
    above, below = column.lines[:index], column.lines[index:]
    size = column.size
    cues = Column(size, above, bottom_of(above[-1], size))
    if not below:
        return cues, Column(size, (), 0.0)
    shift = top_of(below[0], size)
    lines = tuple(line._replace(down=line.down - shift) for line in below)
    return cues, Column(size, lines, column.height - shift)
