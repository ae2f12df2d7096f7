"""The context in which blocks are laid out in a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from exporter.cards.font_set import Fonts
from exporter.cards.hyphenation import Hyphenate, keep_undivided
from exporter.cards.line_end_words import find_line_end_words
from exporter.cards.measured_line import MeasuredLine, Picture
from exporter.cards.structure_tags import PARAGRAPH, Tags
from exporter.cards.text_measurement import measure_line
from exporter.cards.text_style import REGULAR, Style
from exporter.model.questions import Line


@dataclass(frozen=True, slots=True)
class ColumnContext:
    """The column's width, its fonts, images and language; widths are fractions of the type size.

    Words up to `max_word_width` are not divided, and tables up to `max_unbroken_width` not broken;
    formulas up to this width and `max_unbroken_height` are drawn. `max_code_width` is the width at the
    smallest size of code. `find_picture` returns an image by its target, or None if it cannot be shown.
    """

    fonts: Fonts
    max_word_width: float
    max_unbroken_width: float
    max_code_width: float
    find_picture: Callable[[str], Picture | None]
    hyphenate: Hyphenate = keep_undivided
    language: str = ""
    max_unbroken_height: float = inf

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
            max_formula=(self.max_unbroken_width - indent, self.max_unbroken_height),
        )
