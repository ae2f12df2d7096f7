"""Answers with the words of their cues in bold, where they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from exporter.cues.extractor import Cue, find_cues
from exporter.cues.segments import iter_lines
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
    Question,
    Quote,
    Span,
    Strong,
    Text,
)
from exporter.model.text import line_text, merge_texts

_UNMARKED = f" \t\n\r\f\v\u00a0{EMPTY_BOX}{TICKED_BOX}"
"""What begins or ends no bold text: Markdown has no bold that begins with a space."""

Range = tuple[int, int]
"""The first character of a line's plain text, and the one behind the last."""


def emphasize_cues(question: Question, derived: Sequence[Cue] | None = None) -> tuple[Block, ...]:
    """Return a question's answer with the words of its cues in bold, as `CueStrong`.

    Cues that the source gives are in bold where the answer has the same words; `derived` are the others,
    if they are known. What is bold already stays so; tables, code and formulas have no bold within.
    Without the bold of cues, the answer is the source's own.
    """
    ranges = _ranges(question, derived)
    if not ranges:
        return question.answer
    counter = iter(range(1 << 30))
    return tuple(_emphasized(question.answer, ranges, counter))


def _ranges(question: Question, derived: Sequence[Cue] | None) -> Mapping[int, Sequence[Range]]:
    """Return the ranges of the cues' words, by the index of their line, in order."""
    ranges: dict[int, list[Range]] = defaultdict(list)
    if question.cues:
        lines = [line_text(line).casefold() for line in iter_lines(question.answer)]
        for given in question.cues:
            wanted = re.compile(rf"(?<!\w){re.escape(given.casefold())}(?!\w)")
            index, found = next(
                ((i, m) for i, line in enumerate(lines) if (m := wanted.search(line))), (0, None)
            )
            # folding may change a text's length: then its ranges are those of another text
            if found and len(lines[index]) == len(line_text(_line(question, index))):
                ranges[index].append(found.span())
    else:
        for cue in find_cues(question) if derived is None else derived:
            if cue.line is not None and cue.start < cue.stop:
                ranges[cue.line].append((cue.start, cue.stop))
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
    if not ranges:
        return line
    words = line_text(line)
    ranges = _merged([_whole_words(words, *each) for each in ranges])
    match line:
        case (Text(text),):  # as most lines are
            spans: list[Span] = []
            for first, last, is_bold in _cut(len(text), 0, ranges):
                part = text[first:last]
                if not is_bold:
                    spans.append(Text(part))
                elif part[0] in _UNMARKED or part[-1] in _UNMARKED:
                    break
                else:
                    spans.append(CueStrong((Text(part),)))
            else:
                return tuple(spans)
    return tuple(_marked(line, 0, ranges))


def _whole_words(text: str, start: int, stop: int) -> Range:
    """Return a range with the rest of the words that it begins and ends in: cues cut very long ones."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum():
        stop += 1
    return start, stop


def _marked(spans: Sequence[Span], start: int, ranges: Sequence[Range]) -> Iterator[Span]:
    """Yield spans with the ranges in bold; `start` is the index of their first character.

    Only texts are divided, so that the line without the bold of cues is the line of the source.
    """
    run: list[Span] = []
    plain: list[Span] = []
    for span, is_bold in _pieces(spans, start, ranges):
        if is_bold:
            run.append(span)
            continue
        plain += (*_bold(run), span)
        run = []
    yield from merge_texts((*plain, *_bold(run)))


def _pieces(spans: Sequence[Span], start: int, ranges: Sequence[Range]) -> Iterator[tuple[Span, bool]]:
    """Yield the parts of spans, each with whether it is to be bold."""
    for span in spans:
        stop = start + len(line_text((span,)))
        is_inside = any(first <= start and stop <= last for first, last in ranges)
        match span:
            case Text(text):
                yield from ((Text(text[a:b]), bold) for a, b, bold in _cut(len(text), start, ranges))
            case Math() | LineBreak() | Strong():
                yield span, False  # bold has no meaning there, or is there already
            case Emphasis(inner) | Link(inner, _) if not is_inside or _has_strong(inner):
                yield replace(span, spans=tuple(_marked(inner, start, ranges))), False
            case Emphasis() | Link():
                yield span, True
            case _:
                begins = any(first <= start < last for first, last in ranges)
                yield span, begins and not _has_strong((span,))
        start = stop


def _cut(length: int, start: int, ranges: Sequence[Range]) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts of a text of a length, and whether each is in one of the ranges."""
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


def _bold(run: Sequence[Span]) -> Iterator[Span]:
    """Yield spans as bold, but for the spaces around them and the box before them."""
    inner = list(run)
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
