"""The outlines of a formula, from the SVG elements that ziamath draws."""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import hypot

from exporter.cards.formula_checks import FormulaError
from exporter.cards.vector_drawing import Glyph, Path, Segment, Shape

_COMMAND = re.compile(r"([MLQCZ])([^MLQCZ]*)")
UNITS = 1000 / 12
"""Units of a glyph in one of SVG: ziafont draws a symbol at 12, and the font has 1,000 units an em."""
MAX_CACHED_GLYPHS = 2000
"""Number of glyphs that are kept, of 5 KiB each; 300 different formulas have about 100."""
_COUNTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


def outline(group: ET.Element, scale: float) -> Iterator[Glyph | Shape]:
    """Yield what an SVG element draws; y runs up, and `scale` is the drawing's units for one of SVG.

    Raise `FormulaError` for elements of another kind.
    """
    symbols: dict[str, tuple[tuple[float, ...], Path, str]] = {}
    for element in group.iter():
        if element.tag == "symbol":
            box = tuple(map(float, element.attrib["viewBox"].split()))
            data = " ".join(part.attrib["d"] for part in element.iter("path"))
            symbols[element.attrib["id"]] = box, *_read_path(data)
    for element in _iter_drawn(group):
        if element.tag == "use":
            box, path, name = symbols[element.attrib["href"][1:]]
            if path:
                yield _place(element, box, path, name=name, scale=scale)
        elif element.tag == "rect":
            yield Shape(_scale(_rectangle(element), scale))
        elif element.tag == "path":
            yield Shape(_scale(_stroke(element), scale))
        elif element.tag != "g":
            raise FormulaError(f"has a sign that cannot be drawn ({element.tag})")


def _scale(path: Iterable[Segment], scale: float) -> Path:
    return tuple((operator, tuple(number * scale for number in numbers)) for operator, numbers in path)


def _iter_drawn(group: ET.Element) -> Iterator[ET.Element]:
    for element in group:
        if element.tag != "symbol":
            yield element
            yield from _iter_drawn(element)


@lru_cache(maxsize=MAX_CACHED_GLYPHS)
def _read_path(data: str) -> tuple[Path, str]:
    """Return the path of a glyph in whole units, y up, and its name; formulas share the value."""
    path = tuple(_iter_segments(data))
    return path, f"G{hashlib.sha256(data.encode('ascii')).hexdigest()[:12]}"


def _iter_segments(data: str) -> Iterator[Segment]:
    """Yield the segments of a path in SVG; quadratic curves become cubic ones."""
    x = y = 0.0
    for command, text in _COMMAND.findall(data):
        numbers = tuple(map(float, text.split()))
        if len(numbers) != _COUNTS[command]:
            raise FormulaError("has a sign that cannot be drawn")
        if command == "Z":
            yield "h", ()
            continue
        if command == "Q":
            cx, cy, end_x, end_y = numbers
            numbers = (
                *(x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3),
                *(end_x + (cx - end_x) * 2 / 3, end_y + (cy - end_y) * 2 / 3),
                *(end_x, end_y),
            )
        units = (round(number * UNITS) for number in numbers)
        up = tuple(-unit if index % 2 else unit for index, unit in enumerate(units))
        yield {"M": "m", "L": "l"}.get(command, "c"), up
        x, y = numbers[-2:]


def _place(use: ET.Element, box: tuple[float, ...], path: Path, *, name: str, scale: float) -> Glyph:
    """Return a symbol's path at the place of its use, as SVG defines it."""
    left, top, _, height = box
    factor = float(use.attrib["height"]) / height
    x, y = float(use.attrib["x"]) - left * factor, float(use.attrib["y"]) - top * factor
    return Glyph(name, path, x * scale, -y * scale, factor * scale / UNITS)


def _rectangle(element: ET.Element) -> Iterator[Segment]:
    """Yield the outline of a rectangle, or of its frame."""
    x, y, width, height = (float(element.attrib[name]) for name in ("x", "y", "width", "height"))
    if "stroke" not in element.attrib:
        yield from _clockwise(x, -y - height, x + width, -y)
        return
    if "rx" in element.attrib:
        raise FormulaError("has a frame that cannot be drawn")
    half = float(element.attrib["stroke-width"]) / 2
    left, right, bottom, top = x, x + width, -y - height, -y
    yield from _clockwise(left - half, top - half, right + half, top + half)
    yield from _clockwise(left - half, bottom - half, right + half, bottom + half)
    yield from _clockwise(left - half, bottom - half, left + half, top + half)
    yield from _clockwise(right - half, bottom - half, right + half, top + half)


def _clockwise(left: float, bottom: float, right: float, top: float) -> Iterator[Segment]:
    yield "m", (left, bottom)
    yield "l", (left, top)
    yield "l", (right, top)
    yield "l", (right, bottom)
    yield "h", ()


def _stroke(element: ET.Element) -> Iterator[Segment]:
    """Yield the outline of a straight stroke, such as that of `\\cancel`."""
    match = re.fullmatch(r"M (\S+) (\S+) L (\S+) (\S+)", element.attrib["d"].strip())
    if match is None or "marker-end" in element.attrib:
        raise FormulaError("has a stroke that cannot be drawn")
    x, y, end_x, end_y = map(float, match.groups())
    y, end_y = -y, -end_y
    length = hypot(end_x - x, end_y - y)
    half = float(element.attrib["stroke-width"]) / 2
    dx, dy = -(end_y - y) / length * half, (end_x - x) / length * half
    yield "m", (x - dx, y - dy)
    yield "l", (x + dx, y + dy)
    yield "l", (end_x + dx, end_y + dy)
    yield "l", (end_x - dx, end_y - dy)
    yield "h", ()
