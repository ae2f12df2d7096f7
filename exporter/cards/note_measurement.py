"""The measurement of one note: its question and its backs are laid out, and fitted to the fewest cards."""

from __future__ import annotations

from dataclasses import replace

from exporter.cards.block_layout import lay_out_answer, lay_out_blocks
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.column import TOLERANCE, LineSpacing
from exporter.cards.column_context import ColumnContext
from exporter.cards.copyfitting import ANSWER, QUESTION, SizeRange, find_fit
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.measured_note import LayOut, MeasuredNote, MeasuredText
from exporter.cards.size_limits import SizeLimits
from exporter.cards.size_search import QUARTERS_PER_POINT
from exporter.cards.text_style import BOLD
from exporter.config.choices import PrintMode
from exporter.model.deck import CardContent, Note
from exporter.model.questions import Block, ListBlock, Paragraph, Strong

SIDE_GAP = 1.5  # unmeasured
"""Space between question, cues and answer on one side of a card, in units of the paragraph gap."""


def measure_note(
    note: Note,
    metrics: CardMetrics,
    *,
    context: ColumnContext,
    mode: PrintMode,
    content: CardContent,
    limits: SizeLimits,
) -> MeasuredNote:
    """Return a note with the largest sizes at which its sides fit the fewest cards."""
    question = note.question.question
    cues, answer = _back_blocks(note, content)
    width = metrics.column_width

    def lay_out_question(context: ColumnContext) -> list[MeasuredLine]:
        return lay_out_blocks(question, context, BOLD)

    def lay_out_cues(context: ColumnContext) -> list[MeasuredLine]:
        return lay_out_blocks(cues, context)

    def lay_out_back(context: ColumnContext) -> list[MeasuredLine]:
        return lay_out_answer(answer, context)

    def lay_out_steps(context: ColumnContext) -> list[MeasuredLine]:
        return lay_out_answer((Paragraph(note.cue_lines),), context)

    def measure_back(lay_out: LayOut, height: float) -> MeasuredText:
        return _measure(lay_out, context, width=width, height=height, spacing=ANSWER, sizes=limits.answer)

    if mode is PrintMode.SINGLE:
        parts = (lay_out_question, lay_out_cues, lay_out_back)
        return MeasuredNote(note, None, (measure_back(_join(parts), metrics.front_height),))
    front = _measure(
        lay_out_question,
        context,
        width=width,
        height=metrics.front_height,
        spacing=QUESTION,
        sizes=limits.question,
    )
    if not cues:
        return MeasuredNote(note, front, (measure_back(lay_out_back, metrics.back_height),))
    both = measure_back(_join((lay_out_cues, lay_out_back)), metrics.back_height - metrics.cues_gap)
    if both.fit.columns == 1:
        return MeasuredNote(note, front, (replace(both, cues=len(lay_out_cues(both.context))),))
    backs = tuple(measure_back(lay_out, metrics.back_height) for lay_out in (lay_out_steps, lay_out_back))
    return MeasuredNote(note, front, backs)


def _join(parts: tuple[LayOut, ...]) -> LayOut:
    """Return a function that lays out parts in one column, with more space between them."""

    def lay_out(context: ColumnContext) -> list[MeasuredLine]:
        lines: list[MeasuredLine] = []
        for part in parts:
            part_lines = part(context)
            if lines and part_lines:
                part_lines[0] = part_lines[0]._replace(gap_above=SIDE_GAP)
            lines += part_lines
        return lines

    return lay_out


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


def _measure(
    lay_out: LayOut,
    context: ColumnContext,
    *,
    width: float,
    height: float,
    spacing: LineSpacing,
    sizes: SizeRange,
) -> MeasuredText:
    """Return lines with their largest size; no word is divided needlessly.

    The size depends on which words are divided, and these on the size. The layout assumes a size at
    which a line is `context.max_word_width` wide; if the resulting size is smaller, it is repeated
    for that size, until both agree. The size decreases in each round, down to the smallest at the least.
    """
    # a formula that is higher than the column at the smallest size stays in TeX
    context = replace(context, max_unbroken_height=height * QUARTERS_PER_POINT / sizes.low)
    while True:
        lines = lay_out(context)
        fit = find_fit(lines, width, height=height, spacing=spacing, sizes=sizes)
        size = fit.quarters / QUARTERS_PER_POINT
        is_undivided = not any(line.is_divided for line in lines)
        if size * context.max_word_width >= width - TOLERANCE or is_undivided:
            return MeasuredText(lines, fit, width, height, spacing, sizes, context, lay_out)
        context = replace(context, max_word_width=width / size)
