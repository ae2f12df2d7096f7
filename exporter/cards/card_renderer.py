"""The drawing of one side of a card: head, question, cues, answer and foot."""

from __future__ import annotations

from exporter.cards.canvas import Canvas, draw_column, draw_rule
from exporter.cards.card_figures import OPTICAL_MIDDLE
from exporter.cards.card_foot import draw_front_cues, draw_key
from exporter.cards.card_furniture import CardFurniture, format_date
from exporter.cards.card_head import draw_back_head, draw_front_head
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.column import Column
from exporter.cards.imposition import Side
from exporter.cards.note_fitting import FittedNote


def draw_side(
    canvas: Canvas, fit: FittedNote, *, part: int, side: Side, metrics: CardMetrics, furniture: CardFurniture
) -> None:
    """Draw one side of a card of a note; `part` is the index of the card among the note's cards, from 0."""
    if not fit.backs:
        _draw_single_side(canvas, fit, part, metrics, furniture)
    elif side is Side.FRONT:
        _draw_front(canvas, fit, part, metrics, furniture)
    else:
        _draw_back(canvas, fit, part, metrics, furniture)


def _draw_single_side(
    canvas: Canvas, fit: FittedNote, part: int, metrics: CardMetrics, furniture: CardFurniture
) -> None:
    if part:
        draw_back_head(canvas, fit, part=part, metrics=metrics, furniture=furniture)
    else:
        draw_front_head(canvas, fit, part=part, metrics=metrics, furniture=furniture)
    draw_key(canvas, fit.note.key, metrics)
    _draw_body(canvas, fit.fronts[part], metrics)


def _draw_front(
    canvas: Canvas, fit: FittedNote, part: int, metrics: CardMetrics, furniture: CardFurniture
) -> None:
    draw_front_head(canvas, fit, part=part, metrics=metrics, furniture=furniture)
    draw_key(canvas, fit.note.key, metrics)
    column = fit.fronts[min(part, len(fit.fronts) - 1)]
    _draw_body(canvas, column, metrics, _question_shift(column, metrics))
    if fit.front_cues:
        draw_front_cues(canvas, fit.front_cues, metrics)


def _draw_back(
    canvas: Canvas, fit: FittedNote, part: int, metrics: CardMetrics, furniture: CardFurniture
) -> None:
    date = format_date(fit.note.modified, furniture.words)
    draw_back_head(canvas, fit, part=part, metrics=metrics, furniture=furniture, date=date)
    draw_rule(canvas, metrics.margin, metrics.height - metrics.head_rule, metrics.column_width)
    if part >= len(fit.backs):
        return
    down = 0.0
    if fit.cues:
        _draw_body(canvas, fit.cues, metrics)
        down = fit.cues.height + metrics.cues_gap
        middle = metrics.height - metrics.body_top - fit.cues.height - metrics.cues_gap / 2
        draw_rule(canvas, metrics.margin, middle, metrics.column_width)
    _draw_body(canvas, fit.backs[part], metrics, down)


def _question_shift(column: Column, metrics: CardMetrics) -> float:
    """Return how far below the head a question begins, so that it is in the optical middle, in points."""
    # the free height begins at the head's base line: a front has no rule
    head = metrics.body_top - metrics.head_base_line
    free = head + metrics.front_height - column.height
    return max(0.0, free * OPTICAL_MIDDLE - head)


def _draw_body(canvas: Canvas, column: Column, metrics: CardMetrics, down: float = 0.0) -> None:
    """Draw a column, `down` points below the head."""
    top = metrics.height - metrics.body_top - down
    draw_column(canvas, column, left=metrics.margin, top=top, width=metrics.column_width)
