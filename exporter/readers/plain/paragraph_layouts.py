"""Layouts by white space and rulers: gaps between cards, underlined questions, lists without bullets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import (
    ends_with_question_mark,
    is_statement,
    looks_like_question,
)
from exporter.readers.layout.evidence import MAX_WRAPPED_LINES
from exporter.readers.layout.layout import Layout, Style, build_layout, build_line_marker
from exporter.readers.layout.style_lines import find_cards
from exporter.readers.layout.tokens import MIN_GAP_LINES, TokenizedText, TokenKind
from exporter.readers.plain.card_starts import find_card_starts
from exporter.readers.plain.card_titles import find_titled_cards
from exporter.readers.plain.headings import is_underline
from exporter.readers.plain.question_lines import marks_questions

MAX_GAP_LINES = 4
"""Number of blank lines from which on gaps count as equal."""


def find_gaps(text: TokenizedText) -> Iterator[Layout]:
    """Yield layouts of cards separated by gaps of two or more blank lines, for each width."""
    for width in range(MIN_GAP_LINES, MAX_GAP_LINES + 1):
        cards = [index for index, _ in find_cards(text, width)]
        if len(cards) > 1:
            starts = find_card_starts(text, cards)
            yield build_layout(
                Style.GAPS, "", {index: build_line_marker(text.lines[index]) for index in starts}
            )


def find_underlined(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of questions that are a line with a ruler directly below, and text below that."""
    markers: dict[int, Marker] = {}
    for index in text.content:
        below = index + 1
        if index in text.fenced or not text.is_separator(index - 1) or below >= len(text.lines):
            continue
        is_framed = index > 0 and text.tokens[index - 1].kind is TokenKind.RULER
        if not is_framed and is_underline(text.lines[below]) and not text.is_separator(below + 1):
            markers[index] = build_line_marker(text.lines[index])
    if len(markers) > 1:
        yield build_layout(Style.UNDERLINED, "", markers)


def find_lines(text: TokenizedText) -> Iterator[Layout]:
    """Yield the layout of all lines that ask or begin like a question, with or without blank lines between.

    A second reading has, of the lines that only begin like a question, those after a blank line or ruler.
    """
    markers: dict[int, Marker] = {}
    separated: dict[int, Marker] = {}
    has_statements = marks_questions(text)
    for index, token in enumerate(text.tokens):
        line = text.lines[index]
        if token.kind is not TokenKind.TEXT or line[0].isspace() or not looks_like_question(line):
            continue
        if has_statements and is_statement(line):
            continue
        if line[0].islower() and ends_with_question_mark(line) and _is_begun(text, index, markers):
            continue
        markers[index] = build_line_marker(line)
        if text.is_separator(index - 1) or ends_with_question_mark(line):
            separated[index] = markers[index]
    for selected in (markers, separated):
        if len(selected) > 1:
            selected.update(find_titled_cards(text, selected))
            yield build_layout(Style.LINES, "?", selected)


def _is_begun(text: TokenizedText, index: int, markers: Mapping[int, Marker]) -> bool:
    """Return whether a line is the end of a question that begins some lines above, and has no end there.

    All lines between begin in lower case.
    """
    for above in range(index - 1, index - MAX_WRAPPED_LINES, -1):
        if text.is_separator(above) or "?" in text.lines[above] or text.lines[above].rstrip()[-1] in ".!:;。":
            return False
        if above in markers or text.tokens[above].marker is not None:
            return True
        if not text.lines[above][0].islower():
            return False
    return False
