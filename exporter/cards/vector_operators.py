"""Shapes of vector drawings as operators of a PDF content stream."""

from __future__ import annotations

from exporter.cards.vector_drawing import Path, Rgb, Shape


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
