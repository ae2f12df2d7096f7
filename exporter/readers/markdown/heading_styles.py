"""The styles in which headings are questions: numbered headings, and the headings of one level."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.layout.layout import Style
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.headings import (
    find_question_below,
    find_repeated_headings,
    is_aside,
    uses_question_letter,
)
from exporter.readers.markdown.style import QuestionStyle

MIN_ANSWERS = 3
"""Minimum number of headings of a level of answers; two may be sections with a question each. Unmeasured."""

MIN_TITLE_QUESTIONS = 2
"""Minimum number of questions below a title on their level; unmeasured.

A heading without content above one question may as well be a question without an answer.
"""


def find_heading_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the styles of numbered headings, of the numbered ones of each level, and of each level."""
    repeated = find_repeated_headings(elements)
    letters = uses_question_letter(elements)
    headings = [
        index
        for index in _find_headings(elements)
        if elements[index].text not in repeated
        and not _is_number_of_section(elements, index, repeated)
        and patterns.match_answer_label(elements[index].text, letters) is None
    ]
    markers = {index: marker for index in headings if (marker := elements[index].marker) is not None}
    # a third of the numbered headings has the letter or word; unmeasured
    if sum(marker.style[0] == "q" for marker in markers.values()) * 3 > len(markers):
        # `Q` marks the questions: headings with only a number are sections if most do not ask
        # (unmeasured)
        numbered = {index: marker for index, marker in markers.items() if marker.style[0] != "q"}
        if sum(looks_like_question(marker.rest) for marker in numbered.values()) * 2 < len(numbered):
            headings = [index for index in headings if index not in numbered]
    styles = [_find_numbered_style(elements, headings)]
    levels = sorted({elements[index].level for index in headings})
    for level in levels:
        of_level = [index for index in headings if elements[index].level == level]
        if _are_answers(elements, of_level):
            continue
        if len(levels) > 1:
            styles.append(_find_numbered_style(elements, of_level))
        styles.append(_find_level_style(elements, headings, level))
        styles.append(_find_whole_level(elements, headings, level))
    return styles


def _is_number_of_section(elements: Sequence[Element], index: int, repeated: Collection[str]) -> bool:
    """Return whether a heading is only a number, and the headings below it are questions."""
    marker = elements[index].marker
    below = elements[index + 1] if index + 1 < len(elements) else None
    if marker is None or marker.rest or below is None or below.kind != ElementKind.HEADING:
        return False
    is_deeper = below.level > elements[index].level and below.text not in repeated
    return is_deeper and find_question_below(elements, index) is None


def _are_answers(elements: Sequence[Element], headings: Sequence[int]) -> bool:
    """Return whether most headings of a level are answers: longer than those right above, and nothing below.

    They do not ask, and are two thirds or more of the level (unmeasured).
    """
    answers = 0
    for index in headings:
        above, heading = elements[index - 1] if index else None, elements[index]
        is_below = above is not None and above.kind == ElementKind.HEADING and above.level < heading.level
        if is_below and above is not None and (above.marker is None or above.marker.rest):
            is_answer = not heading.asks and not _has_content(elements, index)
            answers += is_answer and len(heading.text) > len(above.text)
    return len(headings) >= MIN_ANSWERS and answers * 3 >= len(headings) * 2


def _find_whole_level(elements: Sequence[Element], headings: Sequence[int], level: int) -> QuestionStyle:
    """Return the style of all `headings` of a level, given by their indices, with all that is below them."""
    style = QuestionStyle(Style.HEADINGS, "#" * level, level=level)
    for index in headings:
        element = elements[index]
        if element.level == level and not is_aside(element.text):
            marker = element.marker
            style.marks[index] = marker.number if marker else None
    return style


def _find_headings(elements: Sequence[Element]) -> list[int]:
    """Return the indices of the headings with words that are not in `details`."""
    return [
        index
        for index, element in enumerate(elements)
        if element.kind == ElementKind.HEADING and not element.in_details and element.parts
    ]


