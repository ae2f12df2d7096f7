"""The layout of blocks: paragraphs, steps, lists, quotations and images become lines of one column.

Lengths are fractions of the type size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.cards import shaping
from exporter.cards.card_figures import STEP_COLUMN_EM
from exporter.cards.code_layout import lay_out_code
from exporter.cards.column_context import ColumnContext
from exporter.cards.measured_line import MeasuredLine
from exporter.cards.structure_tags import Role, Tag, Tags, item_tags, step_tags
from exporter.cards.styled_spans import split_at_breaks
from exporter.cards.table_layout import lay_out_table
from exporter.cards.text_measurement import build_line
from exporter.cards.text_style import BOLD, ITALIC, REGULAR, Style
from exporter.model.block_queries import find_steps
from exporter.model.direction import has_rtl, is_rtl
from exporter.model.questions import (
    EMPTY_BOX,
    TICKED_BOX,
    Block,
    CodeBlock,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Text,
)
from exporter.model.text import line_text

LIST_INDENT = 1.15  # unmeasured
"""Indent of list items and quotations."""
WIDE_STEP_COLUMN_EM = STEP_COLUMN_EM * 1.5
"""Width of the column of step numbers if these have three digits, which are half as wide again as two."""
MIN_WIDE_STEPS = 100
LABEL_GAP = 0.45  # unmeasured
"""Space between a list item's marker and its text."""
MAX_LIST_INDENT = 0.4  # unmeasured
"""Largest indent of lists and quotations, as a fraction of the line width, so that there is room for text."""
BULLET = "•"
BOX_SIDE = 0.62  # unmeasured
"""Side of a check box."""
BAR_GAP = 0.7  # unmeasured
"""Distance from the bar of a quotation to its text."""

STEP_GAP, ITEM_GAP, LINE_GAP = 1.0, 0.6, 0.35  # unmeasured
"""Space above a block, an item and a further line of a paragraph, in units of the paragraph gap."""


def lay_out_answer(blocks: tuple[Block, ...], context: ColumnContext) -> list[MeasuredLine]:
    """Return the lines of an answer: as numbered steps if it has only paragraphs, else as its blocks."""
    steps = find_steps(blocks)
    if not steps:
        return lay_out_blocks(blocks, context)
    indent = STEP_COLUMN_EM if len(steps) < MIN_WIDE_STEPS else WIDE_STEP_COLUMN_EM
    parts = [
        (number, index, part)
        for number, step in enumerate(steps, 1)
        for index, part in enumerate(split_at_breaks(step))
    ]
    lines = [
        context.measure_line(
            part,
            indent=indent,
            label="" if index else str(number),
            gap_above=STEP_GAP if number > 1 and index == 0 else 0.0,
            tags=step_tags(number - 1),
        )
        for number, index, part in parts
    ]
    if not (shaping.is_available() and any(line.needs_shaping for line in lines)):
        return lines
    texts = [line_text(part) for _, _, part in parts]
    if not is_rtl("\n".join(texts), context.language):
        return lines
    # in a right-to-left answer, a step that begins with a Latin word runs from the right too
    return [
        line._replace(is_rtl=True, needs_shaping=True) if has_rtl(text) else line
        for line, text in zip(lines, texts, strict=True)
    ]


def lay_out_blocks(
    blocks: Sequence[Block],
    context: ColumnContext,
    style: Style = REGULAR,
    indent: float = 0.0,
    tags: Tags = (),
) -> list[MeasuredLine]:
    """Return the lines of blocks; `style` applies to paragraphs only, and bold ones are a title.

    `tags` are the structure elements that the blocks are in.
    """
    lines: list[MeasuredLine] = []
    for index, block in enumerate(blocks):
        if len(blocks) == 1 and tags and isinstance(block, Paragraph):
            inner = tags  # the only text of a list item is not a paragraph within it
        else:
            inner = (*tags, *_block_tags(block, index, is_question=style == BOLD))
        lines += _lay_out_block(
            block, context, style=style, indent=indent, gap_above=STEP_GAP if lines else 0.0, tags=inner
        )
    return lines


