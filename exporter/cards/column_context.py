"""The context in which blocks are laid out in a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

from exporter.cards.font_set import Fonts
from exporter.cards.formula_set import FormulaRoom
from exporter.cards.hyphenation import Hyphenate, keep_undivided
from exporter.cards.line_end_words import find_line_end_words
from exporter.cards.measured_line import MeasuredLine, Picture
from exporter.cards.structure_tags import PARAGRAPH, Tags
from exporter.cards.text_measurement import FORMULA_SLACK, measure_line
from exporter.cards.text_style import ASCENT, DESCENT, REGULAR, Style
from exporter.model.questions import Line

ONE_LINE_HEIGHT = ASCENT + DESCENT + FORMULA_SLACK
"""Height of formulas in lines that are all equally high, as a fraction of the type size."""


@dataclass(frozen=True, slots=True)
class ColumnContext:
    """The column's width, its fonts, images and language; widths are fractions of the type size.

    Words up to `max_word_width` are not divided, and tables up to `max_unbroken_width` not broken;
    formulas up to this width and `max_unbroken_height` are drawn. `max_code_width` is the width at the
    smallest size of code. `find_picture` returns an image by its target, or None if it cannot be shown.
    Formulas that do not fit are reported only if the text `is_main`.
    """

    fonts: Fonts
    max_word_width: float
    max_unbroken_width: float
    max_code_width: float
    find_picture: Callable[[str], Picture | None]
    hyphenate: Hyphenate = keep_undivided
    language: str = ""
    max_unbroken_height: float = inf
    is_main: bool = True

    def for_one_line(self) -> ColumnContext:
        """Return the context for text whose lines are all equally high, such as that of a foot."""
        return replace(self, max_unbroken_height=ONE_LINE_HEIGHT, is_main=False)

    def measure_line(
        self,
        line: Line,
        style: Style = REGULAR,
        *,
        indent: float = 0.0,
        label: str = "",
        gap_above: float = 0.0,
        tags: Tags = PARAGRAPH,
    ) -> MeasuredLine:
        """Return a line of the column's text at an indent."""
        return measure_line(
            line,
            fonts=self.fonts,
            max_word_width=self.max_word_width - indent,
            style=style,
            indent=indent,
            label=label,
            gap_above=gap_above,
            hyphenate=self.hyphenate,
            line_end_words=find_line_end_words(self.language),
            tags=tags,
            formula_room=FormulaRoom(
                self.max_unbroken_width - indent,
                self.max_unbroken_height,
                inf if self.is_main else DESCENT,
                self.is_main,
            ),
        )
