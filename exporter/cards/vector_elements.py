"""Shapes of vector drawings as elements of an SVG image."""

from __future__ import annotations

from exporter.cards.vector_drawing import Glyph, Path, Rgb, Shape

_COMMANDS = {"m": "M", "l": "L", "c": "C", "h": "Z"}
_CAPS, _JOINS = ("butt", "round", "square"), ("miter", "round", "bevel")


def css_colour(colour: Rgb | None) -> str:
    """Return a colour as CSS has it; None is no paint."""
    if colour is None:
        return "none"
    return "#" + "".join(f"{round(255 * share):02x}" for share in colour)


def shape_element(shape: Shape) -> str:
    """Return the element that draws a shape, in the drawing's unit."""
    attributes = f'd="{_path(shape.path)}" fill="{css_colour(shape.fill)}"'
    if shape.is_even_odd:
        attributes += ' fill-rule="evenodd"'
    if shape.stroke is not None:
        attributes += f' stroke="{css_colour(shape.stroke)}" stroke-width="{shape.stroke_width:.5g}"'
        attributes += f' stroke-linecap="{_CAPS[shape.cap]}" stroke-linejoin="{_JOINS[shape.join]}"'
        if shape.dashes:
            attributes += f' stroke-dasharray="{" ".join(f"{length:.5g}" for length in shape.dashes)}"'
    element = f"<path {attributes}/>"
    for clip in reversed(shape.clips):
        element = f"""<g clip-path="path('{_path(clip)}')">{element}</g>"""
    return element


def glyph_element(glyph: Glyph) -> str:
    """Return the element that draws a glyph, in the drawing's unit."""
    matrix = f"matrix({glyph.scale:.5g} 0 0 {glyph.scale:.5g} {glyph.x:.5g} {glyph.y:.5g})"
    stroke = glyph.stroke_width / glyph.scale
    pen = f' stroke="#000" stroke-width="{stroke:.4g}"' if glyph.stroke_width else ""
    return f'<path d="{_path(glyph.path)}" transform="{matrix}"{pen}/>'


def _path(path: Path) -> str:
    return "".join(
        _COMMANDS[operator] + " ".join(f"{number:.6g}" for number in numbers) for operator, numbers in path
    )
