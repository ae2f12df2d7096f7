"""The ways in which Markdown files mark their questions, and which of them a file has chosen.

Each way is a family of marks. A family's worth is how many of its marks read as questions; a
family most of whose marks do not is none.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise

from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.details_summaries import find_summary_styles, summary_text
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.heading_styles import find_deepest_headings, find_heading_styles
from exporter.readers.markdown.list_styles import find_list_styles, item_asks
from exporter.readers.markdown.paragraph_styles import (
    find_asking_paragraphs,
    find_bold_styles,
    find_definition_styles,
    find_label_styles,
    find_number_styles,
    find_pair_styles,
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
    find_definition_styles,
    find_pair_styles,
    find_list_styles,
    find_table_styles,
)


def detect_style(elements: Sequence[Element]) -> QuestionStyle | None:
    """Return the family of marks that a file uses; none where there are no questions."""
    found = [style for find in STYLE_FINDERS for style in find(elements) if style.score > 0]
    good = [style for style in found if style.precision >= 0.5]
    best = max(good, key=lambda style: style.score, default=None)
    if best is not None and best.name == StyleName.LISTS:
        above = [
            style for style in good if style.name == StyleName.HEADINGS and _asks_above(elements, style, best)
        ]
        best = max(above, key=lambda style: style.score, default=best)
    if best is None:
        return _plainest(elements)
    for other in good:
        if other.name in _BESIDE and other.name != best.name and other.precision >= 0.8:
            _take_beside(elements, best, other)
    return best


_BESIDE = (StyleName.LISTS, StyleName.SUMMARIES, StyleName.HEADINGS)
"""The families whose marks may stand beside those of the file's own, in sections of their own."""


def _take_beside(elements: Sequence[Element], best: QuestionStyle, other: QuestionStyle) -> None:
    """Add to a file's family the marks of another in sections that hold none of its own.

    Such a section begins at a heading that does not ask; what it holds is no answer.
    """
    edges = [
        index
        for index, element in enumerate(elements)
        if element.kind == ElementKind.HEADING
        and not element.in_details
        and index not in best.marks
        and index not in other.marks
    ]
    taken, marked = sorted(best.marks), sorted(other.marks)
    for start, end in pairwise([*edges, len(elements)]):
        if bisect(taken, start) < bisect(taken, end):
            continue
        for index in marked[bisect(marked, start) : bisect(marked, end)]:
            if _surely_asks(elements[index]):
                best.other_styles[index] = other


def _surely_asks(element: Element) -> bool:
    """Say whether an item asks: a summary or a heading by itself, a list in two thirds of its items."""
    if element.kind == ElementKind.LIST and element.node is not None:
        return sum(map(item_asks, element.node.children)) * 3 >= len(element.node.children) * 2
    return ends_with_question_mark(
        summary_text(element) if element.kind == ElementKind.SUMMARY else element.text
    )


def _plainest(elements: Sequence[Element]) -> QuestionStyle | None:
    """Return paragraphs that ask, or headings whatever they say, where nothing else marks questions."""
    found = find_deepest_headings(elements)
    asking = find_asking_paragraphs(elements)[0]
    return asking if len(asking.marks) > max(1, len(found.marks) if found else 0) else found


def _asks_above(elements: Sequence[Element], asking: QuestionStyle, listed: QuestionStyle) -> bool:
    """Say whether headings ask, and lists below them, with few items each, are part of their answers."""
    heading = -1
    below: dict[int, int] = {}
    elsewhere = 0
    for index, element in enumerate(elements):
        if element.kind == ElementKind.HEADING:
            heading = index if index in asking.marks else -1
        elif index in listed.marks and element.node is not None:
            if heading < 0:
                elsewhere += 1
            else:
                below[heading] = below.get(heading, 0) + len(element.node.children)
    several = sum(below.values()) > 3 * len(below)
    asks = sum(looks_like_question(elements[index].text) for index in asking.marks) * 2 > len(asking.marks)
    return len(below) > 1 and not several and elsewhere * 4 < len(below) and asking.precision > 0.6 and asks
