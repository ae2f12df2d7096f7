"""The elements of a Markdown file: headings, paragraphs, lists, summaries and other blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from exporter.model.questions import Block, Line, Paragraph, Quote, Strong
from exporter.readers.html import HtmlRow
from exporter.readers.labels.patterns import Marker, match_marker
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.markdown.blocks import convert_node, convert_segments
from exporter.readers.markdown.event import Event
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.table_columns import Columns, find_columns
from exporter.readers.markdown.table_grid import Grid, read_grid, read_html_grid
from exporter.readers.span_builder import join_lines, span_text

_SECTION_NUMBER = re.compile(r"(?:\d{1,3}\.){1,4}\d{1,3}[.)]?\s+(?=\S)")
MAX_NUMBER_DIGITS = 3
"""A longer number without a mark after it is a year; unmeasured."""


class ElementKind(StrEnum):
    """The kind of an element."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    SUMMARY = "summary"
    DETAILS_END = "details end"
    RULE = "rule"
    NAVIGATION = "navigation"
    TITLE = "title"
    BLOCK = "block"
    CARDS = "cards"
    """Questions with their answers, where the form itself says which is which."""
    SEPARATOR = "separator"
    """The line between a question and its answer."""


@dataclass
class Element:
    """A block of the file at the top level, or in a list or `details` that was opened.

    Only its kind and its surroundings change once it is read, so that its words and its marker are kept.

    - `line` is its first line, from 0; `parts` are the source lines of a heading or paragraph.
    - `own_blocks` are its blocks where they were read from HTML.
    - `number` is that of its list item.
    - `in_details` is set in a `details`; `depth` is how many of them are around it, or 1 if not all of
      the file's are closed.
    - `is_separated` is set where a heading, a thematic break or a `<br>` is right above it.
    - `is_quoted` is set where it is a block quote.
    - `rows` are those of a table in HTML.
    - `events` are the questions and answers of `CARDS`.
    - `is_front` is set where a separator is below it, and `front` is the index of that element for a
      separator.
    - `ends_answer` is set where the answer of a card ends with it.
    """

    kind: ElementKind
    line: int
    parts: Sequence[Segment] = ()
    node: Node | None = None
    own_blocks: tuple[Block, ...] = ()
    level: int = 0
    number: int | None = None
    in_details: bool = False
    depth: int = 0
    is_separated: bool = False
    is_quoted: bool = False
    rows: tuple[HtmlRow, ...] = ()
    events: tuple[Event, ...] = ()
    is_front: bool = False
    ends_answer: bool = False
    front: int = 0

    def convert_quoted(self, parts: Sequence[Segment]) -> tuple[Block, ...]:
        """Return lines of the element as blocks, in a quotation if it is one."""
        blocks = convert_segments(parts)
        return (Quote(blocks),) if self.is_quoted and blocks else blocks

    @cached_property
    def grid(self) -> Grid:
        """The cells of a table."""
        if self.rows:
            return read_html_grid(self.rows)
        return read_grid(self.node) if self.node else Grid()

    @cached_property
    def columns(self) -> Columns:
        """The columns of a table whose role is known."""
        return find_columns(self.grid)

    @cached_property
    def words(self) -> Line:
        """The words of the element as one line."""
        return self.parts[0].line if len(self.parts) == 1 else join_lines([part.line for part in self.parts])

    @cached_property
    def text(self) -> str:
        """The words of the element as plain text."""
        return self.parts[0].text if len(self.parts) == 1 else span_text(self.words)

    @cached_property
    def typed_marker(self) -> Marker | None:
        """The marker at the start of the words, whatever the number of the list item is."""
        return self.parts[0].marker if len(self.parts) == 1 else match_marker(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether the words end in a question mark, or begin like a question."""
        return self.parts[0].asks if len(self.parts) == 1 else looks_like_question(self.text)

    @cached_property
    def marker(self) -> Marker | None:
        """The number and text of a heading that begins with a number or a word such as `Q3`."""
        if self.number is not None:
            return Marker(self.number, self.text, 1, "N.")
        if (marker := self.typed_marker) and not marker.tight:
            return marker
        if match := _SECTION_NUMBER.match(self.text):
            return Marker(None, self.text[match.end() :], match.end() + 1, "N.N")
        number, _, rest = self.text.partition(" ")
        if number.isdecimal() and len(number) <= MAX_NUMBER_DIGITS:
            return Marker(int(number), rest.strip(), len(number) + 2, "N")
        return None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the element."""
        if self.kind == ElementKind.HEADING:
            return (Paragraph(((Strong(self.words),),)),) if self.parts else ()
        if self.kind == ElementKind.PARAGRAPH:
            return self.convert_quoted(self.parts)
        return self.own_blocks or (convert_node(self.node) if self.node else ())
