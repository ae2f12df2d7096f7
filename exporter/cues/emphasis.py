"""Answers with the words of their cues in bold, where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from exporter.cues.extractor import find_cues
from exporter.cues.segments import iter_lines
from exporter.model import (
    Block,
    Emphasis,
    Line,
    Link,
    ListBlock,
    Paragraph,
    Question,
    Quote,
    Span,
    Strong,
    Text,
    line_text,
)

Range = tuple[int, int]
"""The first character of a line's plain text, and the one behind the last."""


def emphasize_cues(question: Question) -> tuple[Block, ...]:
    """Return a question's answer with the words of its cues in bold.

    Cues that the source gives are in bold where the answer has the same words. What is bold already
    stays so; tables and code have no cues within.
    """
    ranges = _ranges(question)
    if not ranges:
        return question.answer
    counter = iter(range(1 << 30))
    return tuple(_emphasized(question.answer, ranges, counter))


def _ranges(question: Question) -> Mapping[int, Sequence[Range]]:
    """Return the ranges of the cues' words, by the index of their line, in order."""
    ranges: dict[int, list[Range]] = defaultdict(list)
    if question.cues:
        lines = [line_text(line).casefold() for line in iter_lines(question.answer)]
        for cue in question.cues:
            wanted = cue.casefold()
            index = next((i for i, line in enumerate(lines) if wanted in line), None)
            # folding may change a text's length: then its ranges are those of another text
            if index is not None and len(lines[index]) == len(line_text(_line(question, index))):
                start = lines[index].index(wanted)
                ranges[index].append((start, start + len(wanted)))
    else:
        for derived in find_cues(question):
            if derived.line is not None and derived.start < derived.stop:
                ranges[derived.line].append((derived.start, derived.stop))
    return {index: _merged(some) for index, some in ranges.items()}


def _line(question: Question, index: int) -> Line:
    return next(line for i, line in enumerate(iter_lines(question.answer)) if i == index)


def _merged(ranges: Sequence[Range]) -> list[Range]:
    """Return ranges in order, those that overlap as one."""
    merged: list[Range] = []
    for start, stop in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def _emphasized(
    blocks: Sequence[Block], ranges: Mapping[int, Sequence[Range]], counter: Iterator[int]
) -> Iterator[Block]:
    """Yield blocks with the ranges of their lines in bold; `counter` counts the lines as they are met."""
    for block in blocks:
        match block:
            case Paragraph(lines):
                yield Paragraph(tuple(_with_bold(line, ranges.get(next(counter), ())) for line in lines))
            case ListBlock(items):
                yield replace(block, items=tuple(tuple(_emphasized(item, ranges, counter)) for item in items))
            case Quote(quoted):
                yield Quote(tuple(_emphasized(quoted, ranges, counter)))
            case _:
                yield block


def _with_bold(line: Line, ranges: Sequence[Range]) -> Line:
    spans: list[Span] = []
    position = 0
    for start, stop in ranges:
        spans += _slice(line, position, start)
        bold = _slice(line, start, stop)
        spans += bold if all(isinstance(span, Strong) for span in bold) else [Strong(tuple(bold))]
        position = stop
    if ranges:
        spans += _slice(line, position, len(line_text(line)))
        return tuple(spans)
    return line


def _slice(spans: Sequence[Span], start: int, stop: int) -> list[Span]:
    """Return the spans of a range of characters; code and formulas belong whole to where they begin."""
    sliced: list[Span] = []
    position = 0
    for span in spans:
        length = len(line_text((span,)))
        first, last = max(start - position, 0), min(stop - position, length)
        match span:
            case Text(text) if first < last:
                sliced.append(Text(text[first:last]))
            case Strong(inner) | Emphasis(inner) | Link(inner, _) if first < last:
                sliced.append(replace(span, spans=tuple(_slice(inner, first, last))))
            case Text() | Strong() | Emphasis() | Link():
                pass
            case _ if start <= position < stop:
                sliced.append(span)
        position += length
    return sliced
