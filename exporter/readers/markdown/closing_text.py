"""Text below lists of questions without answers: it belongs to none, as in plain text."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.readers.labels import patterns
from exporter.readers.layout.layout import Style
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import EventKind
from exporter.readers.markdown.list_questions import iter_list_events
from exporter.readers.markdown.section_titles import is_title_line
from exporter.readers.markdown.style import ElementStyles
from exporter.readers.plain.bare_lists import MAX_ANSWERED_SHARE
from exporter.readers.plain.leftovers import MIN_BARE


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
    style = styles.find_style(index + 1)
    return (
        is_title_line(elements[index])
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
