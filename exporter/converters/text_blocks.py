"""Blocks as lines of plain text; what plain text cannot hold is written as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exporter.model.questions import Block, CodeBlock, ListBlock, Paragraph
from exporter.model.text import block_lines, line_text
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.plain.escaping import escape


def render_lines(blocks: Iterable[Block]) -> list[str]:
    """Return the lines of blocks, with a blank line between each two."""
    written: list[str] = []
    for block in blocks:
        lines = _render_block(block)
        if lines:
            written += ["", *lines] if written else lines
    return written


def _render_block(block: Block) -> list[str]:
    match block:
        case Paragraph(lines):
            return [escape(_join_lines(line_text(line))) for line in lines]
        case CodeBlock(code, language):
            longest = max((len(run) for run in re.findall("`+", code)), default=0)
            fence = "`" * max(3, longest + 1)
            return [fence + language, *(code.split("\n") if code else []), fence]
        case ListBlock():
            return _render_list(block)
        case _:
            return [escape(_join_lines(line)) for line in block_lines(block)]


def _render_list(block: ListBlock) -> list[str]:
    written: list[str] = []
    for number, item in enumerate(block.items, block.start):
        marker = f"{number}. " if block.ordered else "- "
        first, *more = render_lines(item) or [""]
        written.append((marker + first).rstrip())
        written += [" " * len(marker) + line if line else "" for line in more]
    return written


def _join_lines(text: str) -> str:
    return " ".join(text.split("\n")).strip()


def is_plain(blocks: tuple[Block, ...]) -> bool:
    """Say whether plain text holds blocks in full, so that they read back as they were."""
    lines = render_lines(blocks)
    return (parse_blocks(lines) if lines else ()) == blocks
