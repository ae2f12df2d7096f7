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

_BLANKS = re.compile(r"[ \t\n\xa0]+")
_FORMATTED = (Strong, Emphasis, Superscript, Subscript, Strikethrough, Link)


def canonical_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return blocks with blanks collapsed, empty parts dropped and adjacent spans merged.

    Paragraphs that follow each other are one, and so are lists: a line that is added on a phone may be in
    either. Languages of code, alignments of tables and first numbers of lists are dropped.
    """
    return join_blocks([block for block in map(_canonical_block, blocks) if block is not None])


def split_blocks(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the parts that a merge takes or leaves: lines, items of lists, and other canonical blocks."""
    parts: list[Block] = []
    for block in canonical_blocks(blocks):
        match block:
            case Paragraph(lines):
                parts += [Paragraph((line,)) for line in lines]
            case ListBlock(items, ordered):
                parts += [ListBlock((item,), ordered) for item in items]
            case _:
                parts.append(block)
    return tuple(parts)


def join_blocks(parts: Sequence[Block]) -> tuple[Block, ...]:
    """Return parts as blocks: lines that follow each other as a paragraph, items as a list."""
    joined: list[Block] = []
    for part in parts:
        match joined[-1] if joined else None, part:
            case Paragraph(before), Paragraph(lines):
                joined[-1] = Paragraph((*before, *lines))
            case ListBlock(items, is_ordered), ListBlock(more, ordered) if is_ordered is ordered:
                joined[-1] = ListBlock((*items, *more), ordered)
            case _:
                joined.append(part)
    return tuple(joined)


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
        case ListBlock(items, ordered):
            kept_items = tuple(filter(None, map(canonical_blocks, items)))
            return ListBlock(kept_items, ordered) if kept_items else None
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
