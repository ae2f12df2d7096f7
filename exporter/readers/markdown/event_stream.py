"""The events of a Markdown file: where questions, answers and sections begin, content, skipped content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.model.questions import Block, Paragraph
from exporter.readers.labels import patterns
from exporter.readers.layout.layout import Style
from exporter.readers.markdown.assembler import find_bold_line
from exporter.readers.markdown.cards import make_card_events
from exporter.readers.markdown.closing_text import find_closing_text, is_title_between
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
from exporter.readers.markdown.list_items import read_start
from exporter.readers.markdown.list_questions import iter_list_events
from exporter.readers.markdown.marked_questions import (
    EVENTS_BY_STYLE,
    iter_marked_events,
    iter_question_events,
)
from exporter.readers.markdown.parser import LIST_KINDS
from exporter.readers.markdown.section_titles import LINE_SECTION_LEVEL, is_title_line
from exporter.readers.markdown.shared_questions import find_shared_questions
from exporter.readers.markdown.style import ElementStyles, QuestionStyle
from exporter.readers.span_builder import drop_prefix

SUMMARY_SECTION_LEVEL = 7
CLOSING_LEVEL = 9
"""The levels of sections without a heading: one in `details`, and none."""


def iter_events(elements: Sequence[Element], styles: ElementStyles) -> Iterator[Event]:
    """Yield the events of a file whose questions are marked in some styles."""
    return _EventStream(elements, styles).iter_events()


class _EventStream:
    """The state while the elements of a file are read.

    `_style` is that of the last question, or of the first one before it. `_level` is that of the last
    question's heading. `_depth` is the number of `details` that are closed when the `details` of the
    question's answer is closed, or 0.
    """

    def __init__(self, elements: Sequence[Element], styles: ElementStyles) -> None:
        self._elements = elements
        self._styles = styles
        self._has_summaries = any(part.style is Style.SUMMARIES for part in styles.parts)
        self._style = styles.first
        self._part_headings = _find_part_headings(elements, styles)
        self._repeated = find_repeated_headings(elements)
        self._closing = find_closing_text(elements, styles)
        self._shared = find_shared_questions(elements)
        self._uses_letters = uses_question_letter(elements)
        self._labels = Labels(has_answer_labels(elements))
        self._level = self._style.level if self._style else 0
        self._depth = 0

    def iter_events(self) -> Iterator[Event]:
        question_below = -1
        for index, element in enumerate(self._elements):
            style = self._styles.find_style(index)
            self._style = style or self._style
            if index == question_below:
                continue  # it is the question of the number above it
            if self._has_style(Style.LABELLED) and element.kind == ElementKind.PARAGRAPH:
                yield from self._labels.read(element, is_question=style is not None)
            elif style is not None:
                if element.kind == ElementKind.HEADING and find_question_below(self._elements, index):
                    question_below = index + 1
                yield from self._iter_question(index, style)
            elif element.line in self._shared and index - 1 in self._styles.styles:
                yield Event(EventKind.QUESTION_PART, element.line, element.blocks)
            elif _is_section_title(self._elements, index, self._styles):
                yield _make_line_section(element)
            elif index in self._closing:
                yield from self._iter_closing(index)
            elif element.kind == ElementKind.HEADING:
                yield from self._iter_heading(index)
            elif element.kind == ElementKind.SUMMARY:
                yield self._read_summary_event(index)
            elif element.kind == ElementKind.SEPARATOR and self._styles.find_style(element.front):
                yield Event(EventKind.ANSWER, element.line)
            elif element.kind == ElementKind.DETAILS_END and element.depth > self._depth:
                continue  # the answer continues after it
            else:
                yield from _iter_other_events(element)

    def _has_style(self, name: Style) -> bool:
        return self._style is not None and self._style.name is name

    def _iter_question(self, index: int, style: QuestionStyle) -> Iterator[Event]:
        """Yield the events of an element that is a question in a style."""
        element = self._elements[index]
        self._level = element.level or self._level if style.name is Style.HEADINGS else 0
        self._depth = element.depth if element.kind == ElementKind.SUMMARY else 0
        is_heading = element.kind == ElementKind.HEADING
        below = find_question_below(self._elements, index) if is_heading else None
        if below is not None:
            is_code = below.kind == ElementKind.BLOCK
            blocks = below.blocks if is_code else (Paragraph((strip_emphasis(below.words),)),)
            event, _ = make_card_events(element.line, blocks, ())
            number = self._styles.numbers[index]
            yield event if number is None else replace(event, number=number)
        elif element.kind == ElementKind.LIST and style.name is not Style.PAIRS:
            yield from iter_list_events(element, style)
        elif style.name is Style.HEADINGS and element.level < style.level:
            for event in iter_question_events(element, style.name):
                yield replace(event, level=element.level)
        elif style.name in EVENTS_BY_STYLE:
            yield from iter_question_events(element, style.name)
        else:
            mark, number = self._styles.marks[index], self._styles.numbers[index]
            yield from iter_marked_events(element, mark, number)

    def _is_question_list(self, index: int) -> bool:
        """Return whether the element at an index is a list of questions."""
        return (
            index in self._styles.styles
            and self._elements[index].kind == ElementKind.LIST
            and self._styles.styles[index].name is not Style.PAIRS
        )

    def _iter_closing(self, index: int) -> Iterator[Event]:
        """Yield a short line between two bare lists as a section, other text as that of no question."""
        element = self._elements[index]
        if is_title_between(self._elements, index, self._styles):
            yield _make_line_section(element)
        else:
            yield Event(EventKind.SECTION, element.line, level=CLOSING_LEVEL)
            yield from _iter_other_events(element)

    def _read_summary_event(self, index: int) -> Event:
        """Return what a summary is that is not a question."""
        element = self._elements[index]
        text = read_summary(element)
        if self._has_summaries and is_section(self._elements, index):
            return _make_section(element, element.own_blocks, SUMMARY_SECTION_LEVEL, text)
        if self._is_question_list(index + 1):
            return _make_section(element, element.own_blocks, LINE_SECTION_LEVEL, text)
        if is_answer_label(text):
            self._depth = self._depth or element.depth
            return Event(EventKind.ANSWER, element.line)
        if self._has_style(Style.SUMMARIES) and element.depth > self._depth > 0:
            return Event(EventKind.CONTENT, element.line, embolden(element.own_blocks))
        return Event(EventKind.CONTENT, element.line, element.own_blocks)

    def _iter_heading(self, index: int) -> Iterator[Event]:
        """Yield what a heading is that is not a question."""
        element = self._elements[index]
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
        if answer == "" and index + 1 in self._styles.styles:
            # the label of the answer is above the question
            yield Event(EventKind.NAVIGATION, element.line, end=end)
        elif answer is not None and (not self._styles.styles or index):
            yield Event(EventKind.ANSWER, element.line)
            if answer:
                line = drop_prefix(element.words, len(element.text) - len(answer))
                yield Event(EventKind.CONTENT, element.line, (Paragraph((line,)),))
        elif not element.text:
            yield Event(EventKind.NAVIGATION, element.line)
        elif element.in_details or (
            element.text not in self._repeated
            and index not in self._part_headings
            and self._is_in_answer(element, is_empty)
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
        if self._style is None or self._style.name is not Style.HEADINGS:
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
        and all(read_start(item).is_contents for item in element.node.children)
    ):
        yield Event(EventKind.NAVIGATION, element.line, end=end)
    elif element.kind != ElementKind.RULE:
        parts = element.parts if element.kind == ElementKind.PARAGRAPH else ()
        if element.ends_answer:
            yield Event(EventKind.ANSWER, element.line)
        yield Event(EventKind.CONTENT, element.line, element.blocks, parts=parts)
        if element.ends_answer:
            yield Event(EventKind.DETAILS_END, element.line)


def _make_line_section(element: Element) -> Event:
    title = element.text.strip(" :")
    return _make_section(element, element.blocks, LINE_SECTION_LEVEL, title, element.line + 1)


def _make_section(element: Element, blocks: tuple[Block, ...], level: int, text: str, end: int = 0) -> Event:
    return Event(EventKind.SECTION, element.line, blocks, level=level, text=text, end=end)


def _find_part_headings(elements: Sequence[Element], styles: ElementStyles) -> set[int]:
    """Return the indices of the headings above a part in another style than the question before it."""
    part_headings: set[int] = set()
    previous: QuestionStyle | None = None
    for index in sorted(styles.styles):
        style = styles.styles[index]
        if previous is not None and style is not previous:
            above = index - 1
            while above not in styles.styles and elements[above].kind != ElementKind.HEADING:
                above -= 1
            while above not in styles.styles and elements[above].kind == ElementKind.HEADING:
                part_headings.add(above)
                above -= 1
        previous = style
    return part_headings


def _is_section_title(elements: Sequence[Element], index: int, styles: ElementStyles) -> bool:
    """Return whether a short line is the title of the questions right below it.

    These are a list with a number from 1, or paragraphs if the line is below a thematic break. Below an
    answer or a heading, a line in bold is the title of whatever questions are below it.
    """
    element = elements[index]
    if not is_title_line(element) or index + 1 >= len(elements):
        return False
    style_below, below = styles.find_style(index + 1), elements[index + 1].node
    if style_below is None or below is None:
        return False
    is_below_question = elements[index - 1].kind != ElementKind.LIST and styles.find_style(index - 1)
    # the first line of a file in bold is rather its title, or that of a call-out
    if index > 0 and not is_below_question and any(map(find_bold_line, element.blocks)):
        return True
    if below.kind == "paragraph" and style_below.name in (Style.NUMBERED, Style.ASKING):
        return element.is_separated and index > 0 and elements[index - 1].kind == ElementKind.RULE
    if below.kind not in LIST_KINDS or len(below.children) < 2:
        return False
    # half of the items ask; unmeasured
    is_new_list = below.kind == "bullet_list" or below.children[0].token.info == "1"
    asking = sum(read_start(item).is_asking for item in below.children)
    return is_new_list and asking * 2 >= len(below.children)