def _block_tags(block: Block, index: int, *, is_question: bool) -> Tags:
    """Return the tags of a block, by its position from 0; the text of a question is a heading."""
    # a one-sided card has its answer below the question, whose blocks are other elements
    number = ~index if is_question else index
    text = Tag(Role.HEADING_1 if is_question else Role.PARAGRAPH, number)
    match block:
        case ListBlock(_, ordered):
            return (Tag(Role.ORDERED_LIST if ordered else Role.LIST, number),)
        case CodeBlock():
            return text, Tag(Role.CODE)
        case Table():
            return (Tag(Role.TABLE, number),)
        case Quote():
            return (Tag(Role.QUOTE, number),)
        case _:
            return (text,)


def _lay_out_block(
    block: Block, context: ColumnContext, *, style: Style, indent: float, gap_above: float, tags: Tags
) -> Iterator[MeasuredLine]:
    """Yield the lines of a block, which is the innermost element of `tags`."""
    match block:
        case Paragraph(lines):
            for part in filter(None, (part for line in lines for part in split_at_breaks(line))):
                yield context.measure_line(part, style, indent=indent, gap_above=gap_above, tags=tags)
                gap_above = 0.0 if style == BOLD else LINE_GAP
        case ListBlock(items, ordered, start):
            for index, item in enumerate(items):
                marker = f"{start + index}." if ordered else BULLET
                yield from _lay_out_item(
                    item, marker, context, indent=indent, gap_above=gap_above, tags=item_tags(tags, index)
                )
                gap_above = ITEM_GAP
        case CodeBlock():
            yield from lay_out_code(block, context, indent=indent, gap_above=gap_above, tags=tags)
        case Table():
            yield from lay_out_table(block, context, indent=indent, gap_above=gap_above, tags=tags)
        case Image(target, alt):
            picture = context.find_picture(target)
            if picture:
                figure = (*tags, Tag(Role.FIGURE, 0, alt or target))
                empty = build_line(
                    [], [], fonts=context.fonts, indent=indent, gap_above=gap_above, tags=figure
                )
                yield empty._replace(picture=picture)
            else:
                description = (Text(alt or target),)
                yield context.measure_line(description, ITALIC, indent=indent, gap_above=gap_above, tags=tags)
        case Quote(blocks):
            inner = min(indent + LIST_INDENT, context.max_word_width * MAX_LIST_INDENT)
            bar = max(indent, inner - BAR_GAP)
            for index, quoted in enumerate(lay_out_blocks(blocks, context, style, inner, tags)):
                yield quoted._replace(
                    bars=(bar, *quoted.bars), gap_above=quoted.gap_above if index else gap_above
                )


def _lay_out_item(
    item: tuple[Block, ...],
    marker: str,
    context: ColumnContext,
    *,
    indent: float,
    gap_above: float,
    tags: Tags,
) -> Iterator[MeasuredLine]:
    """Yield the lines of a list item, the first one labelled with its marker."""
    if marker == BULLET:
        marker, item = _split_box(item)
    width = BOX_SIDE if marker in (EMPTY_BOX, TICKED_BOX) else context.fonts.advances[REGULAR][marker]
    inner = indent + max(LIST_INDENT, width + LABEL_GAP)
    inner = min(inner, context.max_word_width * MAX_LIST_INDENT)
    empty = build_line([], [], fonts=context.fonts, indent=inner, tags=tags)
    lines = lay_out_blocks(item, context, indent=inner, tags=tags) or [empty]
    if lines[0].label or lines[0].picture:
        # an inner list or an image comes first: the marker gets a line to itself
        lines = [empty, *lines]
    yield lines[0]._replace(label=marker, gap_above=gap_above)
    yield from lines[1:]


def _split_box(item: tuple[Block, ...]) -> tuple[str, tuple[Block, ...]]:
    """Return the marker of an item, a bullet or its check box, and the item without the box."""
    match item:
        case (Paragraph(((Text(text), *spans), *lines)), *rest) if text[:2] in (
            f"{EMPTY_BOX} ",
            f"{TICKED_BOX} ",
        ):
            return text[0], (Paragraph(((Text(text[2:]), *spans), *lines)), *rest)
    return BULLET, item
