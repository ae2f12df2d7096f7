"""Blocks in a canonical form, equal for what a person sees alike whatever an editor did to its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from exporter.model.questions import (
    Block,
    Code,
    CodeBlock,
    CueStrong,
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
from exporter.model.text import line_text, merge_texts

_BLANKS = re.compile(r"[ \t\xa0]+")
_FORMATTED = (Strong, Emphasis, Superscript, Subscript, Strikethrough, Link)


def canonical_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks with blanks collapsed, empty parts dropped and adjacent spans merged.

    Paragraphs that follow each other are one, since a line that is added on a phone may be one of either;
    languages of code and alignments of tables, which no editor keeps, are dropped.
    """
    kept = [block for block in map(_canonical_block, blocks) if block is not None]
    merged: list[Block] = []
    for is_paragraph, group in groupby(kept, key=lambda block: isinstance(block, Paragraph)):
        if is_paragraph:
            lines = (line for block in group if isinstance(block, Paragraph) for line in block.lines)
            merged.append(Paragraph(tuple(lines)))
        else:
            merged.extend(group)
    return tuple(merged)


def strip_formatting(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return canonical blocks whose lines are plain text, as a source without markup holds them."""
    return tuple(_strip_block(block) for block in canonical_blocks(blocks))


def _canonical_block(block: Block) -> Block | None:
    match block:
        case Paragraph(lines):
            kept = tuple(
                filter(None, (_canonical_line(part) for line in lines for part in _split_breaks(line)))
            )
            return Paragraph(kept) if kept else None
        case ListBlock(items, ordered, start):
            kept_items = tuple(filter(None, map(canonical_blocks, items)))
            return ListBlock(kept_items, ordered, start) if kept_items else None
        case Table(header, rows):
            return Table(_canonical_cells(header), tuple(map(_canonical_cells, rows)))
        case CodeBlock(code):
            code_lines = code.replace("\xa0", " ").split("\n")
            return CodeBlock("\n".join(line.rstrip() for line in code_lines).strip("\n"))
        case Quote(inner):
            quoted = canonical_blocks(inner)
            return Quote(quoted) if quoted else None
        case Image(target, alt):
            return Image(target, alt)


def _canonical_cells(cells: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(map(_canonical_line, cells))


def _split_breaks(line: Line) -> Iterator[Line]:
    """Yield the parts of a line between its line breaks, which are lines of a paragraph."""
    for is_break, group in groupby(line, key=lambda span: isinstance(span, LineBreak)):
        if not is_break:
            yield tuple(group)


def _canonical_line(line: Line) -> Line:
    spans = list(_iter_canonical(line))
    if spans and isinstance(spans[0], Text):
        spans[0] = Text(spans[0].text.lstrip())
    if spans and isinstance(spans[-1], Text):
        spans[-1] = Text(spans[-1].text.rstrip())
    return tuple(merge_texts(spans))


def _iter_canonical(line: Line) -> Iterator[Span]:
    """Yield spans merged, without empty ones; bold of cues, which exports add, is text."""
    flat: list[Span] = []
    for span in line:
        match span:
            case CueStrong(inner):
                flat += _iter_canonical(inner)
            case Text(text):
                flat.append(Text(_BLANKS.sub(" ", text)))
            case Code(text):
                flat.append(Code(_BLANKS.sub(" ", text)))
            case Math(tex, display):
                # an editor may make a line break within a formula a tag, and back a blank
                flat.append(Math(" ".join(tex.split()), display))
            case _ if isinstance(span, _FORMATTED):
                inner = tuple(_iter_canonical(span.spans))
                if line_text(inner).strip():
                    flat.append(replace(span, spans=inner))
                else:
                    flat += inner
            case _:
                flat.append(span)
    return merge_texts(flat)


def _strip_block(block: Block) -> Block:
    match block:
        case Paragraph(lines):
            return Paragraph(tuple(map(_strip_line, lines)))
        case ListBlock(items, ordered, start):
            return ListBlock(tuple(tuple(map(_strip_block, item)) for item in items), ordered, start)
        case Table(header, rows):
            return Table(tuple(map(_strip_line, header)), tuple(tuple(map(_strip_line, row)) for row in rows))
        case Quote(inner):
            return Quote(tuple(map(_strip_block, inner)))
        case CodeBlock() | Image():
            return block


def _strip_line(line: Line) -> Line:
    return (Text(line_text(line)),)
