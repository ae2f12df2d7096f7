"""The head of a card's side: category or question at the left, date and number at the right."""

from __future__ import annotations

from exporter.cards.canvas import Canvas, text_width
from exporter.cards.card_figures import (
    DATE_GAP_MM,
    DATE_PT,
    HEAD_PT,
    MAX_NUMBER_SHARE,
    NUMBER_PT,
    SWATCH_GAP_MM,
    SWATCH_MM,
    TOTAL_PT,
)
from exporter.cards.card_furniture import CardFurniture
from exporter.cards.card_metrics import CardMetrics
from exporter.cards.font_set import Fonts
from exporter.cards.note_fitting import FittedNote
from exporter.cards.one_line import draw_on_one_line
from exporter.cards.stocks import POINTS_PER_MM
from exporter.cards.structure_tags import REPEATED_QUESTION, Tags
from exporter.cards.text_style import BOLD, REGULAR
from exporter.config.words import fill
from exporter.model.questions import Block
from exporter.model.text import paragraph


def draw_front_head(
    canvas: Canvas, fit: FittedNote, *, part: int, metrics: CardMetrics, furniture: CardFurniture
) -> None:
    """Draw the category with its swatch, or the deck's title, and the number."""
    category = fit.note.question.category
    number = _Number(fit, part, furniture, metrics, canvas.fonts)
    left, y = metrics.margin, metrics.height - metrics.head_base_line
    swatch = furniture.swatches.get(category or "")
    if swatch:
        canvas.drawing(swatch, left, y, SWATCH_MM * POINTS_PER_MM)
        left += (SWATCH_MM + SWATCH_GAP_MM) * POINTS_PER_MM
    heading = (paragraph(category or furniture.title),)
    _draw_line(canvas, heading, left, metrics.right - number.width - HEAD_PT, y)
    number.draw(canvas, metrics.right, y)


def draw_back_head(
    canvas: Canvas,
    fit: FittedNote,
    *,
    part: int,
    metrics: CardMetrics,
    furniture: CardFurniture,
    date: str = "",
) -> None:
    """Draw the question on one line, the date, and the number; small cards have no room for a date."""
    number = _Number(fit, part, furniture, metrics, canvas.fonts)
    y = metrics.height - metrics.head_base_line
    date = "" if metrics.is_small else date
    end = metrics.right - number.width
    if date:
        end -= DATE_GAP_MM * POINTS_PER_MM + text_width(canvas.fonts, REGULAR, DATE_PT, date)
    question = fit.note.question.question
    _draw_line(canvas, question, metrics.margin, end - HEAD_PT, y, REPEATED_QUESTION)
    if date:
        canvas.text(end, y, REGULAR, DATE_PT, date)
    number.draw(canvas, metrics.right, y)


def _draw_line(
    canvas: Canvas, blocks: tuple[Block, ...], left: float, right: float, y: float, tags: Tags = ()
) -> None:
    if right - left > HEAD_PT:  # an ellipsis alone is of no use
        draw_on_one_line(canvas, blocks, left, y, size=HEAD_PT, max_width=right - left, tags=tags)


class _Number:
    """The number of a note with the total, if there is room, and the part of a continued note."""

    def __init__(
        self, fit: FittedNote, part: int, furniture: CardFurniture, metrics: CardMetrics, fonts: Fonts
    ) -> None:
        self._number, total = fit.number, furniture.total
        part_of = fill(furniture.words.part_of, number=part + 1, total=fit.cards) if fit.cards > 1 else ""
        card = f" · {part_of}" if part_of else ""
        number_width = text_width(fonts, BOLD, NUMBER_PT, self._number)
        for rest in (f" / {total}{card}" if total else card, card):
            self._rest = rest
            self._rest_width = text_width(fonts, REGULAR, TOTAL_PT, rest)
            self.width = number_width + self._rest_width
            if self.width <= metrics.column_width * MAX_NUMBER_SHARE:
                break

    def draw(self, canvas: Canvas, right: float, y: float) -> None:
        """Draw everything on a base line up to its right end."""
        canvas.text(right - self.width, y, BOLD, NUMBER_PT, self._number)
        if self._rest:
            canvas.text(right - self._rest_width, y, REGULAR, TOTAL_PT, self._rest)
