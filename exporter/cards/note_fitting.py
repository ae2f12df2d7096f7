"""The fitting of one note: its question, cues and answer as large as the sides of its cards allow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from exporter.cards.block_layout import lay_out_answer, lay_out_blocks
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.column import TOLERANCE, Column, LineSpacing
from exporter.cards.column_context import ColumnContext
from exporter.cards.copyfitting import ANSWER, MAX_SIZE, QUESTION, continue_columns, fit_column
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.text_style import BOLD
from exporter.config.choices import PrintMode
from exporter.model.deck import CardContent, Note
from exporter.model.question_numbers import number_text
from exporter.model.questions import Block, ListBlock, Paragraph, Strong

MAX_CUES_SHARE, MIN_CUES_SHARE = 0.5, 0.3  # unmeasured
"""Share of a back that cues above an answer may take: first the larger, then the smaller one."""
SIDE_GAP = 1.5  # unmeasured
"""Space between question, cues and answer on a one-sided card, in units of the paragraph gap."""

LayOut = Callable[[ColumnContext], list[MeasuredLine]]


def number_of(note: Note) -> str:
    """Return the number on a note's cards: the question's own, else its position in the source."""
    return number_text(note.question) or str(note.position)


@dataclass(frozen=True, slots=True)
class FittedNote:
    """A note set on as many cards as it needs; one-sided cards have no backs.

    `cues` are printed above the first back. `needs_shaping` is true if a letter needs shaping or
    bidi reordering.
    """

    note: Note
    fronts: tuple[Column, ...]
    backs: tuple[Column, ...]
    needs_shaping: bool = False
    cues: Column | None = None

    @property
    def cards(self) -> int:
        """The number of cards that the note takes."""
        return max(len(self.fronts), len(self.backs))

    @property
    def number(self) -> str:
        """The number that is printed on the cards."""
        return number_of(self.note)

    @property
    def sizes(self) -> tuple[float, float]:
        """The smallest and the largest type size, in points."""
        columns = (*self.fronts, *self.backs, *((self.cues,) if self.cues else ()))
        sizes = [column.size for column in columns if column.lines]
        return (min(sizes), max(sizes)) if sizes else (MAX_SIZE, MAX_SIZE)


def fit_note(
    note: Note, metrics: CardMetrics, *, context: ColumnContext, mode: PrintMode, content: CardContent
) -> FittedNote:
    """Return a note with both sides at the largest sizes that fit, on several cards if 9 pt does not fit."""
    question = note.question.question
    cues, answer = _back_blocks(note, content)
    width = metrics.column_width

    def lay_out_question(context: ColumnContext) -> list[MeasuredLine]:
        return lay_out_blocks(question, context, BOLD)

    def lay_out_single_side(context: ColumnContext) -> list[MeasuredLine]:
        parts = [lay_out_question(context), lay_out_blocks(cues, context), lay_out_answer(answer, context)]
        for part in parts[1:]:
            part[:1] = [line._replace(gap_above=SIDE_GAP) for line in part[:1]]
        return [line for part in parts for line in part]

    if mode is PrintMode.SINGLE:
        fronts, needs_shaping = _fit_lines(
            lay_out_single_side, context, width=width, height=metrics.front_height, spacing=ANSWER
        )
        return FittedNote(note, fronts, (), needs_shaping)
    fronts, needs_shaping = _fit_lines(
        lay_out_question, context, width=width, height=metrics.front_height, spacing=QUESTION
    )
    front = FittedNote(note, fronts, (), needs_shaping)
    if cues:
        return _add_cues_and_answer(front, metrics, context, cues, answer)
    backs, back_needs_shaping = _fit_lines(
        lambda context: lay_out_answer(answer, context),
        context,
        width=width,
        height=metrics.back_height,
        spacing=ANSWER,
    )
    return replace(front, backs=backs, needs_shaping=needs_shaping or back_needs_shaping)


def _back_blocks(note: Note, content: CardContent) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the cues that are printed above the answer, if any, and what is set like an answer."""
    answer = note.question.answer
    if content is CardContent.ANSWER:
        return (), note.emphasized_answer
    lines = note.cue_lines
    if not lines:
        return (), answer  # for example a picture: the answer rather than an empty card
    if content is CardContent.CUES:
        return (), (Paragraph(lines),)
    return (ListBlock(tuple((Paragraph(((Strong(line),),)),) for line in lines)),), answer


def _add_cues_and_answer(
    front: FittedNote,
    metrics: CardMetrics,
    context: ColumnContext,
    cues: tuple[Block, ...],
    answer: tuple[Block, ...],
) -> FittedNote:
    """Return a note with the cues above its answer, or on cards before it if both do not fit one."""

    def fit(lay_out: LayOut, height: float) -> tuple[tuple[Column, ...], bool]:
        return _fit_lines(lay_out, context, width=metrics.column_width, height=height, spacing=ANSWER)

    def lay_out_cues(context: ColumnContext) -> list[MeasuredLine]:
        return lay_out_blocks(cues, context)

    def lay_out_back(context: ColumnContext) -> list[MeasuredLine]:
        return lay_out_answer(answer, context)

    needs_shaping = front.needs_shaping
    for share in (MAX_CUES_SHARE, MIN_CUES_SHARE):
        above, cues_need_shaping = fit(lay_out_cues, metrics.back_height * share)
        rest = metrics.back_height - above[0].height - metrics.cues_gap
        below, answer_needs_shaping = fit(lay_out_back, rest)
        needs_shaping = needs_shaping or cues_need_shaping or answer_needs_shaping
        if len(above) == len(below) == 1:
            return replace(front, backs=below, needs_shaping=needs_shaping, cues=above[0])
    steps = (Paragraph(front.note.cue_lines),)
    above, _ = fit(lambda context: lay_out_answer(steps, context), metrics.back_height)
    below, _ = fit(lay_out_back, metrics.back_height)
    return replace(front, backs=(*above, *below), needs_shaping=needs_shaping)


def _fit_lines(
    lay_out: LayOut, context: ColumnContext, *, width: float, height: float, spacing: LineSpacing
) -> tuple[tuple[Column, ...], bool]:
    """Return the columns of some lines, and whether a letter needs shaping; no word is divided needlessly.

    The size depends on which words are divided, and these on the size. The layout assumes a size at
    which a line is `context.max_word_width` wide; if the resulting size is smaller, it is repeated
    for that size, until both agree. The size decreases in each round, down to 9 pt at the least.
    """
    while True:
        lines = lay_out(context)
        columns = _fit_columns(lines, width, height, spacing)
        size = min((column.size for column in columns), default=0.0)
        is_undivided = not any(line.is_divided for line in lines)
        if size * context.max_word_width >= width - TOLERANCE or is_undivided:
            return columns, any(line.needs_shaping for line in lines)
        context = replace(context, max_word_width=width / size)


def _fit_columns(
    lines: Sequence[MeasuredLine], width: float, height: float, spacing: LineSpacing
) -> tuple[Column, ...]:
    """Return lines in one column, or in several if they do not fit one."""
    if not lines:
        return (Column(MAX_SIZE, (), 0.0),)
    column = fit_column(lines, width, height=height, spacing=spacing)
    return (column,) if column else continue_columns(lines, width, height=height, spacing=spacing)
