"""Text below lists of questions without answers: it belongs to none, as in plain text."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.labels import patterns
from exporter.readers.layout.layout import Style
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import EventKind
from exporter.readers.markdown.list_questions import iter_list_events
from exporter.readers.markdown.section_titles import MIN_BARE, may_be_title
from exporter.readers.markdown.style import ElementStyles

MAX_ANSWERED_SHARE = 0.1
"""Maximum share of questions with an answer, as in a bare list of plain text; unmeasured."""


def find_closing_text(elements: Sequence[Element], styles: ElementStyles) -> frozenset[int]:
    """Return the indices of paragraphs right below lists of questions of which hardly any has an answer.

    Where a list of one question has a paragraph below, such paragraphs are answers, unless it may be a title
    between two lists, and most of the others are below longer lists.
    """
    below: list[int] = []
    count = answered = singles = 0
    for index, style in sorted(styles.styles.items(), key=lambda item: item[0]):
        if elements[index].kind != ElementKind.LIST or style.name is Style.PAIRS:
            continue
        kinds = [event.kind for event in iter_list_events(elements[index], style)]
        questions = kinds.count(EventKind.QUESTION)
        count += questions
        answered += kinds.count(EventKind.CONTENT)
        if index + 1 < len(elements) and index + 1 not in styles.styles and _is_text(elements[index + 1]):
            below.append(index + 1)
            singles += questions == 1
            if questions == 1 and not is_title_between(elements, index + 1, styles):
                return frozenset()
    bare = count - answered - len(below)
    # at most half of the lists above them have one question; unmeasured
    is_list = (
        singles * 2 <= len(below)
        and bare >= max(MIN_BARE, len(below))
        and answered <= MAX_ANSWERED_SHARE * count
    )
    return frozenset(below if is_list else ())


def is_title_between(elements: Sequence[Element], index: int, styles: ElementStyles) -> bool:
    """Return whether a paragraph below a list is one short line above another list of questions."""
    element = elements[index]
    style = styles.find_style(index + 1)
    return (
        element.kind == ElementKind.PARAGRAPH
        and len(element.parts) == 1
        and may_be_title(element.text)
        and style is not None
        and style.name is not Style.PAIRS
        and elements[index + 1].kind == ElementKind.LIST
    )


def _is_text(element: Element) -> bool:
    """Return whether an element is a paragraph or quotation without the label of an answer."""
    if element.kind == ElementKind.PARAGRAPH:
        is_labelled = any(
            patterns.match_answer_label(part.text, letters) is not None
            for part in element.parts
            for letters in (False, True)
        )
        return bool(element.parts) and not element.in_details and not is_labelled
    is_quote = element.node is not None and element.node.kind == "blockquote"
    return element.kind == ElementKind.BLOCK and is_quote and not element.in_details
