"""The drawing of one side of a card: header, question, cues, answer and key."""

from __future__ import annotations

from exporter.cards.canvas import Canvas, draw_column, draw_rule, draw_text_right, text_width
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.column import Column
from exporter.cards.imposition import Side
from exporter.cards.note_fitting import FittedNote
from exporter.cards.one_line import draw_on_one_line
from exporter.cards.structure_tags import REPEATED_QUESTION
from exporter.cards.text_style import REGULAR
from exporter.model.questions import Block
from exporter.model.text import paragraph

OPTICAL_MIDDLE = 0.42  # unmeasured
"""Share of a front's free height above the question: the optical middle is above the geometric one."""
HEADER_BASE_LINE, HEADER_RULE = 0.95, 1.55  # unmeasured
"""Distance of the header's base line and of its rule from the margin, as fractions of the header's size."""
KEY_BASE_LINE = 0.3  # unmeasured
"""Distance of the key's base line from the lower margin, as a fraction of the key's size."""


def draw_side(
    canvas: Canvas, fit: FittedNote, *, part: int, side: Side, metrics: CardMetrics, title: str
) -> None:
    """Draw one side of a card of a note.

    `part` is the index of the card among the note's cards, from 0; `title` is the deck's, and is
    printed in the header where the note has no category.
    """
    heading = (paragraph(fit.note.question.category or title),)
    if not fit.backs:
        _draw_header(canvas, fit, part, metrics, fit.note.question.question if part else heading)
        _draw_key(canvas, fit, metrics)
        _draw_body(canvas, fit.fronts[part], metrics)
    elif side is Side.FRONT:
        _draw_header(canvas, fit, part, metrics, heading)
        _draw_key(canvas, fit, metrics)
        column = fit.fronts[min(part, len(fit.fronts) - 1)]
        _draw_body(canvas, column, metrics, max(0.0, metrics.front_height - column.height) * OPTICAL_MIDDLE)
    else:
        _draw_header(canvas, fit, part, metrics, fit.note.question.question)
        rule = metrics.height - metrics.margin - metrics.header_size * HEADER_RULE
        draw_rule(canvas, metrics.margin, rule, metrics.column_width)
        if part >= len(fit.backs):
            return
        down = 0.0
        if fit.cues:
            _draw_body(canvas, fit.cues, metrics)
            down = fit.cues.height + metrics.cues_gap
            top = metrics.height - metrics.margin - metrics.header_height
            draw_rule(
                canvas, metrics.margin, top - fit.cues.height - metrics.cues_gap / 2, metrics.column_width
            )
        _draw_body(canvas, fit.backs[part], metrics, down)


def _draw_body(canvas: Canvas, column: Column, metrics: CardMetrics, down: float = 0.0) -> None:
    """Draw a column, `down` points below the header."""
    top = metrics.height - metrics.margin - metrics.header_height - down
    draw_column(canvas, column, left=metrics.margin, top=top, width=metrics.column_width)


def _draw_key(canvas: Canvas, fit: FittedNote, metrics: CardMetrics) -> None:
    y = metrics.margin + metrics.key_size * KEY_BASE_LINE
    canvas.text(metrics.margin, y, REGULAR, metrics.key_size, fit.note.key)


def _draw_header(
    canvas: Canvas, fit: FittedNote, part: int, metrics: CardMetrics, blocks: tuple[Block, ...]
) -> None:
    """Draw blocks on one line at the left, and the number with the part of a continued note at the right."""
    number = f"{fit.number} · {part + 1} of {fit.cards}" if fit.cards > 1 else fit.number
    size = metrics.header_size
    y = metrics.height - metrics.margin - size * HEADER_BASE_LINE
    max_width = metrics.column_width - text_width(canvas.fonts, REGULAR, size, number) - size
    tags = REPEATED_QUESTION if blocks is fit.note.question.question else ()
    draw_on_one_line(canvas, blocks, metrics.margin, y, size=size, max_width=max_width, tags=tags)
    draw_text_right(canvas, metrics.width - metrics.margin, y, REGULAR, size, number)
