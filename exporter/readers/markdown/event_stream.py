"""Items to events: a question begins, its answer begins, content, a section, things left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exporter.model.questions import Paragraph
from exporter.readers.labels import patterns
from exporter.readers.markdown import navigation
from exporter.readers.markdown.details_summaries import is_answer_label, is_section, summary_text
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
from exporter.readers.markdown.list_styles import item_asks
from exporter.readers.markdown.marked_questions import EVENTS_BY_STYLE
from exporter.readers.markdown.note_app_marks import SEPARATOR
from exporter.readers.markdown.style import QuestionStyle, StyleName
from exporter.readers.span_builder import drop_prefix


def iter_events(elements: Sequence[Element], style: QuestionStyle | None) -> Iterator[Event]:
    """Yield the events of a file whose questions are marked in one way."""
    repeated = find_repeated_headings(elements)
    letters = uses_question_letter(elements)
    labelled = Labels(has_answer_labels(elements))
    level = style.level if style else 0
    taken = -1
    opened = 0  # the depth of the `details` whose end is that of the question
    for index, element in enumerate(elements):
        if index == taken:
            continue  # the question of the number above it
        if style is not None and style.name == StyleName.LABELS and element.kind == ElementKind.PARAGRAPH:
            yield from labelled.read(element)
        elif style is not None and (own := style.find_style(index)) is not None:
            level = element.level or level
            opened = element.depth if element.kind == ElementKind.SUMMARY else 0
            below = find_question_below(elements, index) if element.kind == ElementKind.HEADING else None
            if below is not None:
                number = own.marks[index]
                asked = (
                    below.blocks
                    if below.kind == ElementKind.BLOCK
                    else (Paragraph((strip_emphasis(below.words),)),)
                )
                yield Event(EventKind.QUESTION, element.line, asked, number)
                taken = index + 1
            elif own.name == StyleName.LISTS:
                yield from iter_list_events(element, own)
            elif own.name == StyleName.HEADINGS and element.level < own.level:
                yield from (
                    replace(event, level=element.level) for event in EVENTS_BY_STYLE[own.name](element)
                )
            else:
                yield from EVENTS_BY_STYLE[own.name](element)
        elif style is not None and _heads_questions(elements, index, style):
            text = element.text.strip(" :")
            yield Event(
                EventKind.SECTION, element.line, element.blocks, level=6, text=text, end=element.line + 1
            )
        elif element.kind == ElementKind.HEADING:
            yield from _heading(elements, index, style, repeated, level, letters)
        elif element.kind == ElementKind.SUMMARY:
            if style is not None and style.name == StyleName.SUMMARIES and is_section(elements, index):
                yield Event(
                    EventKind.SECTION, element.line, element.own_blocks, level=7, text=summary_text(element)
                )
                continue
            listed = style.find_style(index + 1) if style is not None else None
            if listed is not None and listed.name == StyleName.LISTS:
                yield Event(
                    EventKind.SECTION, element.line, element.own_blocks, level=6, text=summary_text(element)
                )
                continue
            if is_answer_label(summary_text(element)):
                opened = opened or element.depth
                yield Event(EventKind.ANSWER, element.line)
            elif style is not None and style.name == StyleName.SUMMARIES and element.depth > opened > 0:
                yield Event(EventKind.CONTENT, element.line, embolden(element.own_blocks))
            else:
                yield Event(EventKind.CONTENT, element.line, element.own_blocks)
        elif element.kind == ElementKind.DETAILS_END and element.depth > opened:
            continue  # what follows goes on with the answer
        elif element.kind in (ElementKind.NAVIGATION, ElementKind.DETAILS_END, ElementKind.TITLE):
            yield Event(EventKind(element.kind), element.line, end=element.node.end if element.node else 0)
        elif (
            element.kind == ElementKind.LIST
            and element.node is not None
            and all(map(navigation.is_contents_item, element.node.children))
        ):
            yield Event(EventKind.NAVIGATION, element.line, end=element.node.end)
        elif element.kind == ElementKind.PARAGRAPH and element.text == SEPARATOR:
            yield Event(EventKind.ANSWER, element.line)
        elif element.kind != ElementKind.RULE:
            yield from _content(element)


def _heads_questions(elements: Sequence[Element], index: int, style: QuestionStyle) -> bool:
    """Say whether a short line heads the questions that begin right below it.

    These are a list that begins anew, or paragraphs where the line itself stands below a ruler.
    """
    element = elements[index]
    if (
        element.kind != ElementKind.PARAGRAPH
        or len(element.parts) != 1
        or element.in_details
        or index + 1 >= len(elements)
    ):
        return False
    text = element.text
    if not text or len(text) > 60 or len(text.split()) > 8 or text[-1] in ".?!,;" or ":" in text[:-1]:
        return False
    own, below = style.find_style(index + 1), elements[index + 1].node
    if own is None or below is None:
        return False
    if own.name == StyleName.NUMBERS:
        return element.is_separated and index > 0 and elements[index - 1].kind == ElementKind.RULE
    if own.name != StyleName.LISTS or len(below.children) < 2:
        return False
    anew = below.kind == "bullet_list" or below.children[0].token.info == "1"
    return anew and sum(map(item_asks, below.children)) * 2 >= len(below.children)


def _content(element: Element) -> Iterator[Event]:
    yield Event(
        EventKind.CONTENT,
        element.line,
        element.blocks,
        parts=element.parts if element.kind == ElementKind.PARAGRAPH else (),
    )


def _heading(
    elements: Sequence[Element],
    index: int,
    style: QuestionStyle | None,
    repeated: set[str],
    level: int,
    letters: bool,
) -> Iterator[Event]:
    """Yield what a heading is that is no question; `level` is that of the question before it."""
    element = elements[index]
    below = elements[index + 1] if index + 1 < len(elements) else None
    empty = below is None or below.kind in (ElementKind.HEADING, ElementKind.RULE, ElementKind.NAVIGATION)
    headings = style is not None and style.name == StyleName.HEADINGS
    beside = headings and style is not None and style.is_numbered and element.level == level and not empty
    within = headings and (element.level > level > 0 or (beside and not is_aside(element.text)))
    answer = patterns.match_answer_label(element.text, letters=False)
    if answer is None and letters:
        answer = patterns.match_answer_label(element.text, letters=True)
    if answer is not None and style is not None and index + 1 in style.marks:
        yield Event(
            EventKind.NAVIGATION, element.line, end=element.node.end if element.node else 0
        )  # of the question below
    elif answer is not None and (style is None or index):
        rest = answer
        yield Event(EventKind.ANSWER, element.line)
        if rest:
            yield Event(
                EventKind.CONTENT,
                element.line,
                (Paragraph((drop_prefix(element.words, len(element.text) - len(rest)),)),),
            )
    elif not element.text:
        yield Event(EventKind.NAVIGATION, element.line)
    elif element.in_details or (within and element.text not in repeated):
        yield Event(EventKind.CONTENT, element.line, element.blocks)
    elif element.text in repeated:
        yield (
            Event(EventKind.NAVIGATION, element.line)
            if empty
            else Event(EventKind.CONTENT, element.line, element.blocks)
        )
    else:
        text = "" if is_aside(element.text) else element.text.lstrip("# ")
        end = element.node.end if element.node else 0
        yield Event(EventKind.SECTION, element.line, element.blocks, level=element.level, text=text, end=end)
