"""Ink: what is drawn on one side of a card, as the operators of a page's content."""

from __future__ import annotations

from exporter.exporters.pdf import fonts as face
from exporter.exporters.pdf.fit import Column, SetLine
from exporter.exporters.pdf.fonts import Fonts, Style
from exporter.exporters.pdf.measure import Piece, Strip

BLACK = "0 g"
GREY = "0.42 g"
"""The one grey for what is not content; text is black alone, which printers set without a screen."""
RULE = "0.7 G 0.5 w"

LABEL_SCALE = 0.66
"""The size of a step's number, in parts of the type size."""


def number(value: float) -> str:
    """Return a length in points as a page's content has it."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


class Ink:
    """Gathers the operators of one side of a card; lengths in points, from its bottom left corner."""

    def __init__(self, fonts: Fonts) -> None:
        """Begin with nothing drawn."""
        self._fonts = fonts
        self._operators: list[str] = ["BT"]
        self._rules: list[str] = []
        self._font = ("", 0.0)
        self._colour = ""
        self._stroke = 0.0

    def text(self, x: float, y: float, style: Style, size: float, text: str, colour: str = BLACK) -> None:
        """Draw text whose base line begins at a point."""
        self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        self._show(style, size, text, colour)

    def right(self, x: float, y: float, style: Style, size: float, text: str, colour: str = BLACK) -> None:
        """Draw text that ends at a point."""
        self.text(x - self.width(style, size, text), y, style, size, text, colour)

    def width(self, style: Style, size: float, text: str) -> float:
        """Return how wide a text is, in points."""
        return self._fonts.advances[style][text] * size

    def rule(self, x: float, y: float, width: float) -> None:
        """Draw a level hairline."""
        self._rules.append(f"{RULE} {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def column(self, column: Column, left: float, top: float) -> None:
        """Draw the lines of a column whose top left corner is at a point."""
        size = column.size
        for line in column.lines:
            strip = line.strip
            y = top - line.down
            if strip.label and line.first == 0:
                self._label(strip, left, y, size)
            x = left + (strip.indent + (strip.hang if line.first else 0.0)) * size
            if strip.gaps is None:
                text = " ".join(strip.words[line.first : line.stop])  # type: ignore[arg-type]
                self.text(x, y, strip.style, size, text)
            elif line.stop > line.first:
                self._operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
                for text, style in _pieces(line):
                    self._show(style, size, text, BLACK)

    def _label(self, strip: Strip, left: float, y: float, size: float) -> None:
        marker = strip.label
        if marker[-1:].isdigit():
            small = size * LABEL_SCALE
            self.text(left, y + (size - small) * 0.3, face.REGULAR, small, marker, GREY)
        else:
            room = self.width(face.REGULAR, size, marker) + 0.45 * size
            self.text(left + strip.indent * size - room, y, face.REGULAR, size, marker, GREY)

    def _show(self, style: Style, size: float, text: str, colour: str) -> None:
        add = self._operators.append
        if colour != self._colour:
            self._colour = colour
            add(colour)
        for run in self._fonts.runs(style, text):
            if (run.font, size) != self._font:
                self._font = run.font, size
                add(f"{run.font} {number(size)} Tf")
            stroke = run.stroke * size
            if stroke != self._stroke:
                self._stroke = stroke
                add(f"2 Tr {colour.upper()} {number(stroke)} w" if stroke else "0 Tr")
            add(f"({run.text}) Tj")

    def operators(self) -> str:
        """Return everything drawn, ready for a page's content."""
        return "\n".join([*self._rules, *self._operators, "ET"])


def _pieces(line: SetLine) -> list[Piece]:
    """Return the pieces of a line, gaps between them, neighbours in one style joined."""
    strip = line.strip
    assert strip.gaps is not None
    joined: list[Piece] = []
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
