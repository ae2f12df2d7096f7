"""The drawing of one side of a card on a canvas."""

from __future__ import annotations

from exporter.cards import font_set as face
from exporter.cards.canvas import Canvas, Colour, draw_column, draw_text_right, text_width
from exporter.cards.card_metrics import Form
from exporter.cards.copyfitting import Column
from exporter.cards.font_set import Fonts
from exporter.cards.imposition import Side
from exporter.cards.note_fitting import Fitted
from exporter.model.text import plain_text

ELLIPSIS = "…"


def draw_side(canvas: Canvas, fit: Fitted, part: int, side: Side, *, shape: Form, title: str) -> None:
    """Draw one side of a card of a note.

    `part` is the index of the card among the note's cards, from 0; `title` is the deck's, and is
    printed where the note has no category.
    """
    question = fit.note.question
    if not fit.backs:
        _head(canvas, fit, part, shape, _question(fit) if part else question.category or title)
        _foot(canvas, fit, shape)
        _body(canvas, fit.fronts[part], shape, 0.0)
    elif side is Side.FRONT:
        _head(canvas, fit, part, shape, question.category or title)
        _foot(canvas, fit, shape)
        column = fit.fronts[min(part, len(fit.fronts) - 1)]
        # the eye's middle is a little above the true one
        _body(canvas, column, shape, max(0.0, shape.front - column.height) * 0.42)
    else:
        _head(canvas, fit, part, shape, _question(fit))
        canvas.rule(shape.margin, shape.height - shape.margin - shape.small * 1.55, shape.column)
        if part < len(fit.backs):
            down = 0.0
            if fit.cues:
                _body(canvas, fit.cues, shape, 0.0)
                down = fit.cues.height + shape.gap
                top = shape.height - shape.margin - shape.head - fit.cues.height - shape.gap / 2
                canvas.rule(shape.margin, top, shape.column)
            _body(canvas, fit.backs[part], shape, down)


def _question(fit: Fitted) -> str:
    return " ".join(plain_text(fit.note.question.question).split())


def _body(canvas: Canvas, column: Column, shape: Form, down: float) -> None:
    top = shape.height - shape.margin - shape.head - down
    draw_column(canvas, column, shape.margin, top, shape.column)


def _foot(canvas: Canvas, fit: Fitted, shape: Form) -> None:
    canvas.text(
        shape.margin, shape.margin + shape.key * 0.3, face.REGULAR, shape.key, fit.note.key, Colour.GREY
    )


def _head(canvas: Canvas, fit: Fitted, part: int, shape: Form, words: str) -> None:
    """Draw the small line at the top: words at the left, the number at the right."""
    place = fit.number
    if fit.cards > 1:
        place = f"{place} · {part + 1} of {fit.cards}"
    y = shape.height - shape.margin - shape.small * 0.95
    room = shape.column - text_width(canvas.fonts, face.REGULAR, shape.small, place) - shape.small
    canvas.text(
        shape.margin,
        y,
        face.REGULAR,
        shape.small,
        truncate(words, canvas.fonts, shape.small, room),
        Colour.GREY,
    )
    draw_text_right(canvas, shape.width - shape.margin, y, face.REGULAR, shape.small, place, Colour.GREY)


def truncate(text: str, fonts: Fonts, size: float, room: float) -> str:
    """Return as many words as there is room for, with an ellipsis where some had to go."""
    if text_width(fonts, face.REGULAR, size, text) <= room:
        return text
    kept = text[: int(len(text) * room / text_width(fonts, face.REGULAR, size, text)) + 8]
    while kept and text_width(fonts, face.REGULAR, size, kept + ELLIPSIS) > room:
        shorter = kept.rpartition(" ")[0]
        kept = shorter.rstrip(" ,;:.") if shorter else kept[:-1]
    return kept + ELLIPSIS
