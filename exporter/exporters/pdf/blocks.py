"""Blocks become strips: paragraphs, steps, lists, code and tables in one column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exporter.exporters.pdf import fonts as face
from exporter.exporters.pdf.fonts import Fonts, Style
from exporter.exporters.pdf.measure import Piece, Strip, placed, strip
from exporter.model import Block, CodeBlock, Image, Line, ListBlock, Paragraph, Table, Text

STEP_INDENT = 1.15
"""How far steps and list items are indented, in parts of the type size."""
CODE_HANG = 1.2
TAB = 4
BULLET = "•"


def steps(blocks: Sequence[Block], fonts: Fonts, longest: float) -> list[Strip]:
    """Return an answer as strips: numbered steps if it is nothing but lines, else its blocks."""
    lines = [line for block in blocks if isinstance(block, Paragraph) for line in block.lines]
    if len(lines) > 1 and all(isinstance(block, Paragraph) for block in blocks):
        lines = [line for line in lines if line]
        indent = STEP_INDENT if len(lines) < 100 else STEP_INDENT * 1.5
        return [
            strip(line, fonts, longest - indent, indent=indent, label=str(number), above=float(number > 1))
            for number, line in enumerate(lines, 1)
        ]
    return list(flow(blocks, fonts, longest))


def flow(
    blocks: Sequence[Block], fonts: Fonts, longest: float, style: Style = face.REGULAR, indent: float = 0.0
) -> Iterator[Strip]:
    """Yield blocks as strips, as they are; `style` is for paragraphs alone."""
    first = True
    for block in blocks:
        above = 0.0 if first and not indent else 1.0
        for made in _block(block, fonts, longest, style, indent, above):
            yield made
            first = False


def _block(
    block: Block, fonts: Fonts, longest: float, style: Style, indent: float, above: float
) -> Iterator[Strip]:
    room = longest - indent
    match block:
        case Paragraph(lines):
            for line in filter(None, lines):
                yield strip(line, fonts, room, style, indent=indent, above=above)
                above = 0.0 if style == face.BOLD else 0.35
        case ListBlock(items, ordered, start):
            for number, item in enumerate(items, start):
                yield from _item(item, f"{number}." if ordered else BULLET, fonts, longest, indent, above)
                above = 0.6
        case CodeBlock(code, _):
            for line_text in code.split("\n"):
                yield code_line(line_text, fonts, indent, above)
                above = 0.0
        case Table(header, rows, _):
            for row in (header, *rows):
                yield strip(_joined(row), fonts, room, indent=indent, above=above)
                above = 0.35
        case Image(target, alt):
            yield strip((Text(alt or target),), fonts, room, face.ITALIC, indent=indent, above=above)


def _item(
    item: tuple[Block, ...], marker: str, fonts: Fonts, longest: float, indent: float, above: float
) -> Iterator[Strip]:
    inner = indent + max(STEP_INDENT, fonts.advances[face.REGULAR][marker] + 0.45)
    label = marker
    for made in flow(item, fonts, longest, indent=inner):
        yield Strip(
            made.words, made.starts, made.ends, made.style, made.gaps, made.indent, made.hang,
            label or made.label, above if label else made.above, made.widest,
        )  # fmt: skip
        label = ""
    if label:
        yield placed([], [], fonts, face.REGULAR, indent=inner, label=label, above=above)


def _joined(row: tuple[Line, ...]) -> Line:
    return tuple(span for at, cell in enumerate(row) for span in (*((Text(" | "),) if at else ()), *cell))


_TOKEN = re.compile(r" *\S+")


def code_line(text: str, fonts: Fonts, indent: float, above: float) -> Strip:
    """Return a line of code, its spaces kept; if it must be broken, the rest hangs."""
    text = text.expandtabs(TAB).rstrip()
    inner = text.lstrip(" ")
    advance = fonts.space[face.MONO]
    words: list[tuple[Piece, ...]] = []
    gaps: list[Piece | None] = []
    for token in _TOKEN.findall(inner):
        word = token.lstrip(" ")
        gap = len(token) - len(word)
        words.append(((word, face.MONO),))
        gaps.append((" " * gap, face.MONO) if gap and words[1:] else None)
    return placed(
        words, gaps, fonts, face.MONO,
        indent=indent + advance * (len(text) - len(inner)), hang=CODE_HANG, above=above,
    )  # fmt: skip
