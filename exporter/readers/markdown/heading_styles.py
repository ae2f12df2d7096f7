"""The styles in which headings are questions: numbered headings, and the headings of one level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.headings import (
    find_marker,
    find_question_below,
    find_repeated_headings,
    is_aside,
    uses_question_letter,
)
from exporter.readers.markdown.style import QuestionStyle, StyleName

STATEMENT_SCORE = 0.9
"""The score of a numbered heading that does not ask, but has the next number; unmeasured."""

NUMBERED_BONUS = 0.5
"""Added to the score of numbered headings, which are a surer sign than a level; unmeasured."""


def find_heading_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the styles of numbered headings, of the numbered ones of each level, and of each level."""
    repeated = find_repeated_headings(elements)
    letters = uses_question_letter(elements)
    headings = [
        index
        for index in _find_headings(elements)
        if elements[index].text not in repeated
        and patterns.match_answer_label(elements[index].text, letters) is None
    ]
    markers = {index: marker for index in headings if (marker := find_marker(elements[index])) is not None}
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
        if len(levels) > 1:
            of_level = [index for index in headings if elements[index].level == level]
            styles.append(_find_numbered_style(elements, of_level))
        styles.append(_find_level_style(elements, headings, level))
    return styles


def find_deepest_headings(elements: Sequence[Element]) -> QuestionStyle | None:
    """Return the style of the deepest level that is common in the file, whatever the headings say."""
    repeated = find_repeated_headings(elements)
    levels = Counter(
        element.level
        for element in elements
        if element.kind == ElementKind.HEADING
        and not element.in_details
        and element.text not in repeated
        and not is_aside(element.text)
    )
    # a level with at least a quarter of the headings is common; unmeasured
    common = [level for level, count in levels.items() if count >= 2 and count * 4 >= levels.total()]
    if not common:
        return None
    headings = [index for index in _find_headings(elements) if elements[index].text not in repeated]
    style = _find_level_style(elements, headings, max(common))
    return style if style.marks else None


def _find_headings(elements: Sequence[Element]) -> list[int]:
    """Return the indices of the headings with words that are not in `details`."""
    return [
        index
        for index, element in enumerate(elements)
        if element.kind == ElementKind.HEADING and not element.in_details and element.parts
    ]


def _find_numbered_style(elements: Sequence[Element], headings: Sequence[int]) -> QuestionStyle:
    """Return the style of those `headings`, given by their indices, that have a number."""
    style = QuestionStyle(StyleName.HEADINGS, is_numbered=True)
    markers = [marker for index in headings if (marker := find_marker(elements[index])) is not None]
    # at most half of the numbers have no mark after them; unmeasured
    few_unmarked = sum(marker.style == "N" for marker in markers) * 2 <= len(markers)
    expected, asking, in_order = 1, 0, 0
    last_level = 0
    numbers: set[int] = set()
    for index in headings:
        element = elements[index]
        marker = find_marker(element)
        if marker is not None and marker.style == "N" and marker.rest and few_unmarked:
            marker = None  # “100 questions” is not the hundredth question
        if marker is None or _is_section(elements, index, marker):
            if element.level < last_level:
                expected = 1
            continue
        below = find_question_below(elements, index)
        if not marker.rest and below is None and marker.style == "N":
            continue
        asks = marker.style[0] == "q" or looks_like_question(marker.rest)
        asks = asks or (
            below is not None and (below.kind == ElementKind.BLOCK or looks_like_question(below.text))
        )
        asking += asks
        in_order += not asks and marker.number == expected
        expected = (marker.number or 0) + 1
        numbers.add(marker.number or 0)
        last_level = element.level
        style.marks[index] = marker.number
    # numbers that occur more than twice on average are those of parts, not of questions; unmeasured
    restarts = len(style.marks) > 2 * max(1, len(numbers))
    style.score = asking + (0.0 if restarts else STATEMENT_SCORE * in_order)
    style.precision = style.score / max(1, len(style.marks))
    style.level = max((elements[index].level for index in style.marks), default=0)
    if asking and asking * 5 >= len(style.marks) * 3:  # three of five; unmeasured
        style.score += NUMBERED_BONUS
    return style


def _is_section(elements: Sequence[Element], index: int, marker: patterns.Marker) -> bool:
    """Return whether a numbered heading does not ask, and a numbered heading is right below it."""
    below = elements[index + 1] if index + 1 < len(elements) else None
    if below is None or below.kind != ElementKind.HEADING or below.level <= elements[index].level:
        return False
    if not marker.rest or marker.style[0] == "q" or looks_like_question(marker.rest):
        return False
    return find_marker(below) is not None


def _find_level_style(elements: Sequence[Element], headings: Sequence[int], level: int) -> QuestionStyle:
    """Return the style of those `headings`, given by their indices, that are of a level."""
    style = QuestionStyle(StyleName.HEADINGS, level=level)
    asking = others = 0
    unanswered = _are_unanswered(elements, [index for index in headings if elements[index].level == level])
    for position, index in enumerate(headings):
        element = elements[index]
        marker = find_marker(element)
        asks = (marker is not None and marker.style[0] == "q") or looks_like_question(
            marker.rest if marker else element.text
        )
        following = elements[headings[position + 1]] if position + 1 < len(headings) else None
        is_leaf = following is None or following.level <= element.level
        has_content = _has_content(elements, index)
        if element.level == level:
            aside = is_aside(element.text)
            if asks or (is_leaf and (has_content or unanswered) and not aside):
                style.marks[index] = marker.number if marker else None
            asking += asks
            others += not asks and not aside
        elif element.level < level and has_content and ends_with_question_mark(element.text):
            style.marks[index] = marker.number if marker else None
            asking += 1
    style.score = asking
    style.precision = asking / max(1, asking + others)
    return style


def _are_unanswered(elements: Sequence[Element], headings: Sequence[int]) -> bool:
    """Return whether most headings ask, and fewer than a tenth of these has content (unmeasured)."""
    asking = [index for index in headings if looks_like_question(elements[index].text)]
    answered = sum(_has_content(elements, index) for index in asking)
    return len(asking) * 2 > len(headings) and answered * 10 < len(asking)


def _has_content(elements: Sequence[Element], index: int) -> bool:
    """Return whether something other than a heading or a thematic break is right below a heading."""
    return index + 1 < len(elements) and elements[index + 1].kind not in (
        ElementKind.HEADING,
        ElementKind.RULE,
    )
