"""The fitting of one note: its question, cues and answer as large as the sides of its cards allow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from exporter.cards import font_set as face
from exporter.cards.block_layout import Room, answer_strips, flow
from exporter.cards.card_metrics import Form
from exporter.cards.copyfitting import (
    ANSWER,
    CEILING,
    QUARTER,
    QUESTION,
    TIGHT,
    Column,
    Spacing,
    continued,
    fitted,
)
from exporter.cards.text_measurement import Strip
from exporter.config.choices import PrintMode
from exporter.model.deck import CardContent, Note
from exporter.model.question_numbers import number_text
from exporter.model.questions import Block, ListBlock, Paragraph, Strong

MAX_CUES_SHARE, MIN_CUES_SHARE = 0.5, 0.3
"""What part of a back cues take above an answer: first half of it, else less, so that the answer fits."""


def number_of(note: Note) -> str:
    """Return the number on a note's cards: the question's own, else its place in the source."""
    return number_text(note.question) or str(note.position)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A note set on as many cards as it needs; a card printed on one side has no backs.

    `cues` are above the first back, where a card has both.
    """

    note: Note
    fronts: tuple[Column, ...]
    backs: tuple[Column, ...]
    special: bool = False
    cues: Column | None = None

    @property
    def cards(self) -> int:
        """Return how many cards the note takes."""
        return max(len(self.fronts), len(self.backs))

    @property
    def number(self) -> str:
        """Return the number on the card."""
        return number_of(self.note)

    @property
    def sizes(self) -> tuple[float, float]:
        """Return the smallest and the largest size, in points."""
        columns = (*self.fronts, *self.backs, *((self.cues,) if self.cues else ()))
        sizes = [column.size for column in columns if column.lines]
        return (min(sizes), max(sizes)) if sizes else (CEILING / QUARTER, CEILING / QUARTER)


def fit_note(note: Note, shape: Form, room: Room, duplex: PrintMode, content: CardContent) -> Fitted:
    """Return a note's question and its back set as large as they fit, on more cards if they must."""
    asked = note.question.question
    cues, answer = _back(note, content)

    def column(room: Room) -> list[Strip]:
        parts = [flow(asked, room, face.BOLD), flow(cues, room), answer_strips(answer, room)]
        for part in parts[1:]:
            part[:1] = [strip._replace(above=1.5) for strip in part[:1]]
        return [strip for part in parts for strip in part]

    if duplex is PrintMode.SINGLE:
        fronts, special = _fitted(column, room, shape.column, shape.front, ANSWER)
        return Fitted(note, fronts, (), special)
    fronts, special = _fitted(
        lambda room: flow(asked, room, face.BOLD), room, shape.column, shape.front, QUESTION
    )
    if cues:
        return _with_both(note, fronts, special, shape, room, cues, answer)
    backs, special_back = _fitted(
        lambda room: answer_strips(answer, room), room, shape.column, shape.back, ANSWER
    )
    return Fitted(note, fronts, backs, special or special_back)


def _back(note: Note, content: CardContent) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the cues that stand above an answer, if any do, and what is set as the answer."""
    answer = note.question.answer
    if content is CardContent.ANSWER:
        return (), note.emphasized_answer
    lines = note.cue_lines
    if not lines:
        return (), answer  # a picture has no cues: better its card than an empty one
    if content is CardContent.CUES:
        return (), (Paragraph(lines),)
    return (ListBlock(tuple((Paragraph(((Strong(line),),)),) for line in lines)),), answer


def _with_both(
    note: Note,
    fronts: tuple[Column, ...],
    special: bool,
    shape: Form,
    room: Room,
    cues: tuple[Block, ...],
    answer: tuple[Block, ...],
) -> Fitted:
    """Return a note with the cues above its answer, or on a card before it where not both fit one."""

    def cue_strips(room: Room) -> list[Strip]:
        return flow(cues, room)

    def strips(room: Room) -> list[Strip]:
        return answer_strips(answer, room)

    for height in (shape.back * MAX_CUES_SHARE, shape.back * MIN_CUES_SHARE):
        above, special_cues = _fitted(cue_strips, room, shape.column, height, ANSWER)
        rest = shape.back - above[0].height - shape.gap
        below, special_answer = _fitted(strips, room, shape.column, rest, ANSWER)
        special = special or special_cues or special_answer
        if len(above) == len(below) == 1:
            return Fitted(note, fronts, below, special, above[0])
    listed = (Paragraph(note.cue_lines),)
    above, _ = _fitted(lambda room: answer_strips(listed, room), room, shape.column, shape.back, ANSWER)
    below, _ = _fitted(strips, room, shape.column, shape.back, ANSWER)
    return Fitted(note, fronts, (*above, *below), special)


def _fitted(
    make: Callable[[Room], list[Strip]], room: Room, width: float, height: float, setting: Spacing
) -> tuple[tuple[Column, ...], bool]:
    """Return the columns of strips in which no word is cut that fits a line at their size.

    The size depends on which words are cut, and these on the size: where the size is smaller than
    assumed, words are kept whole down to it, until both agree. Each round is smaller, down to 9 pt.
    """
    while True:
        strips = make(room)
        columns = _columns(strips, width, height, setting)
        size = min((column.size for column in columns), default=0.0)
        if size * room.longest >= width - TIGHT or not any(strip.cut for strip in strips):
            return columns, any(strip.special for strip in strips)
        room = replace(room, longest=width / size)


def _columns(strips: Sequence[Strip], width: float, height: float, setting: Spacing) -> tuple[Column, ...]:
    if not strips:
        return (Column(CEILING / QUARTER, (), 0.0),)
    column = fitted(strips, width, height, setting)
    return (column,) if column else continued(strips, width, height, setting)
