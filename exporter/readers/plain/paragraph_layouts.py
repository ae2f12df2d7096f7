"""Layouts made by white space and rulers: gaps between cards, underlined questions, bare lists."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.readers.labels.patterns import Marker
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.plain.headings import is_underline
from exporter.readers.plain.layout import Layout, Style, build_layout
from exporter.readers.plain.tokens import TokenizedText, TokenKind
from exporter.readers.plain.unmarked_layouts import build_line_marker

MIN_GAP_LINES = 2
"""Blank lines between cards; one blank line separates a question from its answer."""


def find_gaps(text: TokenizedText) -> Iterator[Layout]:
    """Cards with two or more blank lines between them, and one between question and answer."""
    marks: dict[int, Marker] = {}
    blank = MIN_GAP_LINES
    for index, token in enumerate(text.tokens):
        if token.kind is TokenKind.BLANK:
            blank += 1
            continue
        if blank >= MIN_GAP_LINES and token.kind is not TokenKind.RULER and index not in text.fenced:
            marks[index] = build_line_marker(text.lines[index])
        blank = 0
    if len(marks) > 1:
        yield build_layout(Style.GAPS, "", marks)


def find_underlined(text: TokenizedText) -> Iterator[Layout]:
    """Questions that are a line with a ruler right below it, and text below that."""
    marks: dict[int, Marker] = {}
    for index in text.content():
        below = index + 1
        if index in text.fenced or not text.is_separator(index - 1) or below >= len(text.lines):
            continue
        framed = index > 0 and text.tokens[index - 1].kind is TokenKind.RULER
        if not framed and is_underline(text.lines[below]) and not text.is_separator(below + 1):
            marks[index] = build_line_marker(text.lines[index])
    if len(marks) > 1:
        yield build_layout(Style.UNDERLINED, "", marks)


def find_lines(text: TokenizedText) -> Iterator[Layout]:
    """Every line that asks, or begins with a word that asks, with or without blank lines between.

    A second reading has, of the lines that only begin so, those below a blank line or ruler alone.
    """
    marks: dict[int, Marker] = {}
    free: dict[int, Marker] = {}
    for index, token in enumerate(text.tokens):
        line = text.lines[index]
        if token.kind is not TokenKind.TEXT or line[0].isspace() or not looks_like_question(line):
            continue
        marks[index] = build_line_marker(line)
        if text.is_separator(index - 1) or ends_with_question_mark(line):
            free[index] = marks[index]
    for found in (marks, free):
        if len(found) > 1:
            yield build_layout(Style.LINES, "?", found)
