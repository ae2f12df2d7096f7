"""Emphasis: blocks with ranges of their lines in bold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from exporter.model.questions import (
    EMPTY_BOX,
    TICKED_BOX,
    Block,
    CueStrong,
    Emphasis,
    Line,
    LineBreak,
    Link,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Span,
    Strong,
    Text,
)
from exporter.model.text import line_text, merge_texts

_UNMARKED = f" \t\n\r\f\v\u00a0{EMPTY_BOX}{TICKED_BOX}"
"""Characters that bold text does not begin or end with: Markdown has no bold that begins with a space."""

Range = tuple[int, int]
"""A range of a line's plain text: the indices of its first character, and of that after its last."""


def iter_lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """Yield the lines of text of blocks, also those in lists and quotes, but not of tables and code."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from block.lines
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from iter_lines(item)
        elif isinstance(block, Quote):
            yield from iter_lines(block.blocks)


def emphasize(blocks: tuple[Block, ...], ranges: Mapping[int, Sequence[Range]]) -> tuple[Block, ...]:
    """Return blocks with ranges of their lines in bold, as `CueStrong`.

    `ranges` are by the index of the line among the lines of text (`iter_lines`). Bold text of the source
    stays bold; tables, code and formulas are not changed. Without `CueStrong`, the result equals `blocks`.
    """
    return tuple(_emphasize_blocks(blocks, ranges, count())) if ranges else blocks


def merge_ranges(ranges: Sequence[Range]) -> list[Range]:
    """Return ranges in order, with overlapping ones merged."""
    merged: list[Range] = []
    for start, stop in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _emphasize_blocks(
    blocks: Sequence[Block], ranges: Mapping[int, Sequence[Range]], line_indices: Iterator[int]
) -> Iterator[Block]:
    """Yield blocks with the ranges of their lines in bold; `line_indices` is advanced for each line."""
    for block in blocks:
        match block:
            case Paragraph(lines):
                yield Paragraph(
                    tuple(_emphasize_line(line, ranges.get(next(line_indices), ())) for line in lines)
                )
            case ListBlock(items):
                emphasized = tuple(tuple(_emphasize_blocks(item, ranges, line_indices)) for item in items)
                yield replace(block, items=emphasized)
            case Quote(quoted):
                yield Quote(tuple(_emphasize_blocks(quoted, ranges, line_indices)))
            case _:
                yield block


def _emphasize_line(line: Line, ranges: Sequence[Range]) -> Line:
    if not ranges:
        return line
    plain = line_text(line)
    ranges = merge_ranges([_extend_to_words(plain, start, stop) for start, stop in ranges])
    match line:
        case (Text(text),):  # the fast path for most lines
            spans: list[Span] = []
            for first, last, is_bold in _divide(len(text), 0, ranges):
                part = text[first:last]
                if not is_bold:
                    spans.append(Text(part))
                elif part[0] in _UNMARKED or part[-1] in _UNMARKED:
                    break
                else:
                    spans.append(CueStrong((Text(part),)))
            else:
                return tuple(spans)
    return tuple(_emphasize_spans(line, 0, ranges))


def _extend_to_words(text: str, start: int, stop: int) -> Range:
    """Extend a range to the ends of the words at its ends, since cues cut very long words."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum():
        stop += 1
    return start, stop


def _emphasize_spans(spans: Sequence[Span], start: int, ranges: Sequence[Range]) -> Iterator[Span]:
    """Yield spans with the ranges in bold; `start` is the index of their first character.

    Only texts are divided, so that the line without the bold of cues is the line of the source.
    """
    bold_run: list[Span] = []
    emphasized: list[Span] = []
    for span, is_bold in _iter_parts(spans, start, ranges):
        if is_bold:
            bold_run.append(span)
            continue
        emphasized += (*_make_bold(bold_run), span)
        bold_run = []
    yield from merge_texts((*emphasized, *_make_bold(bold_run)))


def _iter_parts(spans: Sequence[Span], start: int, ranges: Sequence[Range]) -> Iterator[tuple[Span, bool]]:
    """Yield the parts of spans, each with whether it becomes bold."""
    for span in spans:
        stop = start + len(line_text((span,)))
        is_inside = any(first <= start and stop <= last for first, last in ranges)
        match span:
            case Text(text):
                yield from ((Text(text[a:b]), bold) for a, b, bold in _divide(len(text), start, ranges))
            case Math() | LineBreak() | Strong():
                yield span, False  # cannot be bold, or is bold already
            case Emphasis(inner) | Link(inner, _) if not is_inside or _has_strong(inner):
                yield replace(span, spans=tuple(_emphasize_spans(inner, start, ranges))), False
            case Emphasis() | Link():
                yield span, True
            case _:
                begins = any(first <= start < last for first, last in ranges)
                yield span, begins and not _has_strong((span,))
        start = stop


def _divide(length: int, start: int, ranges: Sequence[Range]) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a text of a length, each with whether it is in one of the ranges."""
    position = 0
    for first, last in ranges:
        begin, end = max(first - start, position), min(last - start, length)
        if begin < end:
            if position < begin:
                yield position, begin, False
            yield begin, end, True
            position = end
    if position < length:
        yield position, length, False


def _has_strong(spans: Iterable[Span]) -> bool:
    return any(isinstance(span, Strong) or _has_strong(getattr(span, "spans", ())) for span in spans)


def _make_bold(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield spans in bold, without the spaces around them and the box before them."""
    inner = list(spans)
    before = after = ""
    if inner and isinstance(first := inner[0], Text):
        text = first.text.lstrip(_UNMARKED)
        before = first.text[: len(first.text) - len(text)]
        inner[:1] = [Text(text)] if text else []
    if inner and isinstance(last := inner[-1], Text):
        text = last.text.rstrip(_UNMARKED)
        after = last.text[len(text) :]
        inner[-1:] = [Text(text)] if text else []
    if before:
        yield Text(before)
    if inner:
        yield CueStrong(tuple(inner))
    if after:
        yield Text(after)
