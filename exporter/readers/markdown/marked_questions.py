"""The events of elements that are questions, for each style but lists."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.model.questions import Line, Paragraph
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.blocks import convert_segments
from exporter.readers.markdown.details_summaries import read_summary
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import (
    Event,
    EventKind,
    make_question_event,
    strip_dash,
    strip_emphasis,
    take_prefix,
)
from exporter.readers.markdown.headings import find_marker
from exporter.readers.markdown.inline import Segment, split_segments
from exporter.readers.markdown.paragraph_styles import find_bold_lead, find_bold_question, split_pairs
from exporter.readers.markdown.style import StyleName
from exporter.readers.markdown.tables import iter_table_events
from exporter.readers.span_builder import drop_prefix, join_lines, span_text


def _iter_heading_events(element: Element) -> Iterator[Event]:
    marker = find_marker(element)
    line = element.words
    if marker is not None and element.number is None:
        line = drop_prefix(line, len(element.text) - len(marker.rest))
    yield make_question_event(element.line, line, marker.number if marker else None)


def _iter_summary_events(element: Element) -> Iterator[Event]:
    marker = patterns.match_marker(read_summary(element))
    blocks = element.own_blocks
    if marker is not None and isinstance(blocks[0], Paragraph):
        first = blocks[0].lines[0]
        line = drop_prefix(first, len(span_text(first)) - len(marker.rest))
        blocks = (Paragraph((line, *blocks[0].lines[1:])), *blocks[1:]) if line else blocks
    if blocks and isinstance(blocks[0], Paragraph) and len(blocks[0].lines) == 1:
        blocks = (Paragraph((strip_emphasis(blocks[0].lines[0]),)), *blocks[1:])
    yield Event(EventKind.QUESTION, element.line, blocks, marker.number if marker else None)
    yield Event(EventKind.ANSWER, element.line)


def _iter_bold_events(element: Element) -> Iterator[Event]:
    first, *rest = element.parts
    bold = find_bold_question(first.line) or find_bold_lead(first.line) or first.line
    after = strip_dash(join_lines([first.line[1:]]))
    text = span_text(bold)
    marker = patterns.match_marker(text)
    number = marker.number if marker else None
    question = drop_prefix(bold, len(text) - len(marker.rest)) if marker else bold
    if not any(map(str.isalnum, span_text(after))):
        question, after = join_lines([question, after]) if after else question, ()
    yield make_question_event(element.line, question, number)
    parts = [Segment(after), *rest] if after else rest
    if parts:
        yield Event(EventKind.CONTENT, element.line, convert_segments(parts), parts=tuple(parts))


def _iter_number_events(element: Element) -> Iterator[Event]:
    end = next((i + 1 for i, part in enumerate(element.parts) if ends_with_question_mark(part.text)), 1)
    question, answer = join_lines([part.line for part in element.parts[:end]]), element.parts[end:]
    text = span_text(question)
    marker = patterns.match_marker(text)
    if marker is not None:
        question = drop_prefix(question, len(text) - len(marker.rest))
    yield make_question_event(element.line, question, marker.number if marker else None)
    if answer:
        yield Event(EventKind.CONTENT, element.line + end, convert_segments(answer), parts=tuple(answer))


def _iter_definition_events(element: Element) -> Iterator[Event]:
    first, *meanings = element.parts
    yield make_question_event(element.line, first.line, None)
    yield Event(EventKind.ANSWER, element.line)
    parts = tuple(
        Segment(drop_prefix(part.line, 2 * part.text.startswith(": ")), True, part.image) for part in meanings
    )
    yield Event(EventKind.CONTENT, element.line + 1, convert_segments(parts), parts=parts)


def _iter_pair_events(element: Element) -> Iterator[Event]:
    items = element.node.children if element.kind == ElementKind.LIST and element.node else []
    rows: list[tuple[int, Line]] = [(element.line + i, part.line) for i, part in enumerate(element.parts)]
    for item in items:
        if item.children and item.children[0].kind == "paragraph":
            inline = item.children[0].children[0].token.children or ()
            parts = split_segments(inline, images=False)
            rows.append((item.line, join_lines([part.line for part in parts])))
    for (line, spans), pair in zip(rows, split_pairs([spans for _, spans in rows]), strict=True):
        if pair is None:
            yield Event(EventKind.CONTENT, line, (Paragraph((spans,)),))
            continue
        yield make_question_event(line, take_prefix(spans, pair.question_end), None)
        yield Event(EventKind.ANSWER, line)
        yield Event(EventKind.CONTENT, line, (Paragraph((drop_prefix(spans, pair.answer_start),)),))


EVENTS_BY_STYLE = {
    StyleName.HEADINGS: _iter_heading_events,
    StyleName.SUMMARIES: _iter_summary_events,
    StyleName.LABELS: _iter_heading_events,
    StyleName.BOLD: _iter_bold_events,
    StyleName.NUMBERS: _iter_number_events,
    StyleName.DEFINITIONS: _iter_definition_events,
    StyleName.PAIRS: _iter_pair_events,
    StyleName.TABLES: iter_table_events,
}
"""The function for each style that yields the events of an element."""
