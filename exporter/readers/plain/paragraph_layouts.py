"""Layouts by white space and rulers: gaps between cards, underlined questions, lists without bullets."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.layout import Layout, Style, build_layout, build_line_marker
from exporter.readers.layout.style_lines import find_cards
from exporter.readers.layout.tokens import MIN_GAP_LINES, TokenizedText, TokenKind
from exporter.readers.plain.card_starts import find_card_starts
from exporter.readers.plain.headings import is_underline

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
    for index, token in enumerate(text.tokens):
        line = text.lines[index]
        if token.kind is not TokenKind.TEXT or line[0].isspace() or not looks_like_question(line):
            continue
        markers[index] = build_line_marker(line)
        if text.is_separator(index - 1) or ends_with_question_mark(line):
            separated[index] = markers[index]
    for selected in (markers, separated):
        if len(selected) > 1:
            yield build_layout(Style.LINES, "?", selected)
