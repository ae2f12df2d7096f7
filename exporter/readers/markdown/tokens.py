"""The elements of a Markdown file as lines with tokens, as those of plain text have.

The lines are not those of the file: each block and each item of a list begins after a blank line, words in
bold at the start of a line have a line of their own, and code is one line for each of its lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from exporter.model.questions import Strong
from exporter.model.source_lines import find_number
from exporter.model.text import plain_text
from exporter.readers.labels.patterns import Marker
from exporter.readers.layout.evidence import count_between
from exporter.readers.layout.layout import Style
from exporter.readers.layout.tokens import Token, TokenizedText, TokenKind
from exporter.readers.markdown.blocks import read_segments
from exporter.readers.markdown.details_summaries import find_summaries_around, is_answer_label, read_summary
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import EventKind
from exporter.readers.markdown.headings import find_question_below
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.list_items import read_start
from exporter.readers.markdown.parser import LIST_KINDS, Node
from exporter.readers.markdown.shared_questions import find_shared_questions
from exporter.readers.markdown.style import StyleMarker
from exporter.readers.plain.tokenizer import classify_line, drop_story_letters
from exporter.readers.span_builder import span_text

_BLANK, _RULER, _FENCED, _TEXT, _ANSWER = map(
    Token,
    (TokenKind.BLANK, TokenKind.RULER, TokenKind.FENCED, TokenKind.TEXT, TokenKind.ANSWER_WORD),
)

MIN_LEAD_WORDS = 2  # unmeasured
"""Minimum number of words in bold at the start of a line that may be a question by themselves."""


ROW_LINES = 3
"""The number of lines of a row of a table."""

NO_LEVEL = 9
"""The level of questions that are not headings: any heading begins a section below them."""


def get_level(marker: Marker | None) -> int:
    """Return the level of the heading that is a question."""
    style = marker.question_style if isinstance(marker, StyleMarker) else None
    return style.level if style is not None and style.name is Style.HEADINGS else NO_LEVEL


@dataclass(frozen=True)
class MarkdownText(TokenizedText):
    """The lines of some elements, which `element_lines` gives the first line of, in the whole file.

    `first_line` is the index of the text's first line in the whole file; `line_index` has the index of the
    first line of each source line (from 0), and `source_lines` the source line of each line. `source` are the
    lines of the file, and `shared` the first lines in it of questions that headings share.
    """

    elements: Sequence[Element]
    element_lines: Sequence[int]
    line_index: Mapping[int, int]
    source_lines: Sequence[int]
    first_line: int = 0
    source: Sequence[str] = ()
    shared: frozenset[int] = frozenset()

    def get_number(self, index: int) -> int:
        """Return the number (from 1) of a line in the source."""
        return find_number(self.source, self.source_lines[index + self.first_line] + 1)

    def get_typed_line(self, index: int) -> str:
        """Return a line as it is in the source."""
        return self.source[self.source_lines[index + self.first_line]]

    def iter_typed_lines(self) -> Iterator[tuple[int, str]]:
        """Yield the first lines of headings, paragraphs and summaries, as they are in the source."""
        for element, line in zip(self.elements, self.element_lines, strict=True):
            if element.kind in (ElementKind.HEADING, ElementKind.PARAGRAPH, ElementKind.SUMMARY):
                yield line - self.first_line, self.get_typed_line(line - self.first_line)

    def find_cards(self, min_blank: int) -> Iterator[int]:
        """Yield the first lines of headings and paragraphs below at least some number of blank lines."""
        for index, _ in self.iter_typed_lines():
            first = self.source_lines[index + self.first_line]
            above = self.source[max(0, first - min_blank) : first]
            if not "".join(above).strip():
                yield index

    def slice(self, start: int, end: int) -> MarkdownText:
        """Return the text of `lines[start:end]`, with indices from 0, and the elements that begin there."""
        first, last = start + self.first_line, end + self.first_line
        fenced = frozenset(index - start for index in self.fenced if start <= index < end)
        i, j = bisect_left(self.element_lines, first), bisect_left(self.element_lines, last)
        text_end = self.first_line + len(self.lines)
        element_end = self.element_lines[j] - 1 if j < len(self.element_lines) else text_end
        if i < j and last < element_end:
            j -= 1  # the last element ends after the range
        return MarkdownText(
            self.lines[start:end],
            self.tokens[start:end],
            fenced,
            self.elements[i:j],
            self.element_lines[i:j],
            self.line_index,
            self.source_lines,
            first,
            self.source,
            self.shared,
        )

    @cached_property
    def heading_levels(self) -> Mapping[int, int]:
        """The levels of the headings outside `details`, by the index of their line, in order."""
        return {
            line - self.first_line: element.level
            for element, line in zip(self.elements, self.element_lines, strict=True)
            if element.kind == ElementKind.HEADING and not element.in_details
        }

    @cached_property
    def sections(self) -> Sequence[int]:
        """The indices of the lines of headings."""
        return list(self.heading_levels)

    @cached_property
    def content(self) -> Sequence[int]:
        """The indices of the lines of questions and answers, without headings."""
        return [index for index in self.written if index not in self.heading_levels]

    def iter_headings(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the line and the level of each heading in a range of lines."""
        for position in range(bisect_left(self.sections, start), len(self.sections)):
            line = self.sections[position]
            if line >= end:
                return
            yield line, self.heading_levels[line]

    def find_section(self, marker: Marker | None, start: int, end: int) -> int | None:
        """Return the line of the first heading in a range that is not deeper than that of a question."""
        level = get_level(marker)
        headings = self.iter_headings(start, end)
        return next((line for line, heading_level in headings if heading_level <= level), None)

    def count_stray(self, markers: Mapping[int, Marker], starts: Sequence[int]) -> int:
        """Return the number of lines of text between a heading and the next of the questions at `starts`."""
        count = 0
        for start, end in zip(starts, [*starts[1:], len(self.lines)], strict=True):
            section = self.find_section(markers[start], start + 1, end)
            if section is not None:
                count += count_between(self.content, section + 1, end)
        return count

    @cached_property
    def summaries_around(self) -> Sequence[int | None]:
        """The index of the nearest summary around each element, except labels of answers."""
        return find_summaries_around(self.elements)

    def find_summary_around(self, index: int) -> tuple[int, Element] | None:
        """Return the summary in whose `details` a line is, with its line."""
        position = bisect_right(self.element_lines, index + self.first_line) - 1
        summary = self.summaries_around[position]
        if summary is None:
            return None
        return self.element_lines[summary] - self.first_line, self.elements[summary]

    def find_line(self, source_line: int) -> int:
        """Return the index of the first line of a source line."""
        return self.line_index[source_line] - self.first_line


