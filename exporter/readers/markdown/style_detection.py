"""Detection of the style in which a Markdown file marks its questions.

Each finder returns the marks of a style with its score, which is the weighted number of marks that read
as questions. The style with the highest score wins, of those most of whose marks read as questions.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.cards import find_card_styles
from exporter.readers.markdown.details_summaries import find_summary_styles, read_summary
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.heading_styles import find_deepest_headings, find_heading_styles
from exporter.readers.markdown.list_styles import find_list_styles, is_asking_item
from exporter.readers.markdown.paragraph_styles import (
    find_asking_paragraphs,
    find_bold_styles,
    find_label_styles,
    find_number_styles,
)
from exporter.readers.markdown.style import QuestionStyle, StyleName
from exporter.readers.markdown.tables import find_table_styles

STYLE_FINDERS = (
    find_label_styles,
    find_summary_styles,
    find_heading_styles,
    find_bold_styles,
    find_number_styles,
    find_asking_paragraphs,
    find_card_styles,
    find_list_styles,
    find_table_styles,
)

"""The finders of styles. Of two styles with the same score, that of the earlier finder wins."""

MIN_PRECISION = 0.5
"""The share of a style's marks that must read as questions; unmeasured."""

MIN_OTHER_PRECISION = 0.8
"""That share for a second style, in sections without a question in the first; unmeasured."""

MIN_HEADING_PRECISION = 0.6
"""That share for headings, if lists below them have a higher score; unmeasured."""

MAX_ANSWER_ITEMS = 3
"""Lists with more items on average are questions, and the headings above them sections; unmeasured."""

_SECTION_STYLES = (StyleName.LISTS, StyleName.SUMMARIES, StyleName.HEADINGS)
"""The styles that may mark the questions of single sections."""


def detect_style(elements: Sequence[Element]) -> QuestionStyle | None:
    """Return the style in which a file marks its questions, or nothing if there are no questions."""
    styles = [
        style
        for find_styles in STYLE_FINDERS
        for style in find_styles(elements)
        if style.score > 0 and style.precision >= MIN_PRECISION
    ]
    best = max(styles, key=lambda style: style.score, default=None)
    if best is not None and best.name == StyleName.LISTS:
        headings = [
            style
            for style in styles
            if style.name == StyleName.HEADINGS and _has_lists_as_answers(elements, style, best)
        ]
        best = max(headings, key=lambda style: style.score, default=best)
    if best is None:
        return _find_unmarked_style(elements)
    for other in styles:
        is_section_style = other.name in _SECTION_STYLES and other.name != best.name
        if is_section_style and other.precision >= MIN_OTHER_PRECISION:
            _add_section_style(elements, best, other)
    return best


def _add_section_style(elements: Sequence[Element], best: QuestionStyle, other: QuestionStyle) -> None:
    """Add to a file's style the marks of another one in sections without such a mark.

    Such a section begins at a heading that does not ask, so that it cannot be an answer.
    """
    section_starts = [
        index
        for index, element in enumerate(elements)
        if element.kind == ElementKind.HEADING
        and not element.in_details
        and index not in best.marks
        and index not in other.marks
    ]
    best_marks, other_marks = sorted(best.marks), sorted(other.marks)
    for start, end in pairwise([*section_starts, len(elements)]):
        if bisect(best_marks, start) < bisect(best_marks, end):
            continue
        for index in other_marks[bisect(other_marks, start) : bisect(other_marks, end)]:
            if _surely_asks(elements[index]):
                best.other_styles[index] = other


def _surely_asks(element: Element) -> bool:
    """Return whether a summary or heading has a question mark, or two thirds of a list ask; unmeasured."""
    if element.kind == ElementKind.LIST and element.node is not None:
        return sum(map(is_asking_item, element.node.children)) * 3 >= len(element.node.children) * 2
    return ends_with_question_mark(
        read_summary(element) if element.kind == ElementKind.SUMMARY else element.text
    )


def _find_unmarked_style(elements: Sequence[Element]) -> QuestionStyle | None:
    """Return the style of paragraphs with question marks, or of headings whatever they say."""
    headings = find_deepest_headings(elements)
    paragraphs = find_asking_paragraphs(elements)[0]
    heading_count = len(headings.marks) if headings else 0
    return paragraphs if len(paragraphs.marks) > max(1, heading_count) else headings


def _has_lists_as_answers(elements: Sequence[Element], headings: QuestionStyle, lists: QuestionStyle) -> bool:
    """Return whether headings ask, and the short lists below them are part of their answers."""
    heading = -1
    item_counts: dict[int, int] = {}
    elsewhere = 0
    for index, element in enumerate(elements):
        if element.kind == ElementKind.HEADING:
            heading = index if index in headings.marks else -1
        elif index in lists.marks and element.node is not None:
            if heading < 0:
                elsewhere += 1
            else:
                item_counts[heading] = item_counts.get(heading, 0) + len(element.node.children)
    asking = sum(looks_like_question(elements[index].text) for index in headings.marks)
    return (
        len(item_counts) > 1
        and sum(item_counts.values()) <= MAX_ANSWER_ITEMS * len(item_counts)
        and elsewhere * 4 < len(item_counts)  # a few lists elsewhere are possible; unmeasured
        and headings.precision > MIN_HEADING_PRECISION
        and asking * 2 > len(headings.marks)  # unmeasured
    )
