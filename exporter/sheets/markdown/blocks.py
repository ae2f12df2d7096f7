"""Blocks as lines of Markdown, in a form that can be read back without doubt.

A paragraph of one line is a paragraph; one of several lines is a list numbered `1.`, since
each line is a point to make. In an item of a list and in a quotation its lines end in hard line
breaks instead. A numbered list of the source is numbered `1)`, so that the two are never taken
for each other. An empty comment parts neighbours that Markdown would join.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from exporter.model.deck import exported_target
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
from exporter.sheets.markdown.escape import Markdown, escape
from exporter.sheets.markdown.inline import SEPARATOR, render_cell, render_line
from exporter.sheets.markdown.literals import render_math_block, render_target

MAX_LIST_NUMBER = 999_999_999
"""CommonMark reads no greater number as a list's."""

_INTERRUPTING_MARKERS = ("- ", "1. ", "1) ")
"""How a list starts that CommonMark sees without a blank line before it."""

_LIST_LINE = re.compile(r"1\.(?: |$)")
"""How the lines of a paragraph start that are a list: words that start so have a backslash."""

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
    """Return the lines of blocks, a blank line between each two; `close` lists have none before them.

    `inner` blocks are those of an item or a quotation.
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
    """Return what makes Markdown join a list to the one before it."""
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
            # A line without words still counts: as an item it does.
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
    """Return lines as those of one paragraph, with a hard line break after each but the last."""
    texts = list(map(render_line, lines))
    # a paragraph cannot end in a hard line break: an empty element is the last, empty line
    texts[-1] = texts[-1] or Markdown(_EMPTY_ELEMENT)
    return "\\\n".join(texts).split("\n")


def _indent_item(marker: str, lines: list[str]) -> list[str]:
    """Return an item: its first line after the marker, the others below that one."""
    indent = " " * (len(marker) + 1)
    return [f"{marker} {lines[0]}".rstrip(" "), *(indent + line if line else "" for line in lines[1:])]


def _render_list(block: ListBlock) -> list[str]:
    items: list[list[str]] = []
    for number, blocks in enumerate(block.items, max(0, block.start)):
        marker = f"{min(number, MAX_LIST_NUMBER)})" if block.ordered else "-"
        lines = _join_blocks(blocks, inner=True, close=True) or [SEPARATOR]
        if blocks and isinstance(blocks[0], Paragraph) and (found := _BOX.match(lines[0])):
            lines[0] = _BOXES[found[1]] + lines[0][found.end() :]
        items.append(_indent_item(marker, lines))
    airy = any("" in item for item in items)
    written: list[str] = []
    for item in items:
        written += ["", *item] if airy and written else item
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
    """Return code between fences that are longer than any within it."""
    char = "~" if "`" in language else "`"
    longest = max((len(run) for run in re.findall(f"{char}+", code)), default=0)
    fence = char * max(3, longest + 1)
    info = escape(language, extra="~", start=False)
    if language == "math":
        info = "m&#97;th"  # code, though its language has the name by which a fence holds a formula
    lines = code.replace("\0", "\ufffd").split("\n") if code else []
    return [fence + info, *lines, fence]
