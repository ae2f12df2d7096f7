"""Ink: what is drawn on one side of a card, as the operators of a page's content."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from exporter.exporters.pdf import fonts as face
from exporter.exporters.pdf import scripts
from exporter.exporters.pdf.blocks import LABEL_GAP
from exporter.exporters.pdf.fit import Column, SetLine
from exporter.exporters.pdf.fonts import Fonts, Run, Style, Used, escaped
from exporter.exporters.pdf.measure import Picture, Strip
from exporter.exporters.pdf.words import StyledText

BLACK = "0 g"
GREY = "0.42 g"
"""The one grey for what is not content; text is black alone, which printers set without a screen."""
RULE = "0.7 G 0.5 w"

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
        self._before = ("", 0.0, 0.0, "")
        self._used: dict[str, set[int]] = {}

    def text(self, x: float, y: float, style: Style, size: float, text: str, colour: str = BLACK) -> None:
        """Draw text whose base line begins at a point."""
        if not text.isascii():
            self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
            self._show(style, size, text, colour)
            return
        pen = self._fonts.first[style], size, 0.0, colour
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

    def _rich(self, line: SetLine, x: float, y: float, size: float, left: float, width: float) -> None:
        strip = line.strip
        if strip.picture:
            self._picture(strip.picture, x, y)
        if line.first == line.stop:
            return
        if strip.leftward:
            length = strip.ends[line.stop - 1] - strip.trail - strip.starts[line.first]
            x = left + width - (x - left) - length * size
        self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        if strip.special:
            self._show_special(line_pieces(line), strip.leftward, size, BLACK)
        else:
            for text, style in line_pieces(line):
                self._show(style, size, text, BLACK)

    def _picture(self, picture: Picture, x: float, y: float) -> None:
        """Draw an image whose bottom left corner is at a point."""
        self._rules.append(
            f"q {picture.width:.2f} 0 0 {picture.height:.2f} {x:.2f} {y:.2f} cm /{picture.name} Do Q"
        )

    def _label(self, strip: Strip, left: float, y: float, size: float, width: float) -> None:
        """Draw a step's number, small and high, or a list's marker right before its item."""
        marker = strip.label
        if marker[-1:].isdigit():
            small = size * LABEL_SCALE
            x = left + width - self.width(face.REGULAR, small, marker) if strip.leftward else left
            self.text(x, y + (size - small) * 0.3, face.REGULAR, small, marker, GREY)
            return
        length = self.width(face.REGULAR, size, marker)
        x = strip.indent * size - LABEL_GAP * size
        x = left + width - x if strip.leftward else left + x - length
        self.text(x, y, face.REGULAR, size, marker, GREY)

    def _show(self, style: Style, size: float, text: str, colour: str) -> None:
        if scripts.special(text):
            self._show_special([(text, style)], scripts.leftward(text), size, colour)
        else:
            self._show_runs(self._fonts.runs(style, text), size, colour)

    def _show_special(self, pieces: list[StyledText], leftward: bool, size: float, colour: str) -> None:
        """Show pieces in the order they stand on paper, shaped where they must be."""
        if not scripts.available():
            for text, style in pieces:
                self._show_runs(self._fonts.runs(style, text), size, colour)
            return
        for piece in scripts.visual(pieces, leftward):
            if piece.leftward or scripts.special(piece.text):
                self._show_runs(self._fonts.shaped(piece, size), size, colour)
            else:
                self._show_runs(self._fonts.runs(piece.style, piece.text), size, colour)

    def _show_runs(self, runs: list[Run], size: float, colour: str) -> None:
        for run in runs:
            self._pen(run.font, size, run.stroke, colour)
            self._operators.append(run.show)
            self._used[run.font].update(run.codes)

    def _pen(self, font: str, size: float, stroke: float, colour: str) -> None:
        """Set what differs from the text before: the font and its size, the colour, the stroke."""
        font_before, size_before, stroke_before, colour_before = self._before
        self._before = font, size, stroke, colour
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
    for at in range(line.first, line.stop):
        gap = strip.gaps[at] if at > line.first else None
        word = strip.words[at]
        pieces = ((word, strip.style),) if isinstance(word, str) else word
        for text, style in (gap, *pieces) if gap else pieces:
            if joined and joined[-1][1] == style:
                joined[-1] = joined[-1][0] + text, style
            else:
                joined.append((text, style))
    return joined
