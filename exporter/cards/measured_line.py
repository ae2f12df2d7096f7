"""The values of type setting: a line of the source with the widths of its words, and a placed image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from exporter.cards.structure_tags import PARAGRAPH, Tags
from exporter.cards.text_style import REGULAR, Style, StyledText
from exporter.cards.vector_drawing import VectorDrawing

MIN_TRANSPOSED_ORIENTATION = 5
"""EXIF orientations from this one on exchange width and height."""

Word = str | tuple[StyledText, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as it is placed; `width` and `height` are in points, after rotation.

    `orientation` is that of EXIF, from 1 to 8. The image may be up to `max_width` points wide. One
    that consists of paths has its `drawing`.
    """

    name: str
    width: float
    height: float
    orientation: int = 1
    max_width: float = 0.0
    drawing: VectorDrawing | None = None

    @property
    def is_transposed(self) -> bool:
        """Whether the rotation exchanges width and height."""
        return self.orientation >= MIN_TRANSPOSED_ORIENTATION

    def resized(self, scale: float) -> Picture:
        """Return the image with its sides multiplied by a number."""
        return replace(self, width=self.width * scale, height=self.height * scale)


class CodeBlockWidth(NamedTuple):
    """The indent of a code block, the width of its widest line, and that of a line at the smallest size."""

    indent: float
    width: float
    max_width: float


class MeasuredLine(NamedTuple):
    """One line of the source, which can be broken at any size; all lengths are fractions of the type size.

    Words:
        `words` are strings in `style` with one space between them (`gaps` is None), or tuples of
        pieces of one style each; `gaps` are then the spaces before the words, None where a word is
        divided. `starts` and `ends` are the positions of each word on one endless line, of length
        `width`; each end is `trailing_space` after the word, which saves a pass over plain words.
        `widest_word` is the width of the widest word with its indent. `is_divided` is true if a
        word has parts that may be on different lines; a part that ends in a soft hyphen has a
        hyphen at the end of a line. A line should not end with one of the `line_end_words`.
    Position:
        `indent` is the distance from the column's edge, `hang` the further indent of all printed
        lines but the first; `label` is drawn in the indent. `extra_height` is how much higher each
        printed line is than one of text, since it has formulas, and `extra_depth` what of it is
        below the base line. `gap_above` is the space above, in
        units of the column's paragraph gap: 1 above a step. A line that `shares_line` is on the
        same base line as the one before it (cells of a table). `bars` are the positions of the bars
        of quotations.
    Code:
        `code` is the width of the code block that a line belongs to, None outside code. `scale` is the
        size of the line's text, as a fraction of the type size: code may be smaller than the text
        around it.
    Direction:
        `is_rtl` lines run from right to left. `needs_shaping` is true if a letter needs shaping or
        bidi reordering.
    Structure:
        `tags` are the structure elements that the line is in.
    """

    words: Sequence[Word]
    starts: Sequence[float]
    ends: Sequence[float]
    width: float = 0.0
    trailing_space: float = 0.0
    style: Style = REGULAR
    gaps: Sequence[StyledText | None] | None = None
    indent: float = 0.0
    hang: float = 0.0
    label: str = ""
    gap_above: float = 0.0
    widest_word: float = 0.0
    shares_line: bool = False
    needs_shaping: bool = False
    is_rtl: bool = False
    is_divided: bool = False
    picture: Picture | None = None
    bars: tuple[float, ...] = ()
    line_end_words: frozenset[str] = frozenset()
    code: CodeBlockWidth | None = None
    scale: float = 1.0
    tags: Tags = PARAGRAPH
    extra_height: float = 0.0
    extra_depth: float = 0.0
