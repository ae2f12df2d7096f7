"""Shapes of vector drawings as operators of a PDF content stream."""

from __future__ import annotations

import zlib
from functools import lru_cache

from exporter.cards.vector_drawing import Glyph, Path, Rgb, Shape

MAX_OUTLINE_UNITS = 100
"""Half of the width of a glyph's outline, at most; that of bold formulas is 15 to 30 of 1,000 units an em."""
FORM_COMPRESSION_LEVEL = 9
"""Level of zlib for glyphs: a file has each of them once."""


def fill_operator(colour: Rgb) -> str:
    """Return the operator that sets the fill colour; one without a hue is set as grey."""
    return f"{_colour(colour)} {'g' if _is_grey(colour) else 'rg'}"


def shape_operators(shape: Shape, scale: float) -> str:
    """Return the operators that draw a shape; `scale` is the points of its unit."""
    parts = ["q"]
    parts += (f"{_path(clip, scale)} W n" for clip in shape.clips)
    if shape.fill is not None:
        parts.append(fill_operator(shape.fill))
    if shape.stroke is not None:
        parts.append(f"{_colour(shape.stroke)} {'G' if _is_grey(shape.stroke) else 'RG'}")
        dashes = " ".join(_number(length * scale) for length in shape.dashes)
        parts.append(f"{_number(shape.stroke_width * scale)} w {shape.cap} J {shape.join} j [{dashes}] 0 d")
    parts.append(_path(shape.path, scale))
    star = "*" if shape.is_even_odd else ""
    is_filled, is_stroked = shape.fill is not None, shape.stroke is not None
    parts.append(
        {(True, True): f"B{star}", (True, False): f"f{star}", (False, True): "S"}.get(
            (is_filled, is_stroked), "n"
        )
    )
    return " ".join([*parts, "Q"])


def glyph_operators(glyph: Glyph, scale: float) -> str:
    """Return the operators that draw a glyph by its form; `scale` is the points of the drawing's unit."""
    size = glyph.scale * scale
    pen = f"{_number(glyph.stroke_width / glyph.scale)} w 1 j " if glyph.stroke_width else ""
    matrix = f"{size:.6f} 0 0 {size:.6f} {_number(glyph.x * scale)} {_number(glyph.y * scale)}"
    return f"q {matrix} cm {pen}/{glyph_form_name(glyph)} Do Q"


def glyph_form_name(glyph: Glyph) -> str:
    """Return the name of a glyph's form; with an outline it is another one."""
    return glyph.name + ("b" if glyph.stroke_width else "")


@lru_cache(maxsize=1000)
def glyph_form(path: Path, is_outlined: bool) -> bytes:
    """Return the form of a glyph, a stream object of PDF: its path, painted in the colours of the page."""
    xs = [x for _, numbers in path for x in numbers[::2]]
    ys = [y for _, numbers in path for y in numbers[1::2]]
    margin = MAX_OUTLINE_UNITS if is_outlined else 0
    box = (min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)
    content = f"{_path(path, 1.0)} {'B' if is_outlined else 'f'}".encode("ascii")
    stream = zlib.compress(content, FORM_COMPRESSION_LEVEL)
    head = (
        f"<< /Type /XObject /Subtype /Form /BBox [{' '.join(map(_number, box))}] "
        f"/Filter /FlateDecode /Length {len(stream)} >>\nstream\n"
    )
    return b"".join((head.encode("ascii"), stream, b"\nendstream\n"))


def _path(path: Path, scale: float) -> str:
    return " ".join(
        " ".join([*(_number(number * scale) for number in numbers), operator]) for operator, numbers in path
    )


def _is_grey(colour: Rgb) -> bool:
    return colour[0] == colour[1] == colour[2]


def _colour(colour: Rgb) -> str:
    return _number(colour[0]) if _is_grey(colour) else " ".join(map(_number, colour))


def _number(value: float) -> str:
    """Return a number with three decimals: curves of formulas are small."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
