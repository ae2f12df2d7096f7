"""SVG pictures: read by svglib, and turned into vector drawings."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from math import isfinite, sqrt
from typing import Any

from exporter.cards.raster_images import PictureError
from exporter.cards.svg_checks import parse_svg
from exporter.cards.text_style import BOLD, BOLD_ITALIC, ITALIC, MONO, MONO_BOLD, REGULAR, Style
from exporter.cards.vector_drawing import Label, Matrix, Path, Rgb, Segment, Shape, VectorDrawing, map_path

MAX_COORDINATE_PT = 100_000.0
"""Largest coordinate of a drawing: 35 m; viewers calculate with about seven digits."""
MAX_SHAPE_RATIO = 100.0
"""How many times as wide as high a drawing may be, or as high as wide."""
CURVE = 0.5522847498307936
"""Length of the handles of a Bézier curve that is a quarter of a circle: 4/3 · tan(π/8)."""

MAX_LOOKUPS = 500_000
"""Most look-ups of attributes in an element or those around it: 3 s; 2,000 shapes 12 deep have so many."""

_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!--|<!DOCTYPE\s+svg|<svg|<[a-z]+:svg)", re.IGNORECASE)
_OPERATORS = (("m", 2), ("l", 2), ("c", 6), ("h", 0))
"""PDF's operators for those of reportlab's paths, with their numbers of coordinates."""
_ANCHORS = {"start": 0.0, "middle": 0.5, "end": 1.0}
_MONOSPACED = ("mono", "courier", "consolas", "menlo", "code")
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def is_svg(data: bytes) -> bool:
    """Return whether a file begins as an SVG file does."""
    return _START.match(data) is not None


def read_svg(data: bytes) -> VectorDrawing:
    """Return an SVG file as a drawing in points; raise `PictureError` if it cannot be drawn as it is meant.

    No other file is read.
    """
    root = parse_svg(data)
    try:
        return _draw(root)
    except PictureError:
        raise
    except Exception as exc:  # svglib raises anything for damaged values
        raise PictureError("it has damaged values", "Save it again as SVG or PNG.") from exc


def _draw(root: Any) -> VectorDrawing:
    # what svglib reports is not for people: it goes on with less
    logging.getLogger("svglib").propagate = False
    logging.getLogger("svglib").addHandler(logging.NullHandler())
    from svglib.svglib import SvgRenderer

    renderer = SvgRenderer(BytesIO(), font_map=_Fonts())
    _limit_work(renderer.attrConverter)
    drawing = renderer.render(root)
    width, height = float(drawing.width), float(drawing.height)
    if not (0 < width < MAX_COORDINATE_PT and 0 < height < MAX_COORDINATE_PT):
        raise PictureError("it has no size", "Give it a width and a height, or a viewBox.")
    if not 1 / MAX_SHAPE_RATIO <= width / height <= MAX_SHAPE_RATIO:
        raise PictureError(f"it is more than {MAX_SHAPE_RATIO:.0f} times as long as wide", "Crop it.")
    page = _rectangle(0.0, 0.0, width, height)
    items = tuple(_iter_items(drawing, _IDENTITY, (page,)))
    if not items:
        raise PictureError("it draws nothing", "Save it again as SVG or PNG.")
    return VectorDrawing(width, height, 0.0, items)


def _limit_work(converter: Any) -> None:
    """Have svglib's look-ups of attributes, which most of its work is, raise `PictureError` in the end."""
    find = converter.findAttr
    remaining = MAX_LOOKUPS

    def find_counted(node: Any, name: str) -> Any:
        nonlocal remaining
        remaining -= 1
        if remaining < 0:
            raise PictureError("it is too much work to draw", "Save it as PNG.")
        return find(node, name)

    converter.findAttr = find_counted


class _Fonts:
    """Maps families to the names of standard fonts: svglib's own map searches the system for files."""

    def find_font(self, name: str, weight: str = "normal", style: str = "normal") -> tuple[str, bool]:
        """Return the standard font that is most like a family, and whether the search ends with it."""
        is_bold = weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
        is_italic = style in ("italic", "oblique")
        slope = "Oblique" if is_italic else ""
        ending = f"-{'Bold' if is_bold else ''}{slope}" if is_bold or is_italic else ""
        is_monospaced = any(part in name.lower() for part in _MONOSPACED)
        return ("Courier" if is_monospaced else "Helvetica") + ending, True