@dataclass(slots=True)
class _Tokenizer:
    lines: list[str] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    source_lines: list[int] = field(default_factory=list)
    line_index: dict[int, int] = field(default_factory=dict)

    def add(self, source_line: int, line: str, token: Token) -> None:
        self.line_index.setdefault(source_line, len(self.lines))
        self.lines.append(line)
        self.source_lines.append(source_line)
        self.tokens.append(token)

    def add_blank(self) -> None:
        self.lines.append("")
        self.source_lines.append(self.source_lines[-1] if self.source_lines else 0)
        self.tokens.append(_BLANK)

    def add_element(self, element: Element, is_joined: bool) -> None:
        match element.kind:
            case ElementKind.HEADING:
                self._add_marked(element.line, element.text, element.number)
            case ElementKind.PARAGRAPH:
                for part in element.parts:
                    self._add_segment(element.line + part.row, part)
            case ElementKind.LIST if element.node:
                self._add_list(element.node, is_joined)
            case ElementKind.SUMMARY:
                text = read_summary(element)
                self.add(element.line, text, _ANSWER if is_answer_label(text) else classify_line(text))
            case ElementKind.TABLE:
                self._add_rows(element)
            case ElementKind.CARDS:
                for event in element.events:
                    if event.kind == EventKind.QUESTION:
                        self.add_blank()
                        self.add(event.line, plain_text(event.blocks), _TEXT)
                    elif event.blocks:
                        self.add(event.line, "", _FENCED)
            case ElementKind.SEPARATOR:
                self.add(element.line, "", _ANSWER)
            case ElementKind.RULE | ElementKind.DETAILS_END:
                self.add(element.line, "", _RULER)
            case ElementKind.NAVIGATION | ElementKind.TITLE:
                self.add(element.line, "", _BLANK)
            case _:
                self._add_code(element.node, element.line)

    def _add_marked(self, source_line: int, text: str, number: int | None) -> None:
        """Add a line that has a number besides its text."""
        token = classify_line(text)
        if number is not None and token.kind is TokenKind.TEXT:
            token = Token(TokenKind.NUMBER, Marker(number, text, 1, "N."))
        self.add(source_line, text, token)

    def _add_segment(self, source_line: int, segment: Segment, number: int | None = None) -> None:
        if segment.image is not None:
            self.add(source_line, "", _FENCED)
            return
        line, text = segment.line, segment.text
        lead = span_text(line[0].spans) if len(line) > 1 and isinstance(line[0], Strong) else ""
        if len(lead.split()) < MIN_LEAD_WORDS or classify_line(text).kind is not TokenKind.TEXT:
            self._add_marked(source_line, text, number)
            return
        self._add_marked(source_line, lead, number)
        self.add(source_line, text[len(lead) :], _TEXT)

    def _add_list(self, node: Node, is_joined: bool = False) -> None:
        """Add the items of a list, only with the blank lines of the file if it continues a paragraph."""
        for index, item in enumerate(node.children):
            if index and (not is_joined or _ends_above(node.children[index - 1], item.line)):
                self.add_blank()
            if read_start(item).is_contents:
                self.add(item.line, "", _BLANK)
                continue
            digits = item.token.info
            number = int(digits) if node.kind == "ordered_list" and digits.isdigit() else None
            children = item.children
            if children and children[0].kind == "paragraph":
                segments = read_segments(children[0])
                for row, segment in enumerate(segments):
                    self._add_segment(item.line + segment.row, segment, None if row else number)
                children = children[1:]
            else:
                self.add(item.line, "", _FENCED)
            for child in children:
                self._add_inner(child)

    def _add_inner(self, node: Node) -> None:
        """Add a block of a list item."""
        if node.kind == "paragraph":
            for segment in read_segments(node):
                self._add_segment(node.line + segment.row, segment)
        elif node.kind in LIST_KINDS:
            self._add_list(node)
        else:
            self._add_code(node, node.line)

    def _add_rows(self, element: Element) -> None:
        """Add a table: `ROW_LINES` lines for each row, with the text of its first cell."""
        for row in element.grid.rows:
            first, *others = [cell.text for cell in row.cells] or [""]
            self.add(row.line, first, _TEXT)
            self.add(row.line, "", _FENCED if any(others) else _BLANK)
            self.add_blank()

    def _add_code(self, node: Node | None, source_line: int) -> None:
        for line in range(source_line, max(source_line + 1, node.end if node else 0)):
            self.add(line, "", _FENCED)


