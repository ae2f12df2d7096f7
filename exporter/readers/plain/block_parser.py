"""Parse the lines of a plain-text answer to blocks: paragraphs, lists, indented and fenced code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from exporter.model.questions import Block, CodeBlock, ListBlock, Paragraph, Text
from exporter.model.text import paragraph
from exporter.readers.code_fences import find_fence
from exporter.readers.plain.code_detection import (
    find_code_end,
    find_code_start,
    is_code,
    is_prose,
    opens_block,
)
from exporter.readers.plain.drawing_detection import find_drawing_end
from exporter.readers.plain.escaping import is_escaped, unescape
from exporter.readers.plain.inline_marks import has_inline_marks, parse_inline
from exporter.readers.plain.list_items import find_items, indent_width

MAX_NESTING = 8  # unmeasured
"""Maximum list nesting; deeper items are kept as plain lines."""

CODE_INDENT = 4
"""Indentation of code in columns, as in Markdown. 8 changes two files of the corpus."""

MAX_OPENING_COLUMN = 60  # unmeasured
"""A line with a colon up to this column may open a block of code, and takes the slow path."""

MAX_CODE_SAMPLE_LINES = 8  # unmeasured
"""Number of indented lines below a colon that are searched for signs of code."""

_may_be_markup = re.compile(r"\s|$|[^\w\"'“‘(]|\d|o\s").match
"""Return a match for lines that may be more than text: blank, indented, or with a sign or digit first."""


def parse_blocks(lines: Sequence[str], depth: int = 0, *, inline: bool = False) -> tuple[Block, ...]:
    """Return the blocks of lines; `depth` is the number of lists around them.

    If `inline` is true, `**bold**` and `` `code` `` are read; in a table they are text.
    """
    if _is_plain_text(lines) and not (inline and any(map(has_inline_marks, lines))):
        return (Paragraph(tuple((Text(line),) for line in lines)),) if lines else ()
    lines = [line.expandtabs(4) if "\t" in line else line for line in lines]
    if depth == 0 and _is_indented_code(lines):
        return (_read_indented_code(lines, 1)[1],)
    lines = _dedent(lines)
    blocks: list[Block] = []
    paragraph_lines: list[str] = []
    unclosed_fences: dict[str, int] = {}
    index = 0

    def finish() -> None:
        if paragraph_lines:
            blocks.append(_build_paragraph(paragraph_lines, inline))
            paragraph_lines.clear()

    while index < len(lines):
        line = lines[index]
        if not line.strip():
            finish()
            index += 1
            continue
        end = index
        block: Block | None = None
        if line.lstrip()[0] in "`~" and (fence := find_fence(lines, index, unclosed_fences)):
            end = fence[0] + 1
            block = CodeBlock(_read_fenced_code(lines[index:end]), fence[1])
        elif line.startswith(" " * CODE_INDENT) and _may_be_code(
            lines, index, bool(paragraph_lines), bool(blocks)
        ):
            end, block = _read_indented_code(lines, index)
        elif (after := find_code_end(lines, index)) > index:
            first = find_code_start(paragraph_lines, line)
            end, block = after, CodeBlock(_cut_indent([*paragraph_lines[first:], *lines[index:after]]))
            del paragraph_lines[first:]
        elif (after := find_drawing_end(lines, index)) > index:
            end, block = after, CodeBlock(_cut_indent(lines[index:after]))
        elif depth < MAX_NESTING and (items := find_items(lines, index)):
            parsed = tuple(_parse_item(body, depth, inline) for body in items.bodies)
            start = items.start
            end, block = items.end, ListBlock(parsed, start is not None, 1 if start is None else start)
        if block is None:
            paragraph_lines.append(line)
            index += 1
            continue
        finish()
        blocks.append(block)
        index = end
    finish()
    return tuple(blocks)


def parse_line(line: str) -> tuple[Block, ...]:
    """Return the blocks of one line that is not empty; most are only text."""
    is_text = (
        not _may_be_markup(line)
        and not line[-1].isspace()
        and "  " not in line
        and ":" not in line[: MAX_OPENING_COLUMN + 1]
        and not has_inline_marks(line)
    )
    return (Paragraph(((Text(line),),)),) if is_text else parse_blocks([line], inline=True)


def _is_indented_code(lines: Sequence[str]) -> bool:
    """Return whether all lines below a label or question are indented as code is, and look like code."""
    below = lines[1:]
    if lines[0].strip() or not all(line.startswith(" " * CODE_INDENT) for line in below if line.strip()):
        return False
    return is_code(below)


def keep_first_indent(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of an answer that does not begin on its label's line.

    The indentation of all lines then counts, as if they followed an empty label.
    """
    return ["", *lines] if any(line[:1].isspace() for line in lines) else lines


