"""Metadata above the question of a heading with only a number: `## Question 1`, `**Category:** Logic`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from exporter.model.questions import Strong
from exporter.readers.labels import patterns
from exporter.readers.labels.vocabulary import FACT_LABELS
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.inline import Segment
from exporter.readers.span_builder import span_text

MAX_LABEL_WORDS = 3
"""More words in bold before a colon are a sentence; unmeasured."""

MAX_VALUE_WORDS = 5
"""Longer text after a label that is not known is a sentence; unmeasured."""

_match_fact = re.compile(rf"(?:{'|'.join(FACT_LABELS)})\s{{0,3}}[:：]\s{{0,8}}\S", re.IGNORECASE).match


def move_metadata(elements: Sequence[Element]) -> list[Element]:
    """Return elements with the metadata between a lone number and its question below the question."""
    moved: list[Element] = []
    position = 0
    while position < len(elements):
        element = elements[position]
        moved.append(element)
        position += 1
        marker = element.marker if element.kind == ElementKind.HEADING else None
        if marker is not None and not marker.rest:
            between, position = _read_metadata(elements, position)
            moved.extend(between)
    return moved


def _read_metadata(elements: Sequence[Element], start: int) -> tuple[list[Element], int]:
    """Return the question and the metadata above it, which begins at an index, and the index after both."""
    metadata: list[Element] = []
    for index in range(start, len(elements)):
        element = elements[index]
        count = _count_metadata(element)
        if count and count == len(element.parts):
            metadata.append(element)
            continue
        question = element
        if count:
            above, question = _divide(element, count)
            metadata.append(above)
        is_known = all(_match_fact(part.text) for lines in metadata for part in lines.parts)
        is_question = question.kind == ElementKind.PARAGRAPH and (is_known or question.asks)
        return ([question, *metadata], index + 1) if metadata and is_question else ([], start)
    return [], start


def _count_metadata(element: Element) -> int:
    """Return the number of lines at the start of a paragraph that are metadata."""
    if element.kind != ElementKind.PARAGRAPH or element.in_details or element.is_quoted:
        return 0
    return sum(1 for _ in takewhile(_is_metadata, element.parts))


def _is_metadata(segment: Segment) -> bool:
    """Return whether a line is a known label, or any one in bold, with a few words."""
    if _match_fact(segment.text):
        return True
    lead = segment.line[0] if segment.line else None
    label, colon, value = segment.text.partition(":")
    return (
        isinstance(lead, Strong)
        and bool(colon)
        and span_text(lead.spans).strip(" :") == label.strip()
        and len(label.split()) <= MAX_LABEL_WORDS
        and 0 < len(value.split()) <= MAX_VALUE_WORDS
        and not segment.asks
        and segment.marker is None
        and patterns.match_answer_label(segment.text, letters=False) is None
    )


def _divide(element: Element, count: int) -> tuple[Element, Element]:
    """Return a paragraph of the first lines of another, and one of the others."""
    first = element.parts[count].row
    rest = [replace(part, row=part.row - first) for part in element.parts[count:]]
    return replace(element, parts=element.parts[:count]), replace(
        element, parts=rest, line=element.line + first
    )
