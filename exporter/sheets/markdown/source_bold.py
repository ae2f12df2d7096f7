"""Distinguishing the bold of the source from the bold of cues before an answer is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from exporter.model.questions import (
    Block,
    CueStrong,
    Emphasis,
    Line,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
)
from exporter.sheets.markdown.inline import SourceStrong


def mark_source_bold(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks in which the bold of the source is `SourceStrong`."""
    return tuple(map(_mark_block, blocks))


def _mark_block(block: Block) -> Block:
    match block:
        case Paragraph(lines):
            return Paragraph(tuple(map(_mark_line, lines)))
        case ListBlock(items):
            return replace(block, items=tuple(map(mark_source_bold, items)))
        case Table(header, rows):
            marked = tuple(tuple(map(_mark_line, row)) for row in rows)
            return replace(block, header=tuple(map(_mark_line, header)), rows=marked)
        case Quote(blocks):
            return Quote(mark_source_bold(blocks))
    return block


def _mark_line(line: Line) -> Line:
    return tuple(map(_mark_span, line))


def _mark_span(span: Span) -> Span:
    match span:
        case CueStrong(spans):
            return CueStrong(_mark_line(spans))
        case Strong(spans):
            return SourceStrong(_mark_line(spans))
        case Emphasis(spans) | Superscript(spans) | Subscript(spans) | Strikethrough(spans) | Link(spans, _):
            return replace(span, spans=_mark_line(spans))
    return span
