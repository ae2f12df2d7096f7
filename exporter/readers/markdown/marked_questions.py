"""Marked headings, summaries, bold paragraphs, pairs and tables to questions and answers."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.model.questions import Line, Paragraph
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.blocks import convert_segments
from exporter.readers.markdown.details_summaries import summary_text
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import (
    Event,
    EventKind,
    question_event,
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


def _marked_heading(element: Element) -> Iterator[Event]:
    mark = find_marker(element)
    text = element.words
    if mark is not None:
        text = drop_prefix(text, len(element.text) - len(mark.rest)) if element.number is None else text
    yield question_event(element.line, text, mark.number if mark else None)


def _marked_summary(element: Element) -> Iterator[Event]:
    mark = patterns.match_marker(summary_text(element))
    blocks = element.own_blocks
    if mark is not None and isinstance(blocks[0], Paragraph):
        first = blocks[0].lines[0]
        line = drop_prefix(first, len(span_text(first)) - len(mark.rest))
        blocks = (Paragraph((line, *blocks[0].lines[1:])), *blocks[1:]) if line else blocks
    if blocks and isinstance(blocks[0], Paragraph) and len(blocks[0].lines) == 1:
        blocks = (Paragraph((strip_emphasis(blocks[0].lines[0]),)), *blocks[1:])
    yield Event(EventKind.QUESTION, element.line, blocks, mark.number if mark else None)
    yield Event(EventKind.ANSWER, element.line)


def _marked_bold(element: Element) -> Iterator[Event]:
    first, *rest = element.parts
    inner = find_bold_question(first.line) or find_bold_lead(first.line) or first.line
    behind = strip_dash(join_lines([first.line[1:]]))
    mark = patterns.match_marker(span_text(inner))
    number = mark.number if mark else None
    text = drop_prefix(inner, len(span_text(inner)) - len(mark.rest)) if mark else inner
    if not any(char.isalnum() for char in span_text(behind)):
        text, behind = join_lines([text, behind]) if behind else text, ()
    yield question_event(element.line, text, number)
    parts = [Segment(behind), *rest] if behind else rest
    if parts:
        yield Event(EventKind.CONTENT, element.line, convert_segments(parts), parts=tuple(parts))


def _marked_number(element: Element) -> Iterator[Event]:
    asked = next((at + 1 for at, part in enumerate(element.parts) if ends_with_question_mark(part.text)), 1)
    first, behind = join_lines([part.line for part in element.parts[:asked]]), element.parts[asked:]
    mark = patterns.match_marker(span_text(first))
    yield question_event(
        element.line,
        drop_prefix(first, len(span_text(first)) - len(mark.rest)) if mark else first,
        mark.number if mark else None,
    )
    if behind:
        yield Event(EventKind.CONTENT, element.line + asked, convert_segments(behind), parts=tuple(behind))


def _marked_definition(element: Element) -> Iterator[Event]:
    first, *meanings = element.parts
    yield question_event(element.line, first.line, None)
    yield Event(EventKind.ANSWER, element.line)
    parts = tuple(
        Segment(drop_prefix(part.line, 2 * part.text.startswith(": ")), True, part.image) for part in meanings
    )
    yield Event(EventKind.CONTENT, element.line + 1, convert_segments(parts), parts=parts)


def _marked_pairs(element: Element) -> Iterator[Event]:
    nodes = element.node.children if element.kind == ElementKind.LIST and element.node else []
    rows: list[tuple[int, Line]] = [
        (element.line + place, part.line) for place, part in enumerate(element.parts)
    ]
    for node in nodes:
        if node.children and node.children[0].kind == "paragraph":
            inline = node.children[0].children[0].token.children or ()
            rows.append((node.line, join_lines([part.line for part in split_segments(inline, images=False)])))
    for (line, spans), found in zip(rows, split_pairs([spans for _, spans in rows]), strict=True):
        if found is None:
            yield Event(EventKind.CONTENT, line, (Paragraph((spans,)),))
            continue
        yield question_event(line, take_prefix(spans, found.question_end), None)
        yield Event(EventKind.ANSWER, line)
        yield Event(EventKind.CONTENT, line, (Paragraph((drop_prefix(spans, found.answer_start),)),))


EVENTS_BY_STYLE = {
    StyleName.HEADINGS: _marked_heading,
    StyleName.SUMMARIES: _marked_summary,
    StyleName.LABELS: _marked_heading,
    StyleName.BOLD: _marked_bold,
    StyleName.NUMBERS: _marked_number,
    StyleName.DEFINITIONS: _marked_definition,
    StyleName.PAIRS: _marked_pairs,
    StyleName.TABLES: iter_table_events,
}