def _find_numbered_style(elements: Sequence[Element], headings: Sequence[int]) -> QuestionStyle:
    """Return the style of those `headings`, given by their indices, that have a number."""
    level = max((elements[index].level for index in headings), default=0)
    style = QuestionStyle(Style.HEADINGS, "#" * level + " N.", level=level, is_numbered=True)
    markers = [marker for index in headings if (marker := elements[index].marker) is not None]
    # at most half of the numbers have no mark after them; unmeasured
    few_unmarked = sum(marker.style == "N" for marker in markers) * 2 <= len(markers)
    answered_level = 0
    for index in headings:
        marker = elements[index].marker
        if answered_level and elements[index].level < answered_level:
            answered_level = 0
        if marker is not None and marker.style == "N" and marker.rest and few_unmarked:
            marker = None  # “100 questions” is not the hundredth question
        if marker is None or _is_section(elements, index, marker):
            continue
        below = find_question_below(elements, index)
        if not marker.rest and below is None and marker.style == "N":
            continue
        if answered_level and elements[index].level > answered_level:
            continue  # it is part of the answer above it
        answered_level = elements[index].level if below is None and _has_content(elements, index) else 0
        style.marks[index] = marker.number
    style.level = max((elements[index].level for index in style.marks), default=0)
    return style


def _is_section(elements: Sequence[Element], index: int, marker: patterns.Marker) -> bool:
    """Return whether a numbered heading does not ask, and a numbered heading is right below it."""
    below = elements[index + 1] if index + 1 < len(elements) else None
    if below is None or below.kind != ElementKind.HEADING or below.level <= elements[index].level:
        return False
    if not marker.rest or marker.style[0] == "q" or looks_like_question(marker.rest):
        return False
    return below.marker is not None


def _find_level_style(elements: Sequence[Element], headings: Sequence[int], level: int) -> QuestionStyle:
    """Return the style of those `headings`, given by their indices, that are of a level."""
    style = QuestionStyle(Style.HEADINGS, "#" * level, level=level)
    leaves = _find_leaves(elements, headings)
    titles = _find_titles(elements, headings, leaves, level)
    higher: list[int] = []
    for index in headings:
        element = elements[index]
        marker = element.marker
        if element.level == level:
            is_other = index in titles or index not in leaves or is_aside(element.text)
            if _asks(element) or not is_other:
                style.marks[index] = marker.number if marker else None
            else:
                style.unused += 1
        elif element.level < level and _has_content(elements, index) and marker is None:
            if ends_with_question_mark(element.text):
                style.marks[index] = None
            elif index in leaves:
                higher.append(index)
    # other text may sound like a question as well
    if all(looks_like_question(elements[index].text) for index in higher):
        style.marks.update(dict.fromkeys(higher))
    return style


def _asks(element: Element) -> bool:
    """Return whether a heading asks, or has the number of a question."""
    marker = element.marker
    if marker is None:
        return element.asks
    return marker.style[0] == "q" or looks_like_question(marker.rest)


def _find_leaves(elements: Sequence[Element], headings: Sequence[int]) -> set[int]:
    """Return those `headings`, given by their indices, that have no deeper heading right below them."""
    leaves = {above for above, below in pairwise(headings) if elements[below].level <= elements[above].level}
    return leaves.union(headings[-1:])


def _find_titles(
    elements: Sequence[Element], headings: Sequence[int], leaves: Collection[int], level: int
) -> set[int]:
    """Return the `headings` of a level that are titles of the questions of the same level below them.

    They do not ask and have no content, but so does a question without an answer. They are titles if in
    each section that has some, the first heading is one and each has `MIN_TITLE_QUESTIONS` questions.
    """
    sections: list[list[int]] = [[]]
    for index in headings:
        if elements[index].level < level:
            sections.append([])
        elif elements[index].level == level:
            sections[-1].append(index)
    titles: set[int] = set()
    for section in sections:
        found = [
            position
            for position, index in enumerate(section)
            if index in leaves and not _asks(elements[index]) and not _has_content(elements, index)
        ]
        if not found:
            continue
        counts = [below - above - 1 for above, below in pairwise((*found, len(section)))]
        if found[0] > 0 or min(counts) < MIN_TITLE_QUESTIONS:
            return set()
        titles.update(section[position] for position in found)
    return titles


def _has_content(elements: Sequence[Element], index: int) -> bool:
    """Return whether something other than a heading or a thematic break is right below a heading."""
    return index + 1 < len(elements) and elements[index + 1].kind not in (
        ElementKind.HEADING,
        ElementKind.RULE,
    )