def _iter_items(node: Any, matrix: Matrix, clips: tuple[Path, ...]) -> Iterator[Shape | Label]:
    """Yield what a group of reportlab's graphics draws, mapped by a matrix and clipped."""
    from reportlab.graphics import shapes
    from svglib import svglib

    matrix = _multiply(matrix, tuple(getattr(node, "transform", _IDENTITY)))
    for child in node.contents:
        if isinstance(child, svglib.ClippingPath):
            clips = (*clips, _mapped(_path(child), matrix))
        elif isinstance(child, shapes.Group):
            yield from _iter_items(child, matrix, clips)
        elif isinstance(child, shapes.String):
            if label := _label(child, matrix):
                yield label
        elif isinstance(child, svglib.LinearGradientShape | svglib.RadialGradientShape):
            fill = _mean_colour(child._rl_colors, child._positions)
            yield Shape(_mapped(_path(child._clip_shape), matrix), fill, clips=clips)
        elif isinstance(child, shapes.Image):
            raise PictureError("it has a picture of pixels, which is not drawn")
        elif isinstance(child, shapes.SolidShape | shapes.LineShape) and (
            shape := _shape(child, matrix, clips)
        ):
            yield shape


def _shape(child: Any, matrix: Matrix, clips: tuple[Path, ...]) -> Shape | None:
    from svglib import svglib

    fill = _rgb(getattr(child, "fillColor", None), 1.0)
    is_outline = not isinstance(child, svglib.NoStrokePath) and (child.strokeWidth or 0) > 0
    stroke = _rgb(child.strokeColor, getattr(child, "strokeOpacity", None)) if is_outline else None
    path = _mapped(_path(child), matrix)
    if not path or (fill is None and stroke is None):
        return None
    a, b, c, d, _, _ = matrix
    scale = sqrt(abs(a * d - b * c))
    dashes = child.strokeDashArray or ()
    return Shape(
        path,
        fill,
        stroke,
        float(child.strokeWidth or 0) * scale,
        getattr(child, "fillMode", None) == 0,
        tuple(max(0.0, float(length)) * scale for length in dashes) if any(dashes) else (),
        int(child.strokeLineCap or 0),
        int(child.strokeLineJoin or 0),
        clips,
    )


def _label(child: Any, matrix: Matrix) -> Label | None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    fill = _rgb(child.fillColor, 1.0)
    size = float(child.fontSize)
    if fill is None or not child.text.strip() or size <= 0:
        return None
    a, b, c, d, e, f = _multiply(matrix, (size, 0.0, 0.0, size, float(child.x), float(child.y)))
    _check((a, b, c, d, e, f))
    # the widths that svglib calculated with: those of the standard fonts, which have only Latin letters
    width = stringWidth(child.text, child.fontName, 1.0) if child.text.isascii() else 0.0
    style, anchor = _style(child.fontName), _ANCHORS.get(child.textAnchor, 0.0)
    return Label(child.text, (a, b, c, d, e, f), style, fill, anchor, width)


def _style(name: str) -> Style:
    is_bold, is_italic = "Bold" in name, "Oblique" in name
    if name.startswith("Courier"):
        return MONO_BOLD if is_bold else MONO
    return (BOLD_ITALIC if is_bold else ITALIC) if is_italic else BOLD if is_bold else REGULAR


