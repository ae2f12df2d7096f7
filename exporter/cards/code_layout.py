"""The layout of code blocks: lines in the monospaced face that keep their spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.cards.column_context import ColumnContext
from exporter.cards.measured_line import CodeBlockWidth, MeasuredLine
from exporter.cards.structure_tags import Tags
from exporter.cards.text_measurement import build_line, measure_line
from exporter.cards.text_style import MONO, StyledText
from exporter.model.questions import CodeBlock, Text

TAB_COLUMNS = 4
MIN_CODE_SIZE_PT = 8.0
"""Size down to which code is made smaller rather than one of its lines broken.

67 characters are then on a line of a 3 × 5 inch card. The x-height of IBM Plex Mono is 0.516 of its size,
and that of Atkinson Hyperlegible 0.49, so code of 8 pt reads like text of 8.5 pt.
"""
MIN_CODE_SCALE = 0.75
"""Size of code for which the text around it is made smaller, as a fraction of that: at 8 pt, text of 10.7 pt.

Without it a line of 67 characters in 8 pt would be below text of 18 pt.
"""
CODE_HANG = 1.2
"""Further indent of the rest of a broken line of code: two characters, for its mark."""
MAX_CODE_INDENT = 0.6
"""Largest indent of code, as a fraction of the line width, so that there is room for the code itself.

On a business card of 8 pt code the code has 18 columns, and the indent 27: six levels of four spaces.
"""
_SCALE_TOLERANCE = 1e-9
"""How much narrower than the column the widest line is set, so that rounding does not break it."""

_TOKEN = re.compile(r"\s*\S+")
CODE_END_COSTS = {",": 0.0, ";": 0.0, "(": 0.5, "[": 0.5, "{": 0.5}
"""What it costs to break a line of code after a sign; elsewhere 1. What is after a comma is a unit."""
_BREAKS = re.compile(r"(?<=[,(\[{;])(?![,()\[\]{};])")
"""Break opportunities in code without spaces: after such a sign, but not between two of them."""


def lay_out_code(
    block: CodeBlock, context: ColumnContext, *, indent: float, gap_above: float, tags: Tags
) -> Iterator[MeasuredLine]:
    """Yield the lines of a code block; lengths are fractions of the type size."""
    lines = [_lay_out_line(text, context, indent) for text in block.code.split("\n")]
    width = max(line.indent - indent + line.width for line in lines)
    code = CodeBlockWidth(indent, width, context.max_code_width)
    # the text around code is small enough for it, but not smaller than for code at its smallest size
    widest_word = indent + MIN_CODE_SCALE * min(width, context.max_code_width)
    for index, line in enumerate(lines):
        yield line._replace(
            code=code, gap_above=0.0 if index else gap_above, widest_word=widest_word, tags=tags
        )


def scale_code(line: MeasuredLine, width: float, size: float) -> MeasuredLine:
    """Return a line of code as it is set beside text of a size; width and size are in points.

    It is scaled so that the widest line of its block is `width` long, but not below the smallest size.
    """
    code = line.code
    if code is None or not code.width:
        return line
    smallest = width / code.max_width
    scale = (width / size - code.indent) / code.width * (1 - _SCALE_TOLERANCE)
    scale = min(1.0, max(scale, smallest / size))
    if scale == 1.0:
        return line
    return line._replace(
        starts=[start * scale for start in line.starts],
        ends=[end * scale for end in line.ends],
        width=line.width * scale,
        indent=code.indent + (line.indent - code.indent) * scale,
        hang=line.hang * scale,
        scale=scale,
    )


def _lay_out_line(text: str, context: ColumnContext, indent: float) -> MeasuredLine:
    """Return a line of code that keeps its spaces; if it must be broken, the rest hangs."""
    text = text.expandtabs(TAB_COLUMNS).rstrip()
    code = text.lstrip()
    # of the code's own size: the indent is that of the text around it
    available = context.max_code_width * (1 - indent / context.max_word_width)
    margin = min(context.fonts.spaces[MONO] * (len(text) - len(code)), available * MAX_CODE_INDENT)
    max_width = available - margin - CODE_HANG
    words: list[tuple[StyledText, ...]] = []
    gaps: list[StyledText | None] = []
    for token in _TOKEN.findall(code):
        word = token.lstrip()
        spaces = " " * (len(token) - len(word))
        for unit in filter(None, _BREAKS.split(word)):
            measured = measure_line((Text(unit),), fonts=context.fonts, max_word_width=max_width, style=MONO)
            for part in measured.words:
                words.append(((part, MONO),) if isinstance(part, str) else part)
                gaps.append((spaces, MONO) if spaces and len(words) > 1 else None)
                spaces = ""
    return build_line(words, gaps, fonts=context.fonts, style=MONO, indent=indent + margin, hang=CODE_HANG)
