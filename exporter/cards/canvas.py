"""The canvas on which one side of a card is drawn, and the drawing of a column of lines on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from exporter.cards import bidi, shaping
from exporter.cards.block_layout import BOX_SIDE, LABEL_GAP
from exporter.cards.card_figures import RULE_PT, STEP_NUMBER_EM
from exporter.cards.code_layout import CODE_HANG
from exporter.cards.column import Column, SetLine, bottom_of, top_of
from exporter.cards.font_set import BOLD_STROKE, Fonts
from exporter.cards.hyphenation import SOFT_HYPHEN
from exporter.cards.measured_line import MeasuredLine, Picture
from exporter.cards.structure_tags import Role, Tag, Tags, label_tags
from exporter.cards.text_style import (
    BOLD,
    BOLD_STYLES,
    FORMULA,
    REGULAR,
    STRUCK,
    Style,
    StyledText,
    basic_style,
    is_formula,
    is_struck,
    rise_of,
    scale_of,
)
from exporter.cards.vector_drawing import VectorDrawing, outlined
from exporter.model.questions import EMPTY_BOX, TICKED_BOX

LABEL_RISE = 0.67
"""How far a step's number is raised, as a fraction of the difference between the two sizes.

Capitals and digits of the built-in font are 0.67 em high, so their tops are level with those of the text.
"""
QUOTE_BAR_WIDTH = 0.08  # unmeasured
"""Width of a quotation's bar, as a fraction of the type size."""
STRIKE_HEIGHT, STRIKE_WIDTH = 0.27, 0.06
"""Height above the base line and width of a strike-through line, as fractions of the type size.

Lower-case letters are about half as high as the size, so the line crosses their middle.
"""
MAX_SPACE_WIDTH = 0.6
"""Width of the widest space, the monospaced one, as a fraction of the type size."""
MAX_REMEMBERED = 12
"""Length of texts whose widths are remembered: labels, numbers and dates recur on many cards."""
BOX_PEN = 0.05  # unmeasured
"""Line width of a check box, as a fraction of the type size; its tick is twice as wide."""
TICK = ((0.22, 0.48), (0.42, 0.24), (0.8, 0.78))
"""The three points of a tick, as fractions of the side of its box."""
HOOK = ((0.22, 0.68), (0.22, 0.26), (0.86, 0.26))
HOOK_TIP = ((0.64, 0.44), (0.86, 0.26), (0.64, 0.08))
HOOK_PEN = 0.07
"""The mark of a continued line of code, an arrow down and to the right, as fractions of the code's size.

It is a path rather than a character, so that it is not copied with the code, and in the hang of the line.
"""


class StyledLine(NamedTuple):
    """A line of text in several styles; `pieces` are in logical (reading) order.

    `width` is in points. `needs_shaping` is true if a letter of the source's line needs shaping,
    or bidi reordering.
    """

    pieces: Sequence[StyledText]
    width: float
    is_rtl: bool
    needs_shaping: bool


class Canvas(Protocol):
    """One side of a card that is being drawn; lengths in points, origin at the lower left corner.

    Everything is black: laser printers print grey as a pattern of dots, in which small type dissolves.
    """

    @property
    def fonts(self) -> Fonts:
        """The fonts that texts are set in."""

    def text(self, x: float, y: float, style: Style, size: float, text: str) -> None:
        """Draw text from a point on its base line."""

    def line(self, x: float, y: float, line: StyledLine, size: float) -> None:
        """Draw a line of styled text; `x` is its left end, whatever its direction."""

    def path(self, points: Sequence[tuple[float, float]], width: float) -> None:
        """Draw a polyline, `width` points wide."""

    def image(self, picture: Picture, x: float, y: float) -> None:
        """Draw an image whose lower left corner is at a point."""

    def drawing(self, drawing: VectorDrawing, x: float, y: float, scale: float) -> None:
        """Draw a vector drawing with its origin at a point; `scale` is the points of its unit."""

    def tag(self, tags: Tags = ()) -> None:
        """Say which structure element everything drawn from now on belongs to.

        Without tags it is an artefact, which is not read aloud; so is all that is drawn before the
        first call. Graphics are artefacts too, except in an element with an alternative text.
        """

    def space(self, *, is_empty: bool = False) -> None:
        """Write a space after a label, or at the end of a line that its element continues.

        `is_empty` gives it no width, so that nothing is outside the column if its line is full.
        """

    def hidden_text(self, x: float, y: float, size: float, text: str, width: float) -> None:
        """Write text that is not seen but found and copied, as wide as what is drawn in its place."""

    def result(self) -> str:
        """Return everything drawn, in the canvas's own format."""


def text_width(fonts: Fonts, style: Style, size: float, text: str) -> float:
    """Return the width of a text in points; that of a short one, such as a label, is remembered."""
    return (fonts.advances[style][text] if len(text) <= MAX_REMEMBERED else fonts.measure(style, text)) * size


