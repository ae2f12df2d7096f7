"""The events of a Markdown file: where questions, answers and sections begin, content, skipped content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.model.questions import Block, Paragraph
from exporter.readers.labels import patterns
from exporter.readers.markdown import navigation
from exporter.readers.markdown.details_summaries import is_answer_label, is_section, read_summary
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import Event, EventKind, embolden, strip_emphasis
from exporter.readers.markdown.headings import (
    find_question_below,
    find_repeated_headings,
    is_aside,
    uses_question_letter,
)
from exporter.readers.markdown.labelled_paragraphs import Labels, has_answer_labels
from exporter.readers.markdown.list_questions import iter_list_events
from exporter.readers.markdown.list_styles import is_asking_item
from exporter.readers.markdown.marked_questions import EVENTS_BY_STYLE
from exporter.readers.markdown.style import QuestionStyle, StyleName
from exporter.readers.span_builder import drop_prefix

MAX_SECTION_TITLE_CHARS = 60
MAX_SECTION_TITLE_WORDS = 8
"""A longer line above questions is text and not the title of a section; unmeasured."""

LINE_SECTION_LEVEL = 6
SUMMARY_SECTION_LEVEL = 7
"""The levels of sections without a heading: one that begins at a line, and one in `details`."""


def iter_events(elements: Sequence[Element], style: QuestionStyle | None) -> Iterator[Event]:
    """Yield the events of a file whose questions are marked in one style."""
    return _EventStream(elements, style).iter_events()


class _EventStream:
    """The state while the elements of a file are read.

    `_level` is that of the last question's heading. `_depth` is the number of `details` that are closed
    when the `details` of the question's answer is closed, or 0.
    """

    def __init__(self, elements: Sequence[Element], style: QuestionStyle | None) -> None:
        self._elements = elements
        self._style = style
        self._repeated = find_repeated_headings(elements)
        self._uses_letters = uses_question_letter(elements)
        self._labels = Labels(has_answer_labels(elements))
        self._level = style.level if style else 0
        self._depth = 0

    def iter_events(self) -> Iterator[Event]:
        style = self._style
        question_below = -1
        for index, element in enumerate(self._elements):
            if index == question_below:
                continue  # it is the question of the number above it
            if self._has_style(StyleName.LABELS) and element.kind == ElementKind.PARAGRAPH:
                yield from self._labels.read(element)
            elif style is not None and (element_style := style.find_style(index)) is not None:
                if element.kind == ElementKind.HEADING and find_question_below(self._elements, index):
                    question_below = index + 1
                yield from self._iter_question(index, element_style)
            elif style is not None and _is_section_title(self._elements, index, style):
                title = element.text.strip(" :")
                yield _make_section(element, element.blocks, LINE_SECTION_LEVEL, title, element.line + 1)
            elif element.kind == ElementKind.HEADING:
                yield from self._iter_heading(index)
            elif element.kind == ElementKind.SUMMARY:
                yield self._read_summary_event(index)
            elif element.kind == ElementKind.SEPARATOR and style and style.find_style(element.front):
                yield Event(EventKind.ANSWER, element.line)
            elif element.kind == ElementKind.DETAILS_END and element.depth > self._depth:
                continue  # the answer continues after it
            else:
                yield from _iter_other_events(element)

    def _has_style(self, name: StyleName) -> bool:
        return self._style is not None and self._style.name == name

    def _iter_question(self, index: int, style: QuestionStyle) -> Iterator[Event]:
        """Yield the events of an element that is a question in a style."""
        element = self._elements[index]
        self._level = element.level or self._level
        self._depth = element.depth if element.kind == ElementKind.SUMMARY else 0
        is_heading = element.kind == ElementKind.HEADING
        below = find_question_below(self._elements, index) if is_heading else None
        if below is not None:
            is_code = below.kind == ElementKind.BLOCK
            blocks = below.blocks if is_code else (Paragraph((strip_emphasis(below.words),)),)
            yield Event(EventKind.QUESTION, element.line, blocks, style.marks[index])
        elif style.name == StyleName.LISTS:
            yield from iter_list_events(element, style)
        elif style.name == StyleName.HEADINGS and element.level < style.level:
            for event in EVENTS_BY_STYLE[style.name](element):
                yield replace(event, level=element.level)
        else:
            yield from EVENTS_BY_STYLE[style.name](element)

    def _read_summary_event(self, index: int) -> Event:
        """Return what a summary is that is not a question."""
        element = self._elements[index]
        text = read_summary(element)
        if self._has_style(StyleName.SUMMARIES) and is_section(self._elements, index):
            return _make_section(element, element.own_blocks, SUMMARY_SECTION_LEVEL, text)
        style_below = self._style.find_style(index + 1) if self._style is not None else None
        if style_below is not None and style_below.name == StyleName.LISTS:
            return _make_section(element, element.own_blocks, LINE_SECTION_LEVEL, text)
        if is_answer_label(text):
            self._depth = self._depth or element.depth
            return Event(EventKind.ANSWER, element.line)
        if self._has_style(StyleName.SUMMARIES) and element.depth > self._depth > 0:
            return Event(EventKind.CONTENT, element.line, embolden(element.own_blocks))
        return Event(EventKind.CONTENT, element.line, element.own_blocks)

    def _iter_heading(self, index: int) -> Iterator[Event]:
        """Yield what a heading is that is not a question."""
        element, style = self._elements[index], self._style
        end = element.node.end if element.node else 0
        below = self._elements[index + 1] if index + 1 < len(self._elements) else None
        is_empty = below is None or below.kind in (
            ElementKind.HEADING,
            ElementKind.RULE,
            ElementKind.NAVIGATION,
        )
        answer = patterns.match_answer_label(element.text, letters=False)
        if answer is None and self._uses_letters:
            answer = patterns.match_answer_label(element.text, letters=True)
        if answer is not None and style is not None and index + 1 in style.marks:
            # the label of the answer is above the question
            yield Event(EventKind.NAVIGATION, element.line, end=end)
        elif answer is not None and (style is None or index):
            yield Event(EventKind.ANSWER, element.line)
            if answer:
                line = drop_prefix(element.words, len(element.text) - len(answer))
                yield Event(EventKind.CONTENT, element.line, (Paragraph((line,)),))
        elif not element.text:
            yield Event(EventKind.NAVIGATION, element.line)
        elif element.in_details or (
            element.text not in self._repeated and self._is_in_answer(element, is_empty)
        ):
            yield Event(EventKind.CONTENT, element.line, element.blocks)
        elif element.text in self._repeated and is_empty:
            yield Event(EventKind.NAVIGATION, element.line)
        elif element.text in self._repeated:
            yield Event(EventKind.CONTENT, element.line, element.blocks)
        else:
            text = "" if is_aside(element.text) else element.text.lstrip("# ")
            yield _make_section(element, element.blocks, element.level, text, end)

    def _is_in_answer(self, element: Element, is_empty: bool) -> bool:
        """Return whether a heading is deeper than the question, or without a number on its level."""
        if self._style is None or self._style.name != StyleName.HEADINGS:
            return False
        if element.level > self._level > 0:
            return True
        is_numbered = self._style.is_numbered and element.level == self._level
        return is_numbered and not is_empty and not is_aside(element.text)


def _iter_other_events(element: Element) -> Iterator[Event]:
    """Yield the events of an element that is neither a question nor a heading."""
    end = element.node.end if element.node else 0
    if element.kind in (ElementKind.NAVIGATION, ElementKind.DETAILS_END, ElementKind.TITLE):
        yield Event(EventKind(element.kind), element.line, end=end)
    elif (
        element.kind == ElementKind.LIST
        and element.node is not None
        and all(map(navigation.is_contents_item, element.node.children))
    ):
        yield Event(EventKind.NAVIGATION, element.line, end=end)
    elif element.kind != ElementKind.RULE:
        parts = element.parts if element.kind == ElementKind.PARAGRAPH else ()
        yield Event(EventKind.CONTENT, element.line, element.blocks, parts=parts)


def _make_section(element: Element, blocks: tuple[Block, ...], level: int, text: str, end: int = 0) -> Event:
    return Event(EventKind.SECTION, element.line, blocks, level=level, text=text, end=end)


def _is_section_title(elements: Sequence[Element], index: int, style: QuestionStyle) -> bool:
    """Return whether a short line is the title of the questions right below it.

    These are a list with a number from 1, or paragraphs if the line is below a thematic break.
    """
    element = elements[index]
    if element.kind != ElementKind.PARAGRAPH or len(element.parts) != 1 or element.in_details:
        return False
    text = element.text
    if not text or len(text) > MAX_SECTION_TITLE_CHARS or len(text.split()) > MAX_SECTION_TITLE_WORDS:
        return False
    if text[-1] in ".?!,;" or ":" in text[:-1] or index + 1 >= len(elements):
        return False
    style_below, below = style.find_style(index + 1), elements[index + 1].node
    if style_below is None or below is None:
        return False
    if style_below.name == StyleName.NUMBERS:
        return element.is_separated and index > 0 and elements[index - 1].kind == ElementKind.RULE
    if style_below.name != StyleName.LISTS or len(below.children) < 2:
        return False
    # half of the items ask; unmeasured
    is_new_list = below.kind == "bullet_list" or below.children[0].token.info == "1"
    return is_new_list and sum(map(is_asking_item, below.children)) * 2 >= len(below.children)
