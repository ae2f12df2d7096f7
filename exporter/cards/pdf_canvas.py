"""Ink: what is drawn on one side of a card, as the operators of a page's content."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from exporter.cards import font_set as face
from exporter.cards import shaping
from exporter.cards.block_layout import BOX_SIDE, LABEL_GAP
from exporter.cards.break_opportunities import StyledText
from exporter.cards.copyfitting import ASCENT, DESCENT, Column, SetLine
from exporter.cards.font_set import Fonts, Run, Style, Used, escaped
from exporter.cards.hyphenation import SOFT_HYPHEN
from exporter.cards.text_measurement import Picture, Strip
from exporter.model.questions import EMPTY_BOX, TICKED_BOX

BLACK = "0 g"
GREY = "0.42 g"
"""The one grey for what is not content; text is black alone, which printers set without a screen."""
RULE = "0.7 G 0.5 w"

QUOTE_BAR = 0.08
STRIKE_LEVEL, STRIKE_WIDTH = 0.27, 0.06
"""How high a line through text is, and how wide, in parts of the size of the text: lower-case letters
are half as high as the size."""
_TURNS: dict[int, tuple[tuple[int, int], tuple[int, int], tuple[int, int]]] = {
    1: ((1, 0), (0, 1), (0, 0)),
    2: ((-1, 0), (0, 1), (1, 0)),
    3: ((-1, 0), (0, -1), (1, 1)),
    4: ((1, 0), (0, -1), (0, 1)),
    5: ((0, -1), (-1, 0), (1, 1)),
    6: ((0, -1), (1, 0), (0, 1)),
    7: ((0, 1), (1, 0), (0, 0)),
    8: ((0, 1), (-1, 0), (1, 0)),
}
"""For each EXIF orientation where on paper a picture's right, its top and its lower left corner are."""

