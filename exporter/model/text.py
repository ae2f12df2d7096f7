"""Blocks as plain text: what a person reads, without marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from exporter.model.questions import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Image,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)

_SURROGATES = re.compile("[\ud800-\udfff]")
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def longest_run(text: str, char: str = "`") -> int:
    """Return the length of the longest run of a character; a fence around the text is longer."""
    return max(map(len, re.findall(f"{re.escape(char)}+", text)), default=0)


def make_fence(code: str, char: str = "`") -> str:
    """Return the shortest fence of CommonMark around code: three characters, or more than it has in a row."""
    return char * max(3, longest_run(code, char) + 1)


def paragraph(*lines: str) -> Paragraph:
    """Return a paragraph of plain text, one line for each string."""
    return Paragraph(tuple((Text(line),) if line else () for line in lines))


def line_text(line: Iterable[Span]) -> str:
    """Return the text of a line as a person reads it; a `LineBreak` is a line feed."""
    # nearly all spans are plain text
    return "".join([span.text if type(span) is Text else _span_text(span) for span in line])


def merge_texts(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield spans with adjacent texts merged and empty texts dropped."""
    text = ""
    for span in spans:
        if isinstance(span, Text):
            text += span.text
            continue
        if text:
            yield Text(text)
            text = ""
        yield span
    if text:
        yield Text(text)


def _span_text(span: Span) -> str:
    match span:
        case Text(text) | Code(text):
            return text
        case Math(tex, display):
            return f"$${tex}$$" if display else f"\\({tex}\\)"
        case Strong(spans) | Emphasis(spans) | Link(spans, _):
            return line_text(spans)
        case Superscript(spans):
            return shifted_text(line_text(spans), "^")
        case Subscript(spans):
            return shifted_text(line_text(spans), "_")
        case Strikethrough(spans):
            return f"~~{text}~~" if (text := line_text(spans)).strip() else text
        case LineBreak():
            return "\n"


def shifted_text(text: str, mark: str) -> str:
    """Return superscript (`mark` is “^”) or subscript (“_”) text in a form distinct from level text.

    If Unicode has a raised or lowered form of every character, these are used: 2³¹. Otherwise the mark
    comes before a single character, or before parentheses around several: x^(a+b).
    """
    if not text.strip():
        return text
    table = _RAISED if mark == "^" else _LOWERED
    if all(ord(char) in table for char in text):
        return text.translate(table)
    return mark + text if len(text) == 1 else f"{mark}({text})"


def is_text(text: str) -> bool:
    """Return whether a text can be encoded; surrogates for bytes that are not UTF-8 cannot."""
    return text.isascii() or _SURROGATES.search(text) is None


def plain_text(blocks: Iterable[Block]) -> str:
    """Return blocks as plain text: lines joined by a line feed, blocks by a blank line."""
    return "\n\n".join(["\n".join(block_lines(block)) for block in blocks])


def block_lines(block: Block) -> Iterable[str]:
    """Return the lines of a block as a person reads them."""
    if isinstance(block, Paragraph):
        return map(line_text, block.lines)
    return _structured_lines(block)


def _structured_lines(block: ListBlock | Table | CodeBlock | Image | Quote) -> Iterator[str]:
    match block:
        case ListBlock(items, ordered, start):
            for number, item in enumerate(items, start):
                marker = f"{number}. " if ordered else "- "
                first, *others = plain_text(item).split("\n")
                yield marker + first
                yield from (" " * len(marker) + other if other else "" for other in others)
        case Table(header, rows, _):
            for row in (header, *rows):
                yield from _row_lines(row)
        case CodeBlock(code, _):
            yield from code.split("\n")
        case Image(target, alt):
            yield alt or target
        case Quote(blocks):
            yield from (f"> {line}".rstrip() for line in plain_text(blocks).split("\n"))


def _row_lines(row: tuple[Line, ...]) -> Iterator[str]:
    """Yield the lines of a table row: as many as its longest cell has."""
    cells = [line_text(cell).split("\n") for cell in row]
    for texts in zip_longest(*cells, fillvalue="") if cells else [()]:
        yield " | ".join(texts)
