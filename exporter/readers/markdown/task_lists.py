"""Items of task lists: the box at the start of an item becomes a character."""

from __future__ import annotations

import re

from exporter.model.questions import EMPTY_BOX, TICKED_BOX, Block, Paragraph, Text
from exporter.readers.markdown.parser import Node

_BOX = re.compile(r"\[(?P<mark>[ xX])\][ \t]+(?=\S)")


def replace_task_box(item: Node, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a list item with ☐ or ☑ instead of `[ ]` or `[x]` at the start."""
    if not (item.children and item.children[0].kind == "paragraph" and blocks):
        return blocks
    # in the source, a box differs from a bracket with a backslash before it
    source = item.children[0].children[0].token.content
    first = blocks[0]
    if not _BOX.match(source) or not isinstance(first, Paragraph) or not first.lines[0]:
        return blocks
    line, *lines = first.lines
    span = line[0]
    if not isinstance(span, Text) or not (match := re.match(r"\[([ xX])\][ \t]+", span.text + " ")):
        return blocks
    box = EMPTY_BOX if match[1] == " " else TICKED_BOX
    text = Text(f"{box} {span.text[match.end() :]}")
    return (Paragraph(((text, *line[1:]), *lines)), *blocks[1:])