LABEL_SCALE = 0.66
"""The size of a step's number, in parts of the type size."""


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """Return a length in points as a page's content has it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


@lru_cache(maxsize=4096)
def _font(name: str, size: float) -> str:
    return f"{name} {number(size)} Tf"


class Ink:
    """Gathers the operators of one side of a card; lengths in points, from its bottom left corner."""

    def __init__(self, fonts: Fonts) -> None:
        """Begin with nothing drawn."""
        self._fonts = fonts
        self._operators: list[str] = ["BT"]
        self._rules: list[str] = []
        self._before = ("", 0.0, 0.0, "", 0.0)
        self._used: dict[str, set[int]] = {}

    def text(self, x: float, y: float, style: Style, size: float, text: str, colour: str = BLACK) -> None:
        """Draw text whose base line begins at a point."""
        if not text.isascii():
            self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            self._show(style, size, text, colour)
            return
        pen = self._fonts.first[style], size, 0.0, colour, 0.0
        if pen != self._before:
            self._pen(*pen)
        self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm ({escaped(text)}) Tj")

    def more(self, style: Style, size: float, text: str, colour: str = BLACK) -> None:
        """Draw text right after the text before."""
        self._show(style, size, text, colour)

    def right(self, x: float, y: float, style: Style, size: float, text: str, colour: str = BLACK) -> None:
        """Draw text that ends at a point."""
        self.text(x - self.width(style, size, text), y, style, size, text, colour)

    def width(self, style: Style, size: float, text: str) -> float:
        """Return how wide a text is, in points."""
        return self._fonts.length(style, text) * size

    def rule(self, x: float, y: float, width: float) -> None:
        """Draw a level hairline."""
        self._rules.append(f"{RULE} {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def path(self, points: Sequence[tuple[float, float]], width: float) -> None:
        """Draw a black line through points, so wide in points."""
        (x, y), *others = points
        lines = " ".join(f"{right:.2f} {up:.2f} l" for right, up in others)
        self._rules.append(f"0 G {number(width)} w {x:.2f} {y:.2f} m {lines} S")

    def column(self, column: Column, left: float, top: float, width: float) -> None:
        """Draw the lines of a column whose top left corner is at a point."""
        size = column.size
        for line in column.lines:
            strip = line.strip
            y = top - line.down
            if strip.label and line.first == 0:
                self._label(strip, left, y, size, width)
            x = left + (strip.indent + (strip.hang if line.first else 0.0)) * size
            if strip.gaps is None:
                words: Sequence[str] = strip.words[line.first : line.stop]  # type: ignore[assignment]
                self.text(x, y, strip.style, size, " ".join(words))
            else:
                self._rich(line, x, y, size, left, width)
        self._bars(column, left, top, width)

    def _bars(self, column: Column, left: float, top: float, width: float) -> None:
        """Draw the bars of quotations, each from its first line to its last."""
        size = column.size
        for bar in sorted({bar for line in column.lines for bar in line.strip.bars}):
            for quoted, group in groupby(column.lines, lambda line, bar=bar: bar in line.strip.bars):  # type: ignore[misc]
                if not quoted:
                    continue
                lines = list(group)
                picture = lines[0].strip.picture
                above = picture.height if picture else ASCENT * size
                x = left + width - bar * size if lines[0].strip.leftward else left + bar * size
                ends = top - lines[0].down + above, top - lines[-1].down - DESCENT * size
                self.path([(x, end) for end in ends], QUOTE_BAR * size)

    def _rich(self, line: SetLine, x: float, y: float, size: float, left: float, width: float) -> None:
        strip = line.strip
        if strip.picture:
            self._picture(strip.picture, x, y)
        if line.first == line.stop:
            return
        if strip.leftward:
            length = strip.ends[line.stop - 1] - strip.trail - strip.starts[line.first]
            x = left + width - (x - left) - length * size
        pieces = line_pieces(line)
        self._strike_out(pieces, strip, x, y, size)
        self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        if strip.special:
            self._show_special(pieces, strip.leftward, size, BLACK)
        else:
            for text, style in pieces:
                self._show(style, size, text.removesuffix(SOFT_HYPHEN), BLACK)
                if text.endswith(SOFT_HYPHEN):
                    # poppler joins the parts of a word, for a search too, at an ordinary hyphen alone
                    self._operators.append("/Span <</ActualText (-)>> BDC")
                    self._show(style, size, SOFT_HYPHEN, BLACK)
                    self._operators.append("EMC")

    def _strike_out(self, pieces: list[StyledText], strip: Strip, x: float, y: float, size: float) -> None:
        """Draw lines through the struck-out pieces of a line that begins at a point, from the left."""
        if not any(face.is_struck(style) for _, style in pieces):
            return
        if strip.special and shaping.available():
            pieces = [(part.text, part.style) for part in shaping.visual(pieces, strip.leftward)]
        for text, style in pieces:
            length = self.width(style, size, text)
            if face.is_struck(style):
                scale = face.scale_of(style)
                level = y + size * (face.rise_of(style) + STRIKE_LEVEL * scale)
                self.path([(x, level), (x + length, level)], STRIKE_WIDTH * size * scale)
            x += length

    def _picture(self, picture: Picture, x: float, y: float) -> None:
        """Draw an image whose bottom left corner is at a point."""
        # an image fills the square between 0 and 1; its corner, and the ways its right and its top lead
        right, top, corner = _TURNS[picture.orientation]
        width, height = picture.width, picture.height
        matrix = (
            *(right[0] * width, right[1] * height),
            *(top[0] * width, top[1] * height),
            *(x + corner[0] * width, y + corner[1] * height),
        )
        self._rules.append(f"q {' '.join(f'{one:.2f}' for one in matrix)} cm /{picture.name} Do Q")

    def _label(self, strip: Strip, left: float, y: float, size: float, width: float) -> None:
        """Draw a step's number, small and high, or a list's marker right before its item."""
        marker = strip.label
        if marker[-1:].isdigit():
            small = size * LABEL_SCALE
            x = left + width - self.width(face.REGULAR, small, marker) if strip.leftward else left
            self.text(x, y + (size - small) * 0.3, face.REGULAR, small, marker, GREY)
            return
        if marker in (EMPTY_BOX, TICKED_BOX):
            x = (strip.indent - LABEL_GAP) * size
            x = left + width - x if strip.leftward else left + x - BOX_SIDE * size
            self._box(x, y, size, marker == TICKED_BOX)
            return
        length = self.width(face.REGULAR, size, marker)
        x = strip.indent * size - LABEL_GAP * size
        x = left + width - x if strip.leftward else left + x - length
        self.text(x, y, face.REGULAR, size, marker, GREY)

    def _box(self, x: float, y: float, size: float, ticked: bool) -> None:
        """Draw a box to tick whose lower left corner is at a point."""
        side, pen = BOX_SIDE * size, 0.05 * size
        self.path([(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y), (x + side, y)], pen)
        if ticked:
            corners = ((0.22, 0.48), (0.42, 0.24), (0.8, 0.78))
            self.path([(x + right * side, y + up * side) for right, up in corners], 2 * pen)

    def _show(self, style: Style, size: float, text: str, colour: str) -> None:
        basic = face.basic_style(style)
        if text.isascii() and not face.is_shifted(style):
            pen = self._fonts.first[basic], size, 0.0, colour, 0.0
            if pen != self._before:
                self._pen(*pen)
            self._operators.append(f"({escaped(text)}) Tj")
        elif shaping.special(text):
            self._show_special([(text, style)], shaping.leftward(text), size, colour)
        else:
            self._show_runs(self._fonts.runs(basic, text), style, size, colour)

    def _show_special(self, pieces: list[StyledText], leftward: bool, size: float, colour: str) -> None:
        """Show pieces in the order they stand on paper, shaped where they must be."""
        if not shaping.available():
            for text, style in pieces:
                self._show_runs(self._fonts.runs(face.basic_style(style), text), style, size, colour)
            return
        for piece in shaping.visual(pieces, leftward):
            style = piece.style
            if piece.leftward or shaping.special(piece.text):
                small, rise = size * face.scale_of(style), size * face.rise_of(style)
                runs = self._fonts.shaped(piece, small, rise)
            else:
                runs = self._fonts.runs(face.basic_style(style), piece.text)
            self._show_runs(runs, style, size, colour)

    def _show_runs(self, runs: list[Run], style: Style, size: float, colour: str) -> None:
        small, rise = size * face.scale_of(style), size * face.rise_of(style)
        for run in runs:
            self._pen(run.font, small, run.stroke, colour, rise)
            self._operators.append(run.show)
            self._used[run.font].update(run.codes)

    def _pen(self, font: str, size: float, stroke: float, colour: str, rise: float) -> None:
        """Set what differs from the text before: the font and its size, the colour, the stroke, the rise."""
        font_before, size_before, stroke_before, colour_before, rise_before = self._before
        self._before = font, size, stroke, colour, rise
        if rise != rise_before:
            self._operators.append(f"{number(rise)} Ts")
        if colour != colour_before:
            self._operators.append(colour)
        if font != font_before or size != size_before:
            self._operators.append(_font(font, size))
            if font not in self._used:
                self._used[font] = set()
        if stroke != stroke_before:
            width = number(stroke * size)
            self._operators.append(f"2 Tr {colour.upper()} {width} w" if stroke else "0 Tr")

    def used(self) -> Used:
        """Return what everything drawn needs of fonts."""
        return tuple((name, bytes(sorted(self._used[name]))) for name in sorted(self._used))

    def operators(self) -> str:
        """Return everything drawn, ready for a page's content."""
        return "\n".join([*self._rules, *self._operators, "ET"])


def line_pieces(line: SetLine) -> list[StyledText]:
    """Return the pieces of a line, gaps between them, neighbours in one style joined."""
    strip = line.strip
    assert strip.gaps is not None
    joined: list[StyledText] = []
    run: list[str] = []
    before = strip.style
    for at in range(line.first, line.stop):
        gap = strip.gaps[at] if at > line.first else None
        word = strip.words[at]
        pieces = ((word, strip.style),) if isinstance(word, str) else word
        for text, style in (gap, *pieces) if gap else pieces:
            if style != before:
                if run:
                    joined.append(("".join(run), before))
                run, before = [], style
            run.append(text)
        if at + 1 < line.stop:
            run[-1:] = [text.removesuffix(SOFT_HYPHEN) for text in run[-1:]]
    return [*joined, ("".join(run), before)] if run else joined
