"""Parse the lines of a plain-text answer to blocks: paragraphs, lists, indented and fenced code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from exporter.model.questions import Block, CodeBlock, ListBlock, Paragraph, Text
from exporter.model.text import paragraph
from exporter.readers.code_fences import find_fence
from exporter.readers.plain.code_detection import find_code_end, is_code, is_statement
from exporter.readers.plain.escaping import unescape

MAX_NESTING = 8  # unmeasured
"""Maximum list nesting; deeper items are kept as plain lines."""

CODE_INDENT = 4
"""Indentation of code in columns, as in Markdown. 8 changes two files of the corpus."""

MAX_OPENING_COLUMN = 60  # unmeasured
"""A line with a colon up to this column may open a block of code, and takes the slow path."""

MAX_CODE_SAMPLE_LINES = 8  # unmeasured
"""Number of indented lines below a colon that are searched for signs of code."""

MAX_CODE_SAMPLE_CHARS = 200  # unmeasured
"""Number of characters of each that are searched."""

MAX_BLANK_LINES = 3  # unmeasured
"""Items of a list are separated by fewer blank lines than this."""

_ITEM = re.compile(
    r"(?P<indent>\s{0,3})(?:[-*•‣◦·+–](?=\s)|(?P<number>\d{1,4})[.)](?=\s))(?P<gap>\s{1,8})(?P<rest>\S.*)"
)
_may_be_markup = re.compile(r"\s|$|[^\w\"'“‘(]|\d").match
"""Return a match for lines that may be more than text: blank, indented, or with a sign or digit first."""

_CODE_CHARS = re.compile(r"[=(){};<>\[\]]|^\s*(?:\$|>>>|#|//|--) ?\w|\w\.\w")


def parse_blocks(lines: Sequence[str], depth: int = 0) -> tuple[Block, ...]:
    """Return the blocks of lines; `depth` is the number of lists around them."""
    if _is_plain_text(lines):
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
            blocks.append(paragraph(*(unescape(line.strip()) for line in paragraph_lines)))
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
        elif line[0] != " " and (after := find_code_end(lines, index)) > index:
            first = len(paragraph_lines)
            while first and is_statement(paragraph_lines[first - 1]):
                first -= 1
            end, block = after, CodeBlock("\n".join([*paragraph_lines[first:], *lines[index:after]]))
            del paragraph_lines[first:]
        elif depth < MAX_NESTING and (item := _ITEM.match(line)):
            end, block = _read_list(lines, index, item, depth)
        if block is None:
            paragraph_lines.append(line)
            index += 1
            continue
        finish()
        blocks.append(block)
        index = end
    finish()
    return tuple(blocks)


def _is_indented_code(lines: Sequence[str]) -> bool:
    """Return whether all lines below a label or question are indented as code is, and look like code."""
    below = lines[1:]
    if lines[0].strip() or not all(line.startswith(" " * CODE_INDENT) for line in below if line.strip()):
        return False
    return is_code(below)


def keep_first_indent(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of an answer that does not begin on its label's line.

    The indentation of the first line then counts, as if it followed an empty label.
    """
    return ["", *lines] if lines and lines[0][:1].isspace() else lines


def _is_plain_text(lines: Sequence[str]) -> bool:
    """Return whether no line can be anything but text: a fast filter for most answers."""
    if any(map(_may_be_markup, lines)) or any(line[-1].isspace() for line in lines):
        return False
    return (
        not any(":" in line[: MAX_OPENING_COLUMN + 1] for line in lines) if ":" in "\n".join(lines) else True
    )


def _dedent(lines: Sequence[str]) -> list[str]:
    """Return the lines without their common indentation; the first may be on its label's line."""
    common = min((_indent_width(line) for line in lines[1:] if line.strip()), default=0)
    if (
        common >= CODE_INDENT
        and lines[0].strip()
        and (":" in lines[0][-3:] or not any(map(str.strip, lines[1:2])))
    ):
        common = 0  # code below a sentence, not an indented answer
    first = lines[0].lstrip() if lines and lines[0].strip() and _indent_width(lines[0]) <= common else None
    rest = [line[common:].rstrip() if line.strip() else "" for line in lines]
    if first is not None:
        rest[0] = first.rstrip()
    return rest


def _indent_width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _read_fenced_code(lines: Sequence[str]) -> str:
    indent = _indent_width(lines[0])
    return "\n".join(line[min(indent, _indent_width(line)) :] for line in lines[1:-1])


def _may_be_code(lines: Sequence[str], index: int, in_paragraph: bool, after_block: bool) -> bool:
    """Return whether an indented line begins code: after a blank line, or like code after a colon."""
    if not in_paragraph:
        return after_block or index > 0
    following = takewhile(
        lambda line: line.startswith(" " * CODE_INDENT), lines[index : index + MAX_CODE_SAMPLE_LINES]
    )
    return lines[index - 1].endswith(":") and any(
        _CODE_CHARS.search(line[:MAX_CODE_SAMPLE_CHARS]) for line in following
    )


def _read_indented_code(lines: Sequence[str], start: int) -> tuple[int, CodeBlock]:
    end = last = start
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * CODE_INDENT)):
        if lines[end].strip():
            last = end
        end += 1
    code = lines[start : last + 1]
    common = min(_indent_width(line) for line in code if line.strip())
    return last + 1, CodeBlock("\n".join(line[common:] for line in code))


def _read_list(
    lines: Sequence[str], start: int, first: re.Match[str], depth: int
) -> tuple[int, ListBlock | None]:
    """Return the index after the list that begins at `start`, and the list; no list of one item."""
    ordered = first["number"] is not None
    indent = len(first["indent"])
    number = int(first["number"] or 0)
    bodies: list[list[str]] = []
    index = start
    while index < len(lines):
        line = lines[index]
        item = _ITEM.match(line)
        if item and len(item["indent"]) <= indent + 1 and (item["number"] is not None) == ordered:
            if ordered and int(item["number"]) != number + len(bodies):
                break
            bodies.append([item["rest"]])
            width = item.start("rest")
        elif not line.strip():
            following = next(
                (text for text in lines[index + 1 : index + 1 + MAX_BLANK_LINES] if text.strip()), ""
            )
            next_item = _ITEM.match(following)
            continues = (
                next_item
                and len(next_item["indent"]) <= indent + 1
                and (next_item["number"] is not None) == ordered
            )
            if not continues and _indent_width(following) < indent + 2:
                break
            bodies[-1].append("")
        elif bodies and _indent_width(line) > indent + 1:
            bodies[-1].append(line[min(width, _indent_width(line)) :])
        else:
            break
        index += 1
    if len(bodies) < 2:
        return start, None
    items = tuple(_parse_item(body, depth) for body in bodies)
    return index, ListBlock(items, ordered, number if ordered else 1)


def _parse_item(body: list[str], depth: int) -> tuple[Block, ...]:
    if len(body) == 1:
        return (paragraph(unescape(body[0].strip())),)
    while body and not body[-1].strip():
        body.pop()
    blocks = parse_blocks(["", *body], depth + 1)
    return blocks or (Paragraph(((),)),)
