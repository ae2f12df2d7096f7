"""Marked headings, summaries, bold paragraphs, pairs and tables to questions and answers."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.model.questions import Line, Paragraph
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.blocks import paragraphs
from exporter.readers.markdown.details_summaries import summary_text
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.event import Event, first_part, question, unmarked, without_dash
from exporter.readers.markdown.heading_styles import heading_number
from exporter.readers.markdown.inline import Segment, segments
from exporter.readers.markdown.paragraph_styles import bold_question, lead, split_pairs
from exporter.readers.markdown.tables import marked_table
from exporter.readers.span_builder import drop_prefix, join_lines, span_text


def _marked_heading(item: Item) -> Iterator[Event]:
    mark = heading_number(item)
    text = item.words
    if mark is not None:
        text = drop_prefix(text, len(item.text) - len(mark.rest)) if item.number is None else text
    yield question(item.line, text, mark.number if mark else None)


def _marked_summary(item: Item) -> Iterator[Event]:
    mark = patterns.match_marker(summary_text(item))
    blocks = item.ready
    if mark is not None and isinstance(blocks[0], Paragraph):
        first = blocks[0].lines[0]
        line = drop_prefix(first, len(span_text(first)) - len(mark.rest))
        blocks = (Paragraph((line, *blocks[0].lines[1:])), *blocks[1:]) if line else blocks
    if blocks and isinstance(blocks[0], Paragraph) and len(blocks[0].lines) == 1:
        blocks = (Paragraph((unmarked(blocks[0].lines[0]),)), *blocks[1:])
    yield Event("question", item.line, blocks, mark.number if mark else None)
    yield Event("answer", item.line)


def _marked_bold(item: Item) -> Iterator[Event]:
    first, *rest = item.parts
    inner = bold_question(first.line) or lead(first.line) or first.line
    behind = without_dash(join_lines([first.line[1:]]))
    mark = patterns.match_marker(span_text(inner))
    number = mark.number if mark else None
    text = drop_prefix(inner, len(span_text(inner)) - len(mark.rest)) if mark else inner
    if not any(char.isalnum() for char in span_text(behind)):
        text, behind = join_lines([text, behind]) if behind else text, ()
    yield question(item.line, text, number)
    parts = [Segment(behind), *rest] if behind else rest
    if parts:
        yield Event("content", item.line, paragraphs(parts), parts=tuple(parts))


def _marked_number(item: Item) -> Iterator[Event]:
    asked = next((at + 1 for at, part in enumerate(item.parts) if ends_with_question_mark(part.text)), 1)
    first, behind = join_lines([part.line for part in item.parts[:asked]]), item.parts[asked:]
    mark = patterns.match_marker(span_text(first))
    yield question(
        item.line,
        drop_prefix(first, len(span_text(first)) - len(mark.rest)) if mark else first,
        mark.number if mark else None,
    )
    if behind:
        yield Event("content", item.line + asked, paragraphs(behind), parts=tuple(behind))


def _marked_definition(item: Item) -> Iterator[Event]:
    first, *meanings = item.parts
    yield question(item.line, first.line, None)
    yield Event("answer", item.line)
    parts = tuple(
        Segment(drop_prefix(part.line, 2 * part.text.startswith(": ")), True, part.image) for part in meanings
    )
    yield Event("content", item.line + 1, paragraphs(parts), parts=parts)


def _marked_pairs(item: Item) -> Iterator[Event]:
    nodes = item.node.children if item.kind == "list" and item.node else []
    rows: list[tuple[int, Line]] = [(item.line + place, part.line) for place, part in enumerate(item.parts)]
    for node in nodes:
        if node.children and node.children[0].kind == "paragraph":
            inline = node.children[0].children[0].token.children or ()
            rows.append((node.line, join_lines([part.line for part in segments(inline, images=False)])))
    for (line, spans), found in zip(rows, split_pairs([spans for _, spans in rows]), strict=True):
        if found is None:
            yield Event("content", line, (Paragraph((spans,)),))
            continue
        yield question(line, first_part(spans, found.question_end), None)
        yield Event("answer", line)
        yield Event("content", line, (Paragraph((drop_prefix(spans, found.answer_start),)),))


MARKED = {
    "headings": _marked_heading,
    "summaries": _marked_summary,
    "labels": _marked_heading,
    "bold": _marked_bold,
    "numbers": _marked_number,
    "definitions": _marked_definition,
    "pairs": _marked_pairs,
    "tables": marked_table,
}
