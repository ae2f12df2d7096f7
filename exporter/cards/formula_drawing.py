"""Formulas in TeX as vector drawings, set by ziamath in the font STIX Two Math."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from exporter.cards.formula_checks import FormulaError, check_letters, check_mathml, check_tex
from exporter.cards.formula_mathml import load_ziamath, read_mathml
from exporter.cards.formula_outlines import outline
from exporter.cards.vector_drawing import Glyph, Shape, VectorDrawing, map_path

NOMINAL_SIZE = 12.0
"""Size at which ziamath sets formulas: TeX's lengths in points are meant for text of about this size."""
TEXT_MATCH = 1.05
"""Scale of the formulas' font: its x-height is 0.473, that of Atkinson Hyperlegible 0.496."""
MAX_CACHED_FORMULAS = 3000
"""Number of formulas that are kept: a drawing of 50 glyphs takes 10 KiB, so that all take about 30 MiB."""

_REASONS = {
    "DoubleSubscriptsError": "has two indices at one place",
    "DoubleSuperscriptsError": "has two exponents at one place",
    "ExtraLeftOrMissingRightError": "has a \\left without its \\right",
    "MissingEndError": "has a \\begin without its \\end",
    "MissingSuperScriptOrSubscriptError": "has a ^ or _ without an exponent or index",
    "NoAvailableTokensError": "is empty",
}
"""What is wrong with a formula, by the name of latex2mathml's exception."""


class DrawnFormula(NamedTuple):
    """A formula's drawing, and the work that it took, as `formula_checks` counts it."""

    drawing: VectorDrawing
    work: int


@lru_cache(maxsize=MAX_CACHED_FORMULAS)
def draw_formula(tex: str, is_display: bool) -> DrawnFormula:
    """Return a formula as a drawing in black; its unit is the type size of the text around it.

    Raise `FormulaError` if it cannot be drawn whole.
    """
    check_tex(tex)
    load_ziamath()
    try:
        mathml = read_mathml(tex, is_display)
        work = check_mathml(mathml, _font())
        check_letters(tex, mathml)
        advance, items = _set(mathml)
    except FormulaError:
        raise
    except Exception as exc:  # the libraries raise anything for TeX that they do not expect
        raise FormulaError(_REASONS.get(type(exc).__name__, "is not TeX that can be set")) from exc
    points = [point for item in items for point in _iter_points(item)]
    if not points:
        raise FormulaError("has nothing to be drawn")
    xs, ys = zip(*points, strict=True)
    left = min(0.0, *xs)
    width = max(advance, *xs) - left
    moved = tuple(_move(item, -left) for item in items)
    drawing = VectorDrawing(width, max(0.0, *ys), max(0.0, -min(ys)), moved)
    return DrawnFormula(drawing, work)


def _font() -> Any:
    from ziamath.zmath import loadedfonts

    return loadedfonts["default"]


def _set(mathml: ET.Element) -> tuple[float, list[Glyph | Shape]]:
    """Return the advance width and the parts of a formula, at size 1."""
    from ziamath.zmath import Math

    math = Math(mathml, size=NOMINAL_SIZE, margin=0.0)
    scale = TEXT_MATCH / NOMINAL_SIZE
    return math.node.xadvance() * scale, list(outline(math.drawon(ET.Element("svg")), scale))


def _iter_points(item: Glyph | Shape) -> Iterator[tuple[float, float]]:
    """Yield the points of an item's path, among them those that control its curves."""
    for _, numbers in item.path:
        for x, y in zip(numbers[::2], numbers[1::2], strict=True):
            yield (item.x + x * item.scale, item.y + y * item.scale) if isinstance(item, Glyph) else (x, y)


def _move(item: Glyph | Shape, right: float) -> Glyph | Shape:
    if isinstance(item, Glyph):
        return replace(item, x=item.x + right)
    return replace(item, path=map_path(item.path, (1.0, 0.0, 0.0, 1.0, right, 0.0)))
