"""Vector drawings: filled and stroked paths with labels, as formulas and SVG pictures consist of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from exporter.cards.text_style import REGULAR, Style

Rgb = tuple[float, float, float]
"""A colour: red, green and blue from 0 to 1."""
BLACK: Rgb = (0.0, 0.0, 0.0)

Segment = tuple[str, tuple[float, ...]]
"""A step of a path: an operator of PDF and its absolute coordinates.

`m` moves to a point, `l` draws a line to one, `c` a Bézier curve with two control points, and `h`
closes the path.
"""
Path = tuple[Segment, ...]
Matrix = tuple[float, float, float, float, float, float]
"""An affine map as in PDF: (x, y) becomes (a·x + c·y + e, b·x + d·y + f)."""


def polygon(*points: tuple[float, float]) -> Path:
    """Return a closed path through points."""
    return (("m", points[0]), *(("l", point) for point in points[1:]), ("h", ()))


def box(left: float, bottom: float, right: float, top: float) -> Path:
    """Return the path of a rectangle."""
    return polygon((left, bottom), (right, bottom), (right, top), (left, top))


@dataclass(frozen=True, slots=True)
class Shape:
    """A path that is filled, stroked or both; None means that it is not.

    `dashes` are the lengths of dashes and gaps in turn; `cap` and `join` are PDF's numbers.
    `clips` are the paths within which alone it is seen.
    """

    path: Path
    fill: Rgb | None = BLACK
    stroke: Rgb | None = None
    stroke_width: float = 0.0
    is_even_odd: bool = False
    dashes: tuple[float, ...] = ()
    cap: int = 0
    join: int = 0
    clips: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """Text on a drawing, set at size 1 and mapped onto it by `matrix`.

    (0, 0) is the point of its base line at the share `anchor` of its length. It is condensed if it is
    longer than `max_width`, unless that is 0.
    """

    text: str
    matrix: Matrix
    style: Style = REGULAR
    fill: Rgb = BLACK
    anchor: float = 0.0
    max_width: float = 0.0

    def placed(self, width: float) -> Matrix:
        """Return the matrix for text that is `width` long at size 1, from the start of its base line."""
        a, b, c, d, e, f = self.matrix
        share = self.max_width / width if 0 < self.max_width < width else 1.0
        back = self.anchor * width * share
        return (a * share, b * share, c, d, e - a * back, f - b * back)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A black filled path that drawings share, such as a letter: a file has it once, under `name`.

    The coordinates of `path` are whole numbers, and `scale` is the drawing's units for one of them;
    its origin is at (`x`, `y`). `stroke_width` is the width of its outline.
    """

    name: str
    path: Path
    x: float
    y: float
    scale: float
    stroke_width: float = 0.0


@dataclass(frozen=True, slots=True)
class VectorDrawing:
    """A drawing of `width`, of `height` above its origin and `depth` below it, in any one unit.

    The origin is the left end of a formula's base line, or the lower left corner of a picture; x
    runs to the right and y up. `items` are in the order in which they are painted.
    """

    width: float
    height: float
    depth: float
    items: tuple[Shape | Label | Glyph, ...]


def map_path(path: Path, matrix: Matrix) -> Path:
    """Return a path whose points are mapped by a matrix."""
    a, b, c, d, e, f = matrix
    return tuple(
        (
            operator,
            tuple(
                number
                for x, y in zip(points[::2], points[1::2], strict=True)
                for number in (a * x + c * y + e, b * x + d * y + f)
            ),
        )
        for operator, points in path
    )


def scaled(matrix: Matrix, scale: float) -> Matrix:
    """Return a matrix whose results are multiplied by a number."""
    a, b, c, d, e, f = matrix
    return (a * scale, b * scale, c * scale, d * scale, e * scale, f * scale)


def size_of(matrix: Matrix) -> float:
    """Return how large a matrix draws text of size 1: the square root of the area of a unit square."""
    a, b, c, d, _, _ = matrix
    return sqrt(abs(a * d - b * c))


def outlined(drawing: VectorDrawing, width: float) -> VectorDrawing:
    """Return a drawing whose shapes and glyphs have black outlines, which make a formula bold."""

    def outline(item: Shape | Label | Glyph) -> Shape | Label | Glyph:
        if isinstance(item, Shape):
            return replace(item, stroke=BLACK, stroke_width=width)
        return replace(item, stroke_width=width) if isinstance(item, Glyph) else item

    return replace(drawing, items=tuple(map(outline, drawing.items)))