def draw_text_right(canvas: Canvas, x: float, y: float, style: Style, size: float, text: str) -> None:
    """Draw text that ends at a point on its base line."""
    canvas.text(x - text_width(canvas.fonts, style, size, text), y, style, size, text)


def draw_rule(canvas: Canvas, x: float, y: float, width: float) -> None:
    """Draw a horizontal line, `width` points long, from its left end."""
    canvas.path([(x, y), (x + width, y)], RULE_PT)


def draw_column(canvas: Canvas, column: Column, *, left: float, top: float, width: float) -> None:
    """Draw the lines of a column; `left` and `top` are its corner, `width` its width, in points."""
    size = column.size
    lines = column.lines
    for line, following in zip(lines, (*lines[1:], None), strict=False):
        measured = line.measured
        y = top - line.down
        if measured.label and line.first == 0:
            _draw_label(canvas, measured, left=left, y=y, size=size, width=width)
        canvas.tag(measured.tags)
        x = left + (measured.indent + (measured.hang if line.first else 0.0)) * size
        if measured.gaps is None:
            if line.first == line.stop:
                continue
            words: Sequence[str] = measured.words[line.first : line.stop]  # type: ignore[assignment]
            canvas.text(x, y, measured.style, size, " ".join(words))
            if following and following.measured.tags == measured.tags:
                end = x + (measured.ends[line.stop - 1] - measured.starts[line.first]) * size
                canvas.space(is_empty=end > left + width)
            continue
        if measured.picture:
            _draw_picture(canvas, measured.picture, x, y)
        if line.first == line.stop:
            continue
        length = (measured.ends[line.stop - 1] - measured.trailing_space - measured.starts[line.first]) * size
        if measured.is_rtl:
            x = left + width - (x - left) - length
        pieces = line_pieces(line)
        text_size = size * measured.scale
        if measured.code and line.first:
            _draw_continuation(canvas, x + length if measured.is_rtl else x, y, text_size, measured.is_rtl)
        for _, style in pieces:
            if style >= STRUCK:
                _draw_marked_line(canvas, pieces, measured, x, y, text_size)
                break
        else:
            canvas.line(x, y, StyledLine(pieces, length, measured.is_rtl, measured.needs_shaping), text_size)
        is_divided = line.stop < len(measured.gaps) and not measured.gaps[line.stop]
        if following and following.measured.tags == measured.tags and not is_divided:
            canvas.space(is_empty=x + length + MAX_SPACE_WIDTH * size > left + width)
    canvas.tag()
    if any(map(_bars_of, lines)):
        _draw_quote_bars(canvas, column, left=left, top=top, width=width)


def _bars_of(line: SetLine) -> tuple[float, ...]:
    return line.measured.bars


def _draw_picture(canvas: Canvas, picture: Picture, x: float, y: float) -> None:
    """Draw an image or a vector drawing whose lower left corner is at a point."""
    if picture.drawing is None:
        canvas.image(picture, x, y)
        return
    scale = picture.width / picture.drawing.width
    canvas.drawing(picture.drawing, x, y + picture.drawing.depth * scale, scale)


def _draw_continuation(canvas: Canvas, x: float, y: float, size: float, is_rtl: bool) -> None:
    """Draw the mark of a continued line of code before its text, which begins at a point."""
    sign = -1 if is_rtl else 1
    for points in (HOOK, HOOK_TIP):
        path = [(x + sign * (right - CODE_HANG) * size, y + up * size) for right, up in points]
        canvas.path(path, HOOK_PEN * size)


def _draw_quote_bars(canvas: Canvas, column: Column, *, left: float, top: float, width: float) -> None:
    """Draw the bars of quotations, each from the top of its first line to the bottom of its last."""
    size = column.size
    for bar in sorted({bar for line in column.lines for bar in line.measured.bars}):
        for is_quoted, group in groupby(column.lines, lambda line, bar=bar: bar in line.measured.bars):  # type: ignore[misc]
            if not is_quoted:
                continue
            lines = list(group)
            x = left + width - bar * size if lines[0].measured.is_rtl else left + bar * size
            ends = top - top_of(lines[0], size), top - bottom_of(lines[-1], size)
            canvas.path([(x, end) for end in ends], QUOTE_BAR_WIDTH * size)


def _draw_marked_line(
    canvas: Canvas, pieces: Sequence[StyledText], measured: MeasuredLine, x: float, y: float, size: float
) -> None:
    """Draw a line of text with formulas or strike-through lines, whose left end is at a point."""
    parts = pieces
    if measured.needs_shaping and shaping.is_available():
        parts = [(run.text, run.style) for run in bidi.reorder(pieces, measured.is_rtl)]
    _draw_strikes(canvas, parts, x, y, size)
    if any(is_formula(style) for _, style in pieces):
        _draw_parts(canvas, parts, measured.tags, x, y, size)
        return
    length = sum(text_width(canvas.fonts, style, size, text) for text, style in parts)
    canvas.line(x, y, StyledLine(pieces, length, measured.is_rtl, measured.needs_shaping), size)


