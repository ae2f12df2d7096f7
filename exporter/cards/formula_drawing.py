"""Formulas in TeX as vector drawings, set by ziamath in the font STIX Two Math."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import Any, NamedTuple

from exporter.cards.formula_checks import FormulaError, check_letters, check_mathml, check_tex
from exporter.cards.formula_mathml import load_ziamath, read_mathml
from exporter.cards.formula_outlines import outline
from exporter.cards.vector_drawing import Path, Shape, VectorDrawing

NOMINAL_SIZE = 12.0
"""Size at which ziamath sets formulas: TeX's lengths in points are meant for text of about this size."""
TEXT_MATCH = 1.05
"""Scale of the formulas' font: its x-height is 0.473, that of Atkinson Hyperlegible 0.496."""
MAX_CACHED_FORMULAS = 1000
"""Number of formulas that are kept: a drawing takes about 30 KiB, so 30 MiB at most."""


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
        advance, path = _set(mathml)
    except FormulaError:
        raise
    except Exception as exc:  # the libraries raise anything for TeX that they do not expect
        raise FormulaError("is not TeX that can be set") from exc
    xs = [x for _, points in path for x in points[::2]]
    ys = [y for _, points in path for y in points[1::2]]
    if not xs:
        raise FormulaError("has nothing to be drawn")
    left = min(0.0, *xs)
    moved = tuple(
        (operator, tuple(round(n - left * (i % 2 == 0), 4) for i, n in enumerate(points)))
        for operator, points in path
    )
    width = max(advance, *xs) - left
    drawing = VectorDrawing(width, max(0.0, *ys), max(0.0, -min(ys)), (Shape(moved),))
    return DrawnFormula(drawing, work)


def _font() -> Any:
    from ziamath.zmath import loadedfonts

    return loadedfonts["default"]


def _set(mathml: ET.Element) -> tuple[float, Path]:
    """Return the advance width and the outlines of a formula, at size 1."""
    from ziamath.zmath import Math

    math = Math(mathml, size=NOMINAL_SIZE, margin=0.0)
    group = math.drawon(ET.Element("svg"))
    scale = TEXT_MATCH / NOMINAL_SIZE
    path = tuple(
        (operator, tuple(number * scale for number in points)) for operator, points in outline(group)
    )
    return math.node.xadvance() * scale, path
