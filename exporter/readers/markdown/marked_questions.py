"""The events of elements that are questions, for each style but lists."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.model.questions import Paragraph
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.layout.layout import Style
from exporter.readers.markdown.blocks import convert_segments
from exporter.readers.markdown.cards import iter_card_events
from exporter.readers.markdown.details_summaries import read_summary
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import (
    Event,
    EventKind,
    make_question_event,
    strip_dash,
    strip_emphasis,
)
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.paragraph_styles import (
    find_bold_lead,
    find_bold_question,
    split_list,
)
from exporter.readers.markdown.tables import iter_table_events
from exporter.readers.span_builder import drop_prefix, join_lines, span_text


def _iter_heading_events(element: Element) -> Iterator[Event]:
    marker = element.marker
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
    if find_bold_question(element.parts[0].line) is not None:
        yield from _iter_bold_events(element)
        return
    end = next((i + 1 for i, part in enumerate(element.parts) if ends_with_question_mark(part.text)), 1)
    question, answer = join_lines([part.line for part in element.parts[:end]]), element.parts[end:]
    text = span_text(question)
    marker = patterns.match_marker(text)
    if marker is not None:
        question = drop_prefix(question, len(text) - len(marker.rest))
    yield make_question_event(element.line, question, marker.number if marker else None)
    if answer:
        yield Event(EventKind.CONTENT, element.line + end, convert_segments(answer), parts=tuple(answer))


def _iter_asking_events(element: Element) -> Iterator[Event]:
    questions = split_list(element)
    for parts in questions:
        line = join_lines([part.line for part in parts])
        yield make_question_event(element.line + parts[0].row, line, None)
    if not questions:
        yield from _iter_number_events(element)


def iter_marked_events(element: Element, mark: str, number: int | None) -> Iterator[Event]:
    """Yield the events of an element that is a question since its line begins with a mark."""
    if element.kind == ElementKind.SUMMARY or not element.parts:
        yield from _iter_summary_events(element)
        return
    first, *rest = element.parts
    marks = (mark.strip(), mark.strip(" \t#>"))  # the signs of a heading or quotation are not in its text
    length = next((len(typed) for typed in marks if first.text.startswith(typed)), 0)
    yield make_question_event(element.line, drop_prefix(first.line, length), number)
    if rest:
        yield Event(EventKind.CONTENT, element.line + 1, convert_segments(rest), parts=tuple(rest))


def iter_question_events(element: Element, style: Style) -> Iterator[Event]:
    """Yield the events of an element that is a question in a style, with the pictures beside its words."""
    events = EVENTS_BY_STYLE[style](element)
    pictures = [part.image for part in element.parts if part.image]
    if not pictures or element.kind != ElementKind.PARAGRAPH:
        yield from events
        return
    listed = list(events)
    shown = [block for event in listed for block in event.blocks]
    for event in listed:
        yield event
        if event.kind == EventKind.QUESTION:
            yield Event(EventKind.QUESTION_PART, element.line, tuple(p for p in pictures if p not in shown))
            shown += pictures


EVENTS_BY_STYLE = {
    Style.HEADINGS: _iter_heading_events,
    Style.SUMMARIES: _iter_summary_events,
    Style.LABELLED: _iter_heading_events,
    Style.BOLD: _iter_bold_events,
    Style.ITALICS: _iter_bold_events,
    Style.NUMBERED: _iter_number_events,
    Style.ASKING: _iter_asking_events,
    Style.PAIRS: iter_card_events,
    Style.TABLES: iter_table_events,
}
"""The function for each style that yields the events of an element."""
