"""Queries on blocks: the images and formulas in them, and the steps of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.model.questions import (
    Block,
    Image,
    Line,
    ListBlock,
    Math,
    Paragraph,
    Question,
    Quote,
    Span,
    Table,
)


def find_steps(answer: tuple[Block, ...]) -> tuple[Line, ...]:
    """Return the lines of an answer that is shown as numbered steps, or an empty tuple.

    These are answers that consist of paragraphs only, with more than one line of text.
    """
    lines: list[Line] = []
    for block in answer:
        if not isinstance(block, Paragraph):
            return ()
        lines.extend(filter(None, block.lines))
    return tuple(lines) if len(lines) > 1 else ()


def iter_images(question: Question) -> Iterator[Image]:
    """Yield the images of a question and its answer, also those in lists and quotes."""
    yield from _iter_block_images((*question.question, *question.answer))


def _iter_block_images(blocks: Iterable[Block]) -> Iterator[Image]:
    for block in blocks:
        if isinstance(block, Image):
            yield block
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _iter_block_images(item)
        elif isinstance(block, Quote):
            yield from _iter_block_images(block.blocks)


def iter_formulas(question: Question) -> Iterator[Math]:
    """Yield the formulas of a question and its answer; those of a line from its end."""
    yield from _iter_block_formulas((*question.question, *question.answer))


def _iter_block_formulas(blocks: Iterable[Block]) -> Iterator[Math]:
    for block in blocks:
        match block:
            case Paragraph(lines):
                yield from _iter_line_formulas(lines)
            case Table(header, rows, _):
                yield from _iter_line_formulas([*header, *(cell for row in rows for cell in row)])
            case ListBlock(items):
                for item in items:
                    yield from _iter_block_formulas(item)
            case Quote(quoted):
                yield from _iter_block_formulas(quoted)


def _iter_line_formulas(lines: Iterable[Line]) -> Iterator[Math]:
    stack: list[Span] = [span for line in lines for span in line]
    while stack:
        span = stack.pop()
        if isinstance(span, Math):
            yield span
        else:
            stack.extend(getattr(span, "spans", ()))