def _ends_above(item: Node, line: int) -> bool:
    """Return whether a line is not right below the blocks of a list item."""
    return bool(item.children) and item.children[-1].end < line


def _continues(elements: Sequence[Element], index: int) -> bool:
    """Return whether an element is a list right below text, or the question of the number above it."""
    if not index:
        return False
    above, element = elements[index - 1], elements[index]
    if element.kind == ElementKind.LIST:
        is_text = above.kind == ElementKind.PARAGRAPH and above.node is not None
        return is_text and above.node is not None and above.node.end >= element.line
    return above.kind == ElementKind.HEADING and find_question_below(elements, index - 1) is not None


def tokenize_elements(elements: Sequence[Element], source: Sequence[str] = ()) -> MarkdownText:
    """Return the lines of elements with their tokens; `source` are the lines of the file."""
    tokenizer = _Tokenizer()
    element_lines: list[int] = []
    for index, element in enumerate(elements):
        is_joined = _continues(elements, index)
        if not is_joined:
            tokenizer.add_blank()
        element_lines.append(len(tokenizer.lines))
        tokenizer.add_element(element, is_joined)
    drop_story_letters(tokenizer.lines, tokenizer.tokens)
    fenced = frozenset(
        index for index, token in enumerate(tokenizer.tokens) if token.kind is TokenKind.FENCED
    )
    return MarkdownText(
        tokenizer.lines,
        tokenizer.tokens,
        fenced,
        elements,
        element_lines,
        tokenizer.line_index,
        tokenizer.source_lines,
        source=source,
        shared=find_shared_questions(elements),
    )