def _is_plain_text(lines: Sequence[str]) -> bool:
    """Return whether no line can be anything but text: a fast filter for most answers."""
    if any(map(_may_be_markup, lines)) or list(map(str.rstrip, lines)) != list(lines):
        return False
    text = "\n".join(lines)
    return "  " not in text and (
        ":" not in text or not any(":" in line[: MAX_OPENING_COLUMN + 1] for line in lines)
    )


def _dedent(lines: Sequence[str]) -> list[str]:
    """Return the lines without their common indentation; the first may be on its label's line."""
    common = min((indent_width(line) for line in lines[1:] if line.strip()), default=0)
    if (
        common >= CODE_INDENT
        and lines[0].strip()
        and (":" in lines[0][-3:] or not any(map(str.strip, lines[1:2])))
    ) or (common and lines[0].strip() and opens_block(lines, 0)):
        common = 0  # code below a sentence, not an indented answer
    first = lines[0].lstrip() if lines and lines[0].strip() and indent_width(lines[0]) <= common else None
    rest = [line[common:].rstrip() if line.strip() else "" for line in lines]
    if first is not None:
        rest[0] = first.rstrip()
    return rest


def _read_fenced_code(lines: Sequence[str]) -> str:
    indent = indent_width(lines[0])
    return "\n".join(line[min(indent, indent_width(line)) :] for line in lines[1:-1])


def _may_be_code(lines: Sequence[str], index: int, in_paragraph: bool, after_block: bool) -> bool:
    """Return whether an indented line begins code: not prose after a blank line, or code after a colon."""
    if not in_paragraph:
        return (after_block or index > 0) and not is_prose(lines[index])
    following = takewhile(
        lambda line: line.startswith(" " * CODE_INDENT), lines[index : index + MAX_CODE_SAMPLE_LINES]
    )
    return lines[index - 1].endswith(":") and is_code(list(following))


def _read_indented_code(lines: Sequence[str], start: int) -> tuple[int, CodeBlock]:
    end = last = start
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * CODE_INDENT)):
        if lines[end].strip():
            last = end
        end += 1
    return last + 1, CodeBlock(_cut_indent(lines[start : last + 1]))


def _cut_indent(lines: Sequence[str]) -> str:
    """Return lines of code as a text without their common indentation."""
    common = min(indent_width(line) for line in lines if line.strip())
    return "\n".join(line[common:] for line in lines)


def _build_paragraph(lines: Sequence[str], inline: bool) -> Paragraph:
    stripped = [line.strip() for line in lines]
    if not inline:
        return paragraph(*map(unescape, stripped))
    return Paragraph(
        tuple((Text(unescape(line)),) if is_escaped(line) else parse_inline(line) for line in stripped)
    )


def _parse_item(body: list[str], depth: int, inline: bool) -> tuple[Block, ...]:
    if len(body) == 1:
        return (_build_paragraph(body, inline),)
    while body and not body[-1].strip():
        body.pop()
    blocks = parse_blocks(["", *body], depth + 1, inline=inline)
    return blocks or (Paragraph(((),)),)