def _draw_strikes(canvas: Canvas, pieces: Sequence[StyledText], x: float, y: float, size: float) -> None:
    """Draw the strike-through lines of texts in visual order, whose left end is at a point."""
    for text, style in pieces:
        length = text_width(canvas.fonts, style, size, text)
        if is_struck(style):
            scale = scale_of(style)
            height = y + size * (rise_of(style) + STRIKE_HEIGHT * scale)
            canvas.path([(x, height), (x + length, height)], STRIKE_WIDTH * size * scale)
        x += length


def _draw_parts(
    canvas: Canvas, pieces: Sequence[StyledText], tags: Tags, x: float, y: float, size: float
) -> None:
    """Draw formulas, and the texts around them, in visual order from a point on."""
    for text, style in pieces:
        length = text_width(canvas.fonts, style, size, text)
        if not is_formula(style):
            canvas.tag(tags)
            is_rtl = bidi.has_rtl_letters(text)
            canvas.line(x, y, StyledLine([(text, style)], length, is_rtl, shaping.needs_shaping(text)), size)
        else:
            formula = canvas.fonts.formulas[text]
            if tags:
                number = 10_000 * round(y) + round(x)
                canvas.tag((*tags, Tag(Role.FORMULA, number, formula.math.tex)))
            drawing = formula.draw()
            if basic_style(style) in BOLD_STYLES:
                drawing = outlined(drawing, BOLD_STROKE)
            canvas.drawing(drawing, x, y + size * rise_of(style), size * scale_of(style) * formula.scale)
            canvas.hidden_text(x, y, size, formula.source, length)
        x += length


def _draw_label(
    canvas: Canvas, measured: MeasuredLine, *, left: float, y: float, size: float, width: float
) -> None:
    """Draw a step's number, small and raised, or a list item's marker right before the item."""
    marker = measured.label
    tags = label_tags(measured.tags)
    canvas.tag(tags)
    if marker[-1:].isdigit():
        small = size * STEP_NUMBER_EM
        length = text_width(canvas.fonts, BOLD, small, marker)
        x = left + width - length if measured.is_rtl else left
        canvas.text(x, y + (size - small) * LABEL_RISE, BOLD, small, marker)
        canvas.space(is_empty=measured.is_rtl)
        return
    if marker in (EMPTY_BOX, TICKED_BOX):
        x = (measured.indent - LABEL_GAP) * size
        x = left + width - x if measured.is_rtl else left + x - BOX_SIDE * size
        canvas.tag((*tags[:-1], tags[-1]._replace(alternative=marker)))
        _draw_box(canvas, x, y, size=size, is_ticked=marker == TICKED_BOX)
        return
    length = text_width(canvas.fonts, REGULAR, size, marker)
    x = measured.indent * size - LABEL_GAP * size
    x = left + width - x if measured.is_rtl else left + x - length
    canvas.text(x, y, REGULAR, size, marker)
    canvas.space(is_empty=measured.is_rtl)


def _draw_box(canvas: Canvas, x: float, y: float, *, size: float, is_ticked: bool) -> None:
    """Draw a check box whose lower left corner is at a point."""
    side, pen = BOX_SIDE * size, BOX_PEN * size
    canvas.path([(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y), (x + side, y)], pen)
    if is_ticked:
        canvas.path([(x + right * side, y + up * side) for right, up in TICK], 2 * pen)


def line_pieces(line: SetLine) -> list[StyledText]:
    """Return the text of a line in pieces of one style each, in reading order, with its spaces.

    Of the soft hyphens at which words are divided, only the one that ends the line is kept.
    """
    # all words of a deck pass through this loop
    measured = line.measured
    assert measured.gaps is not None
    words: Sequence[tuple[StyledText, ...]] = measured.words[line.first : line.stop]  # type: ignore[assignment]
    if not words:
        return []
    if isinstance(words[0], str):
        words = [((str(word), measured.style),) for word in words]
    gaps: list[StyledText | None] = list(measured.gaps[line.first : line.stop])
    gaps[0] = None
    joined: list[StyledText] = []
    run, run_style = "", measured.style
    for word, gap in zip(words, gaps, strict=True):
        if gap is not None:
            text, style = gap
            if style == run_style:
                run += text
            else:
                joined.append((run, run_style))
                run, run_style = text, style
        for text, style in word:
            if style == run_style and style < FORMULA:
                run += text
            else:
                joined.append((run, run_style))
                run, run_style = text, style
    joined.append((run, run_style))
    if not joined[0][0]:
        del joined[0]
    for index, (text, style) in enumerate(joined):
        if SOFT_HYPHEN in text and style < FORMULA:
            last = text[-1] if index + 1 == len(joined) else ""
            joined[index] = text[: len(text) - len(last)].replace(SOFT_HYPHEN, "") + last, style
    return joined
