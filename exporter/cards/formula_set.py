"""The formulas of one document: which are drawn, how large, and which stay in TeX."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from exporter.cards.break_opportunities import clean
from exporter.cards.formula_checks import FormulaError
from exporter.cards.formula_drawing import draw_formula
from exporter.cards.vector_drawing import VectorDrawing
from exporter.model.questions import Math
from exporter.model.text import line_text

MIN_FORMULA_SCALE = 0.7
"""Smallest scale of a formula that is wider or higher than its column, as a fraction of the text around it.

Beside text of 9 pt its letters are then of 6.3 pt, its exponents of 4.4 pt with digits 1 mm high. At
600 dpi in one bit the letters of bold fractions with indices are open at 0.7, and closed at 0.5.
"""
MAX_DOCUMENT_WORK = 5_000_000
"""Work of setting all formulas of a document, as `formula_checks` counts it: about five minutes.

An ordinary formula takes 100 to 500, so a document may have more than 10,000.
"""
_SCALE_STEPS = 100


class SetFormula(NamedTuple):
    """A formula as it is placed; `source` is its TeX with delimiters, on one line.

    `scale` is that of its drawing. `width`, `height` and `depth` are fractions of the type size of
    the text around it, after scaling.
    """

    math: Math
    source: str
    scale: float
    width: float
    height: float
    depth: float

    def draw(self) -> VectorDrawing:
        """Return its drawing, at scale 1."""
        return draw_formula(self.math.tex, self.math.display).drawing


class FormulaRoom(NamedTuple):
    """The largest width and height of formulas at their smallest scale, as fractions of the type size.

    `depth` is how far they may be below the base line.

    What does not fit a text that is not the main one, such as the head of a card, is not reported.
    """

    width: float = inf
    height: float = inf
    depth: float = inf
    is_main: bool = True


class FormulaSet:
    """The formulas of a document by their keys, which are in their place in lines of text.

    `unset` has the formulas that stay in TeX, with the reason, which completes “The formula … ”.
    """

    def __init__(self) -> None:
        """Begin with no formulas."""
        self._formulas: dict[str, SetFormula] = {}
        self._work = 0
        self.unset: dict[Math, str] = {}

    def find_key(self, math: Math, room: FormulaRoom) -> str | None:
        """Return the key of a formula, or None if it stays in TeX, since it does not fit its room."""
        key = line_text((math,))
        formula = self._formulas.get(key)
        if formula is None:
            if math in self.unset:
                return None
            try:
                if self._work > MAX_DOCUMENT_WORK:
                    raise FormulaError("is one of too many in this document")
                drawn = draw_formula(math.tex, math.display)
            except FormulaError as exc:
                self.unset[math] = str(exc)
                return None
            self._work += drawn.work
            drawing = drawn.drawing
            source = " ".join(clean(key).split())
            formula = SetFormula(math, source, 1.0, drawing.width, drawing.height, drawing.depth)
            self._formulas[key] = formula
        height = formula.height + formula.depth
        for length, limit, size in (
            (formula.width, room.width, "wider"),
            (height, room.height, "higher"),
            (formula.depth, room.depth, "deeper"),
        ):
            if length * MIN_FORMULA_SCALE > limit:
                if room.is_main:
                    self.unset[math] = f"is {size} than the text can be"
                return None
        scale = min(room.height / height, room.depth / formula.depth if formula.depth else 1.0)
        return key if scale >= 1.0 else self.scale(key, scale)

    def scale(self, key: str, scale: float) -> str:
        """Return the key of a formula at a scale, at least the smallest, of its scale now."""
        formula = self._formulas[key]
        steps = max(MIN_FORMULA_SCALE, min(1.0, formula.scale * scale)) * _SCALE_STEPS
        new_scale = int(steps + 1e-6) / _SCALE_STEPS
        if new_scale >= formula.scale:
            return key
        scaled_key = f"{new_scale}\0{formula.source}"
        share = new_scale / formula.scale
        width, height, depth = (length * share for length in formula[3:])
        self._formulas[scaled_key] = SetFormula(formula.math, formula.source, new_scale, width, height, depth)
        return scaled_key

    def __getitem__(self, key: str) -> SetFormula:
        """Return a formula by its key."""
        return self._formulas[key]

    def width_of(self, key: str) -> float:
        """Return the width of a formula, as a fraction of the type size."""
        return self._formulas[key].width
