"""The layout of code blocks: lines in the monospaced face that keep their spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.cards.column_context import ColumnContext
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.structure_tags import Tags
from exporter.cards.text_measurement import build_line, measure_line
from exporter.cards.text_style import MONO, StyledText
from exporter.model.questions import CodeBlock, Text

TAB_COLUMNS = 4
CODE_HANG = 1.2  # unmeasured
"""Further indent of the rest of a broken line of code, as a fraction of the type size."""
MAX_CODE_INDENT = 0.6  # unmeasured
"""Largest indent of code, as a fraction of the line width, so that there is room for the code itself."""

_TOKEN = re.compile(r"\s*\S+")


def lay_out_code(
    block: CodeBlock, context: ColumnContext, *, indent: float, gap_above: float, tags: Tags
) -> Iterator[MeasuredLine]:
    """Yield the lines of a code block; lengths are fractions of the type size."""
    for index, text in enumerate(block.code.split("\n")):
        line = _lay_out_line(text, context, indent=indent, gap_above=0.0 if index else gap_above)
        yield line._replace(tags=tags)


def _lay_out_line(text: str, context: ColumnContext, *, indent: float, gap_above: float) -> MeasuredLine:
    """Return a line of code that keeps its spaces; if it must be broken, the rest hangs."""
    text = text.expandtabs(TAB_COLUMNS).rstrip()
    code = text.lstrip()
    char_width = context.fonts.spaces[MONO]
    margin = indent + char_width * (len(text) - len(code))
    margin = min(margin, max(indent, context.max_word_width * MAX_CODE_INDENT))
    max_width = context.max_word_width - margin - CODE_HANG
    words: list[tuple[StyledText, ...]] = []
    gaps: list[StyledText | None] = []
    for token in _TOKEN.findall(code):
        word = token.lstrip()
        measured = measure_line((Text(word),), fonts=context.fonts, max_word_width=max_width, style=MONO)
        for index, part in enumerate(measured.words):
            spaces = " " * (len(token) - len(word)) if index == 0 and words else ""
            words.append(((part, MONO),) if isinstance(part, str) else part)
            gaps.append((spaces, MONO) if spaces else None)
    line = build_line(
        words, gaps, fonts=context.fonts, style=MONO, indent=margin, hang=CODE_HANG, gap_above=gap_above
    )
    # as one unbreakable word, the line keeps the type small enough that it fits
    width = margin + line.width
    return line._replace(widest_word=width) if width <= context.max_unbroken_width else line
