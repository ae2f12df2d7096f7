"""Blocks as lines of plain text; markup that it cannot express is omitted."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.model.questions import Block, CodeBlock, ListBlock, Paragraph
from exporter.model.text import block_lines, line_text, make_fence
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.plain.escaping import escape, unescape


def render_lines(blocks: Iterable[Block], asking: bool = False) -> list[str]:
    """Return the lines of blocks, with blank lines between; if `asking`, lines that ask are escaped."""
    result: list[str] = []
    for block in blocks:
        lines = _render_block(block, asking)
        if lines:
            result += ["", *lines] if result else lines
    return result


def _render_block(block: Block, asking: bool) -> list[str]:
    match block:
        case Paragraph(lines):
            return [escape(_join_lines(line_text(line)), asking) for line in lines]
        case CodeBlock(code, language):
            fence = make_fence(code)
            return [fence + language, *(code.split("\n") if code else []), fence]
        case ListBlock():
            return _render_list(block, asking)
        case _:
            return [escape(_join_lines(line), asking) for line in block_lines(block)]


def _render_list(block: ListBlock, asking: bool) -> list[str]:
    result: list[str] = []
    for number, item in enumerate(block.items, block.start):
        marker = f"{number}. " if block.ordered else "- "
        lines = render_lines(item, asking) or [""]
        # a fence is only read at the start of a line
        first, *more = ["", *lines] if lines[0].startswith("```") else lines
        if len(block.items) == 1 and unescape(first) != first:
            # a single item is read as a line of text, which begins with its marker
            result.append(escape(marker + unescape(first)))
        else:
            result.append((marker + first).rstrip())
        result += [" " * len(marker) + line if line else "" for line in more]
    return result


def _join_lines(text: str) -> str:
    return " ".join(text.split("\n")).strip()


def render_tags(tags: tuple[str, ...]) -> str:
    """Return tags separated by commas; a comma after a single tag with spaces keeps it one tag."""
    return ", ".join(tags) + ("," if len(tags) == 1 and " " in tags[0] else "")


def is_plain(blocks: tuple[Block, ...]) -> bool:
    """Return whether blocks are the same after they are written as plain text and read again."""
    lines = render_lines(blocks)
    return (parse_blocks(lines, inline=True) if lines else ()) == blocks
