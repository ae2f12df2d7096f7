"""The lines of a field: its blocks as the lines of text that a source has for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from exporter.model.questions import Block, CodeBlock, Image, Line, ListBlock, Paragraph, Quote, Table, Text
from exporter.model.text import line_text

_BLANKS = re.compile(r"[ \t\xa0]+")


class LineKind(Enum):
    """What a line of a field is."""

    TEXT = auto()
    ITEM = auto()
    CODE = auto()
    CELL = auto()
    IMAGE = auto()


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A line of a field: its plain text, its spans, and the number of lists around it.

    `marker` is the bullet or number that the first line of a list's item has.
    """

    kind: LineKind
    text: str
    spans: Line = ()
    depth: int = 0
    marker: str = ""

    @property
    def key(self) -> tuple[LineKind, int, str]:
        """What is equal in lines that are alike but for their formatting."""
        return self.kind, self.depth, self.text


def field_lines(blocks: Sequence[Block]) -> tuple[FieldLine, ...]:
    """Return the lines of blocks in order; blank ones are left out."""
    return tuple(_iter_lines(blocks, 0))


def text_lines(texts: Sequence[str]) -> tuple[FieldLine, ...]:
    """Return lines of plain text."""
    return tuple(FieldLine(LineKind.TEXT, text, (Text(text),)) for text in texts if text.strip())


def _iter_lines(blocks: Sequence[Block], depth: int) -> Iterator[FieldLine]:
    kind = LineKind.ITEM if depth else LineKind.TEXT
    for block in blocks:
        match block:
            case Paragraph(lines):
                yield from (_make_line(kind, line, depth) for line in lines if line_text(line).strip())
            case ListBlock(items, ordered, start):
                for number, item in enumerate(items, start):
                    marker = f"{number}. " if ordered else "- "
                    for line in _iter_lines(item, depth + 1):
                        is_first = line.depth == depth + 1 and line.kind is LineKind.ITEM
                        yield replace(line, marker=marker) if is_first else line
                        marker = "" if is_first else marker
            case CodeBlock(code):
                yield from (
                    FieldLine(LineKind.CODE, line, (), depth) for line in code.split("\n") if line.strip()
                )
            case Table(header, rows):
                cells = (cell for row in (header, *rows) for cell in row)
                yield from (
                    _make_line(LineKind.CELL, cell, depth) for cell in cells if line_text(cell).strip()
                )
            case Image(target, alt):
                yield FieldLine(LineKind.IMAGE, alt or target, (), depth)
            case Quote(inner):
                yield from _iter_lines(inner, depth)


def _make_line(kind: LineKind, spans: Line, depth: int) -> FieldLine:
    return FieldLine(kind, _BLANKS.sub(" ", line_text(spans)).strip(), spans, depth)
