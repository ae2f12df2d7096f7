"""Blocks on one line, with their formulas, shortened to the room for it: the question in a card's head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exporter.cards.canvas import Canvas, draw_column, text_width
from exporter.cards.column import Column, SetLine
from exporter.cards.column_context import ONE_LINE_HEIGHT
from exporter.cards.font_set import Fonts
from exporter.cards.formula_set import FormulaRoom
from exporter.cards.structure_tags import Tags
from exporter.cards.text_measurement import measure_line
from exporter.cards.text_style import REGULAR
from exporter.model.questions import Block, Line, Math, Paragraph, Span, Text
from exporter.model.text import line_text, merge_texts, plain_text

ELLIPSIS = "…"

MIN_WHOLE_WORDS_SHARE = 0.5
"""Share of the room that whole words must fill; otherwise the next word is cut.

In rooms of 100 to 330 points, whole words of the questions of the user's file fill at least 0.57; before a
compound of 50 letters, the three words “Erklären Sie die” fill 0.2 to 0.45.
"""


def draw_on_one_line(
    canvas: Canvas,
    blocks: Sequence[Block],
    x: float,
    y: float,
    *,
    size: float,
    max_width: float,
    tags: Tags = (),
) -> None:
    """Draw blocks as one line of regular text from a point on its base line; lengths are in points.

    `tags` are the structure elements that the line is in.
    """
    plain = _find_plain_text(blocks)
    line = () if plain is not None else tuple(merge_texts(_iter_spans(blocks)))
    if not any(isinstance(span, Math) for span in line):
        text = " ".join((plain_text(blocks) if plain is None else plain).split())
        canvas.tag(tags)
        canvas.text(x, y, REGULAR, size, truncate(text, canvas.fonts, size=size, max_width=max_width))
        canvas.tag()
        return
    width = max_width / size
    measured = measure_line(
        line,
        fonts=canvas.fonts,
        max_word_width=width,
        formula_room=FormulaRoom(width, ONE_LINE_HEIGHT, is_main=False),
        tags=tags,
    )
    if not measured.words:
        return
    stop = len(measured.words)
    ellipsis_width = canvas.fonts.measure(REGULAR, ELLIPSIS)
    if measured.width > width:
        while stop > 1 and measured.ends[stop - 1] + ellipsis_width > width:
            stop -= 1
    length = measured.ends[stop - 1] * size
    is_cut, left = stop < len(measured.words), x
    if is_cut and measured.is_rtl:
        left += ellipsis_width * size
    column = Column(size, (SetLine(measured, 0, stop, 0.0),), 0.0)
    draw_column(canvas, column, left=left, top=y, width=length)
    if is_cut:
        canvas.tag(tags)
        canvas.text(x if measured.is_rtl else x + length, y, REGULAR, size, ELLIPSIS)
        canvas.tag()


def _find_plain_text(blocks: Sequence[Block]) -> str | None:
    """Return the text of blocks that are one line without marks, as nearly all questions are; else None."""
    match blocks:
        case (Paragraph(((Text(text),),)),):
            return text
    return None


def _iter_spans(blocks: Iterable[Block]) -> Iterator[Span]:
    """Yield blocks as texts without marks and formulas in a line."""
    for index, block in enumerate(blocks):
        if index:
            yield Text(" ")
        if isinstance(block, Paragraph):
            for number, line in enumerate(block.lines):
                if number:
                    yield Text(" ")
                yield from _flatten(line)
        else:
            yield Text(plain_text((block,)))


def _flatten(line: Line) -> Iterator[Span]:
    for span in line:
        if isinstance(span, Math):
            yield Math(" ".join(span.tex.split()))
        elif any(isinstance(part, Math) for part in _flatten(getattr(span, "spans", ()))):
            yield from _flatten(getattr(span, "spans", ()))
        else:
            yield Text(line_text((span,)))


def truncate(text: str, fonts: Fonts, *, size: float, max_width: float) -> str:
    """Return a text shortened to `max_width` points, with an ellipsis; whole words if possible."""
    width = text_width(fonts, REGULAR, size, text)
    if width <= max_width:
        return text
    room = max_width - text_width(fonts, REGULAR, size, ELLIPSIS)
    # start from a guess by the average width, 8 characters longer, so that it is usually too long
    cut = text[: int(len(text) * max_width / width) + 8]
    whole = cut
    while whole and text_width(fonts, REGULAR, size, whole) > room:
        whole = whole.rpartition(" ")[0].rstrip(" ,;:.")
    if text_width(fonts, REGULAR, size, whole) >= room * MIN_WHOLE_WORDS_SHARE:
        return whole + ELLIPSIS
    while cut and text_width(fonts, REGULAR, size, cut) > room:
        cut = cut[:-1]
    return cut.rstrip(" ,;:.") + ELLIPSIS