def _path(shape: Any) -> Path:
    """Return the path of one of reportlab's shapes."""
    from reportlab.graphics import shapes

    if isinstance(shape, shapes.Path):
        return tuple(_iter_segments(shape.points, shape.operators))
    if isinstance(shape, shapes.Line):
        return ("m", (shape.x1, shape.y1)), ("l", (shape.x2, shape.y2))
    if isinstance(shape, shapes.Polygon | shapes.PolyLine):
        points = list(zip(shape.points[::2], shape.points[1::2], strict=False))
        lines: Path = tuple(("l" if index else "m", point) for index, point in enumerate(points))
        return (*lines, ("h", ())) if isinstance(shape, shapes.Polygon) else lines
    if isinstance(shape, shapes.Circle):
        return _rounded(shape.cx - shape.r, shape.cy - shape.r, 2 * shape.r, 2 * shape.r, shape.r, shape.r)
    if isinstance(shape, shapes.Ellipse):
        return _rounded(
            shape.cx - shape.rx, shape.cy - shape.ry, 2 * shape.rx, 2 * shape.ry, shape.rx, shape.ry
        )
    if isinstance(shape, shapes.Rect):
        rx, ry = min(shape.rx or 0, shape.width / 2), min(shape.ry or 0, shape.height / 2)
        if not rx or not ry:
            return _rectangle(shape.x, shape.y, shape.width, shape.height)
        return _rounded(shape.x, shape.y, shape.width, shape.height, rx, ry)
    raise PictureError(f"it has a shape that is not drawn ({type(shape).__name__})")


def _iter_segments(points: list[float], operators: list[int]) -> Iterator[Segment]:
    index = 0
    for operator in operators:
        name, count = _OPERATORS[operator]
        yield name, tuple(points[index : index + count])
        index += count


def _rectangle(x: float, y: float, width: float, height: float) -> Path:
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return (*(("l" if index else "m", corner) for index, corner in enumerate(corners)), ("h", ()))


def _rounded(x: float, y: float, width: float, height: float, rx: float, ry: float) -> Path:
    """Return a rectangle whose corners are quarters of an ellipse; or a whole ellipse."""
    right, top, dx, dy = x + width, y + height, rx * (1 - CURVE), ry * (1 - CURVE)
    return (
        ("m", (x + rx, y)),
        ("l", (right - rx, y)),
        ("c", (right - dx, y, right, y + dy, right, y + ry)),
        ("l", (right, top - ry)),
        ("c", (right, top - dy, right - dx, top, right - rx, top)),
        ("l", (x + rx, top)),
        ("c", (x + dx, top, x, top - dy, x, top - ry)),
        ("l", (x, y + ry)),
        ("c", (x, y + dy, x + dx, y, x + rx, y)),
        ("h", ()),
    )


def _rgb(colour: Any, opacity: float | None) -> Rgb | None:
    """Return a colour as it is seen on white paper, where it is not opaque."""
    if colour is None:
        return None
    alpha = float(getattr(colour, "alpha", 1.0)) * (1.0 if opacity is None else float(opacity))
    if alpha <= 0:
        return None
    red, green, blue = (min(1.0, max(0.0, 1 - alpha * (1 - share))) for share in colour.rgb())
    return red, green, blue


def _mean_colour(colours: list[Any], positions: list[float]) -> Rgb:
    """Return the mean of a gradient, in which it is filled: on paper, shades are for orientation only."""
    shades = [_rgb(colour, None) or (1.0, 1.0, 1.0) for colour in colours]
    stops = [0.0, *positions, 1.0]
    ends = [shades[0], *shades, shades[-1]]
    total = [0.0, 0.0, 0.0]
    for index in range(len(stops) - 1):
        share = max(0.0, stops[index + 1] - stops[index]) / 2
        for channel in range(3):
            total[channel] += share * (ends[index][channel] + ends[index + 1][channel])
    red, green, blue = (min(1.0, value) for value in total)
    return red, green, blue


def _multiply(outer: Matrix, inner: Any) -> Matrix:
    """Return the matrix that maps by `inner`, then by `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = (float(value) for value in inner)
    return (
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * m + e,
        b * k + d * m + f,
    )


def _mapped(path: Path, matrix: Matrix) -> Path:
    """Return a path on the drawing; raise `PictureError` if it is too far from it."""
    mapped = map_path(path, matrix)
    for _, numbers in mapped:
        _check(numbers)
    return mapped


def _check(numbers: tuple[float, ...]) -> None:
    if not all(isfinite(number) and abs(number) < MAX_COORDINATE_PT for number in numbers):
        raise PictureError("it has coordinates that are too large", "Crop it to what is to be seen.")
