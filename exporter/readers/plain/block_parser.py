"""Lines of a plain-text answer to blocks: paragraphs, lists, indented and fenced code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from exporter.model.questions import Block, CodeBlock, ListBlock, Paragraph, Text
from exporter.model.text import paragraph
from exporter.readers.code_fences import find_fence
from exporter.readers.plain.code_detection import code_end, is_code, is_statement
from exporter.readers.plain.escaping import unescape

DEEPEST = 8
"""Lists within lists are followed so far down; what lies deeper stays lines."""

CODE_INDENT = 4

_ITEM = re.compile(
    r"(?P<indent>\s{0,3})(?:[-*•‣◦·+–](?=\s)|(?P<number>\d{1,4})[.)](?=\s))(?P<gap>\s{1,8})(?P<rest>\S.*)"
)
_NOT_PLAIN = re.compile(r"\s|$|[^\w\"'“‘(]|\d").match
"""Finds lines that may be more than words: blank, indented, beginning with a sign or number."""

_CODE_SIGNS = re.compile(r"[=(){};<>\[\]]|^\s*(?:\$|>>>|#|//|--) ?\w|\w\.\w")


def parse_blocks(lines: Sequence[str], depth: int = 0) -> tuple[Block, ...]:
    """Return the blocks that lines make; `lines` are indented from where the text begins."""
    if _are_plain(lines):
        return (Paragraph(tuple((Text(line),) for line in lines)),) if lines else ()
    lines = [line.expandtabs(4) if "\t" in line else line for line in lines]
    if depth == 0 and _is_indented_code(lines):
        return (_indented_code(lines, 1)[1],)
    lines = _dedented(lines)
    blocks: list[Block] = []
    run: list[str] = []
    closings: dict[str, int] = {}
    index = 0

    def finish() -> None:
        if run:
            blocks.append(paragraph(*(unescape(line.strip()) for line in run)))
            run.clear()

    while index < len(lines):
        line = lines[index]
        if not line.strip():
            finish()
            index += 1
            continue
        end = index
        block: Block | None = None
        if line.lstrip()[0] in "`~" and (fence := find_fence(lines, index, closings)):
            end = fence[0] + 1
            block = CodeBlock(_fenced_code(lines[index:end]), fence[1])
        elif line.startswith(" " * CODE_INDENT) and _may_be_code(lines, index, bool(run), bool(blocks)):
            end, block = _indented_code(lines, index)
        elif line[0] != " " and (after := code_end(lines, index)) > index:
            above = len(run)
            while above and is_statement(run[above - 1]):
                above -= 1
            end, block = after, CodeBlock("\n".join([*run[above:], *lines[index:after]]))
            del run[above:]
        elif depth < DEEPEST and (item := _ITEM.match(line)):
            end, block = _list(lines, index, item, depth)
        if block is None:
            run.append(line)
            index += 1
            continue
        finish()
        blocks.append(block)
        index = end
    finish()
    return tuple(blocks)


def _is_indented_code(lines: Sequence[str]) -> bool:
    """Return whether all lines below a label or question are indented as code is, and look like it."""
    below = lines[1:]
    if lines[0].strip() or not all(line.startswith(" " * CODE_INDENT) for line in below if line.strip()):
        return False
    return is_code(below)


def keep_first_indent(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of an answer whose first is not on a label's line, so that its indentation counts."""
    return ["", *lines] if lines and lines[0][:1].isspace() else lines


def _are_plain(lines: Sequence[str]) -> bool:
    """Say whether lines are nothing but words, without looking at each for what it might be."""
    if any(map(_NOT_PLAIN, lines)) or any(line[-1].isspace() for line in lines):
        return False
    return not any(":" in line[:61] for line in lines) if ":" in "\n".join(lines) else True


def _dedented(lines: Sequence[str]) -> list[str]:
    """Return the lines without the indentation they share; the first may stand on its label's line."""
    common = min((_indent(line) for line in lines[1:] if line.strip()), default=0)
    if (
        common >= CODE_INDENT
        and lines[0].strip()
        and (":" in lines[0][-3:] or not any(map(str.strip, lines[1:2])))
    ):
        common = 0  # code below a sentence, not an answer that is indented as a whole
    first = lines[0].lstrip() if lines and lines[0].strip() and _indent(lines[0]) <= common else None
    rest = [line[common:].rstrip() if line.strip() else "" for line in lines]
    if first is not None:
        rest[0] = first.rstrip()
    return rest


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _fenced_code(lines: Sequence[str]) -> str:
    indent = _indent(lines[0])
    return "\n".join(line[min(indent, _indent(line)) :] for line in lines[1:-1])


def _may_be_code(lines: Sequence[str], index: int, within_paragraph: bool, after_block: bool) -> bool:
    """Say whether an indented line begins code: after a blank line, or after a colon and full of signs."""
    if not within_paragraph:
        return after_block or index > 0
    run = takewhile(lambda line: line.startswith(" " * CODE_INDENT), lines[index : index + 8])
    return lines[index - 1].endswith(":") and any(_CODE_SIGNS.search(line[:200]) for line in run)


def _indented_code(lines: Sequence[str], start: int) -> tuple[int, CodeBlock]:
    end = last = start
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" " * CODE_INDENT)):
        if lines[end].strip():
            last = end
        end += 1
    code = lines[start : last + 1]
    common = min(_indent(line) for line in code if line.strip())
    return last + 1, CodeBlock("\n".join(line[common:] for line in code))


def _list(lines: Sequence[str], start: int, first: re.Match[str], depth: int) -> tuple[int, ListBlock | None]:
    """Return the list that begins at a line, and where it ends; none where one item is all there is."""
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
            following = next((each for each in lines[index + 1 : index + 4] if each.strip()), "")
            again = _ITEM.match(following)
            more = again and len(again["indent"]) <= indent + 1 and (again["number"] is not None) == ordered
            if not more and _indent(following) < indent + 2:
                break
            bodies[-1].append("")
        elif bodies and _indent(line) > indent + 1:
            bodies[-1].append(line[min(width, _indent(line)) :])
        else:
            break
        index += 1
    if len(bodies) < 2:
        return start, None
    items = tuple(_item(body, depth) for body in bodies)
    return index, ListBlock(items, ordered, number if ordered else 1)


def _item(body: list[str], depth: int) -> tuple[Block, ...]:
    if len(body) == 1:
        return (paragraph(unescape(body[0].strip())),)
    while body and not body[-1].strip():
        body.pop()
    blocks = parse_blocks(["", *body], depth + 1)
    return blocks or (Paragraph(((),)),)
