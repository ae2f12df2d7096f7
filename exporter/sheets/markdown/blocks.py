"""Blocks as lines of Markdown, in a form that our reader can read back unambiguously.

A paragraph with one line is written as a paragraph. One with several lines is written as a list with the
numbers `1.`, `2.` …, because each line is a point to make; in a list item or a quotation its lines end with
hard line breaks instead. Ordered lists of the source have the numbers `1)`, `2)` …, so that the two differ.
An empty comment separates adjacent blocks that Markdown would join.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exporter.model.deck import exported_target
from exporter.model.markdown_escape import Markdown, escape
from exporter.model.questions import (
    EMPTY_BOX,
    TICKED_BOX,
    Alignment,
    Block,
    CodeBlock,
    Image,
    Line,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Table,
)
from exporter.model.text import make_fence
from exporter.sheets.markdown.inline import SEPARATOR, render_cell, render_line
from exporter.sheets.markdown.literals import render_math_block, render_target

MAX_LIST_NUMBER = 999_999_999
"""The largest number of a list item (CommonMark 5.2: nine digits)."""

_INTERRUPTING_MARKERS = ("- ", "1. ", "1) ")
"""The beginnings of lists that may interrupt a paragraph (CommonMark 5.2)."""

_LIST_LINE = re.compile(r"1\.(?: |$)")
"""The beginning of a paragraph that is written as a list; text that begins so is escaped."""

_EMPTY_ELEMENT = "<span></span>"

_BOX = re.compile(f"([{EMPTY_BOX}{TICKED_BOX}]) (?=\\S)")
_BOXES = {EMPTY_BOX: "[ ] ", TICKED_BOX: "[x] "}

_DELIMITER_CELLS = {
    Alignment.NONE: "---",
    Alignment.LEFT: ":--",
    Alignment.CENTER: ":-:",
    Alignment.RIGHT: "--:",
}


def render_blocks(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown, without a final line break."""
    return "\n".join(_join_blocks(blocks))


def _join_blocks(blocks: Iterable[Block], inner: bool = False, close: bool = False) -> list[str]:
    """Return the lines of blocks, separated by blank lines.

    With `close` there is no blank line between a paragraph and a list that may interrupt it. `inner` blocks
    are those of a list item or a quotation.
    """
    written: list[str] = []
    mark, follows_words = "", False
    for block in blocks:
        lines = _render_block(block, inner)
        if not lines:
            continue
        previous, mark = mark, _find_list_mark(block, lines)
        if written and mark and mark == previous:
            written += ["", SEPARATOR, ""]
        elif written and not (close and follows_words and lines[0].startswith(_INTERRUPTING_MARKERS)):
            written += [""]
        written += lines
        follows_words = isinstance(block, Paragraph) and not mark
    return written


def _find_list_mark(block: Block, lines: list[str]) -> str:
    """Return the marker by which Markdown joins a block to one before it with the same marker, or empty."""
    match block:
        case ListBlock(_, ordered, _):
            return ")" if ordered else "-"
        case Paragraph() if _LIST_LINE.match(lines[0]):
            return "."
        case Quote():
            return ">"
    return ""


def _render_block(block: Block, inner: bool) -> list[str]:
    match block:
        case Paragraph(((Math(tex, True),),)) if (fence := render_math_block(tex)) is not None:
            return fence
        case Paragraph((line,)):
            text = render_line(line)
            # an empty line is kept as an empty item
            return text.split("\n") if text else ["1."]
        case Paragraph(lines) if inner and any(lines):
            return render_hard_lines(lines)
        case Paragraph(lines):
            return [
                text
                for number, line in enumerate(lines, 1)
                for text in _indent_item(f"{number}.", render_line(line).split("\n"))
            ]
        case ListBlock():
            return _render_list(block)
        case Table():
            return _render_table(block)
        case CodeBlock(code, language):
            return _render_code(code, language)
        case Image(address, alt):
            description = escape(alt, first=False, last=False, extra="[]")
            return [f"![{description}]({render_target(exported_target(address))})"]
        case Quote(blocks):
            return [f"> {line}" if line else ">" for line in _join_blocks(blocks, inner=True) or [SEPARATOR]]


def render_hard_lines(lines: Sequence[Line]) -> list[str]:
    """Return lines of one paragraph, with a hard line break after each except the last."""
    texts = list(map(render_line, lines))
    # a hard line break cannot end a paragraph: the last line, if empty, is an empty element
    texts[-1] = texts[-1] or Markdown(_EMPTY_ELEMENT)
    return "\\\n".join(texts).split("\n")


def _indent_item(marker: str, lines: list[str]) -> list[str]:
    """Return an item: its first line after the marker, the other lines indented."""
    indent = " " * (len(marker) + 1)
    return [f"{marker} {lines[0]}".rstrip(" "), *(indent + line if line else "" for line in lines[1:])]


def _render_list(block: ListBlock) -> list[str]:
    items: list[list[str]] = []
    for number, blocks in enumerate(block.items, max(0, block.start)):
        marker = f"{min(number, MAX_LIST_NUMBER)})" if block.ordered else "-"
        lines = _join_blocks(blocks, inner=True, close=True) or [SEPARATOR]
        if blocks and isinstance(blocks[0], Paragraph) and (box := _BOX.match(lines[0])):
            lines[0] = _BOXES[box[1]] + lines[0][box.end() :]
        items.append(_indent_item(marker, lines))
    is_loose = any("" in item for item in items)
    written: list[str] = []
    for item in items:
        written += ["", *item] if is_loose and written else item
    return written


def _render_table(block: Table) -> list[str]:
    rows = [[render_cell(cell) for cell in row] for row in (block.header, *block.rows)]
    width = max(map(len, rows))
    if not width:
        return []
    alignments = [*block.alignments, *[Alignment.NONE] * width][:width]
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    lines.insert(1, "| " + " | ".join(_DELIMITER_CELLS[alignment] for alignment in alignments) + " |")
    return lines


def _render_code(code: str, language: str) -> list[str]:
    """Return code between fences that are longer than any fence in it."""
    char = "~" if "`" in language else "`"
    fence = make_fence(code, char)
    info = escape(language, extra="~", start=False)
    if language == "math":
        info = "m&#97;th"  # a code block with the language `math`: a fence with the plain name is a formula
    lines = code.replace("\0", "\ufffd").split("\n") if code else []
    return [fence + info, *lines, fence]
