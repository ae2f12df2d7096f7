"""Headings as questions: numbered ones, those of one level, and those of the deepest level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.details_summaries import is_answer_label
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.style import QuestionStyle, StyleName

_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")
_SECTION_NUMBER = re.compile(r"(?:\d{1,3}\.){1,4}\d{1,3}[.)]?\s+(?=\S)")
ASIDES = frozenset(
    (
        "índice|contenido|contenidos|tabla de contenidos|sumário|conteúdo|inhalt|inhaltsverzeichnis|sommaire"
        "|содержание|оглавление|目录|目錄|目次|목차|reference links|referencias|参考|参考资料"
        "|内容列表"
        "|table of contents|contents|content|index|toc|license|licence|contributing|contributors|contribution"
        "|references|reference|resources|credits|disclaimer|introduction|about|summary|answer|answers|solution"
        "|example|examples|source|sources|links|further reading|see also|useful links|acknowledgements|note"
        "|notes|contact|support"
    ).split("|")
)


def heading_number(element: Element) -> patterns.Marker | None:
    """Return number and text of a heading that begins with a number or a word such as `Q3`, or is no more."""
    if element.number is not None:
        return patterns.Marker(element.number, element.text, 1, "N.")
    if (mark := patterns.match_marker(element.text)) and not mark.tight:
        return mark
    if found := _SECTION_NUMBER.match(element.text):
        return patterns.Marker(None, element.text[found.end() :], found.end() + 1, "N.N")
    number, _, rest = element.text.partition(" ")
    if number.isdecimal() and len(number) <= 3:
        return patterns.Marker(int(number), rest.strip(), len(number) + 2, "N")
    return None


def is_aside(text: str) -> bool:
    """Say whether a heading is one that lists have for what is no question."""
    return _SIGNS.sub("", text).lower() in ASIDES


def find_heading_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the headings that have numbers, those of each level with numbers, and those of each level."""
    places = [
        index
        for index, element in enumerate(elements)
        if element.kind == ElementKind.HEADING and not element.in_details and element.parts
    ]
    repeated = find_repeated_headings(elements)
    places = [index for index in places if elements[index].text not in repeated]
    letters = uses_question_letter(elements)
    places = [index for index in places if patterns.match_answer_label(elements[index].text, letters) is None]
    found = {index: mark for index in places if (mark := heading_number(elements[index])) is not None}
    if sum(mark.style[0] == "q" for mark in found.values()) * 3 > len(found):
        # Where `Q` marks the questions, headings with a mere number are sections if they do not ask.
        mere = {index: mark for index, mark in found.items() if mark.style[0] != "q"}
        if sum(looks_like_question(mark.rest) for mark in mere.values()) * 2 < len(mere):
            places = [index for index in places if index not in mere]
    styles = [_numbered_headings(elements, places)]
    levels = sorted({elements[index].level for index in places})
    for level in levels:
        if len(levels) > 1:
            styles.append(
                _numbered_headings(elements, [index for index in places if elements[index].level == level])
            )
        styles.append(_level(elements, places, level))
    return styles


def uses_question_letter(elements: Sequence[Element]) -> bool:
    """Say whether headings begin with `Q`, so that those that begin with `A` answer."""
    marks = [
        patterns.match_marker(element.text) for element in elements if element.kind == ElementKind.HEADING
    ]
    return sum(mark is not None and mark.style == "q" for mark in marks) > 1


def find_repeated_headings(elements: Sequence[Element]) -> set[str]:
    """Return the headings without number that stand in a file again and again, such as `Source`."""
    texts = Counter(
        element.text for element in elements if element.kind == ElementKind.HEADING and element.text
    )
    plain = {
        text: count for text, count in texts.items() if count >= 3 and patterns.match_marker(text) is None
    }
    total = texts.total()
    kinds = len(texts)
    return {
        text
        for text, count in plain.items()
        if (count * 4 >= total - count and kinds > 3) or is_answer_label(text)
    }


def find_question_below(elements: Sequence[Element], index: int) -> Element | None:
    """Return what a heading that is no more than a number asks: the heading, line or code right below it."""
    mark = heading_number(elements[index])
    below = elements[index + 1] if index + 1 < len(elements) else None
    if mark is None or mark.rest or below is None or below.in_details:
        return None
    if below.kind == ElementKind.HEADING:
        return below if below.level > elements[index].level and below.parts else None
    if below.kind == ElementKind.PARAGRAPH and len(below.parts) == 1:
        return below
    return below if below.kind == ElementKind.BLOCK and below.node and below.node.kind == "fence" else None


def _numbered_headings(elements: Sequence[Element], places: Sequence[int]) -> QuestionStyle:
    style = QuestionStyle(StyleName.HEADINGS, is_numbered=True)
    marks = [mark for index in places if (mark := heading_number(elements[index])) is not None]
    mere = sum(mark.style == "N" for mark in marks)
    expected, asking, in_order = 1, 0, 0
    last_level = 0
    highest: set[int] = set()
    for index in places:
        element = elements[index]
        mark = heading_number(element)
        if mark is not None and mark.style == "N" and mark.rest and mere * 2 <= len(marks):
            mark = None  # “100 questions” is no hundredth question
        if mark is None or _is_section(elements, index, mark):
            if element.level < last_level:
                expected = 1
            continue
        below = find_question_below(elements, index)
        if not mark.rest and below is None and mark.style == "N":
            continue
        asks = mark.style[0] == "q" or looks_like_question(mark.rest)
        asks = asks or (
            below is not None and (below.kind == ElementKind.BLOCK or looks_like_question(below.text))
        )
        asking += asks
        in_order += not asks and mark.number == expected
        expected = (mark.number or 0) + 1
        highest.add(mark.number or 0)
        last_level = element.level
        style.marks[index] = mark.number
    restarts = len(style.marks) > 2 * max(1, len(highest))
    style.score = asking + (0.0 if restarts else 0.9 * in_order)
    style.precision = style.score / max(1, len(style.marks))
    style.level = max((elements[index].level for index in style.marks), default=0)
    if asking and asking * 5 >= len(style.marks) * 3:
        style.score += 0.5  # numbers are a surer sign than a level
    return style


def _is_section(elements: Sequence[Element], index: int, mark: patterns.Marker) -> bool:
    """Say whether a numbered heading does not ask, and has nothing but numbered headings below it."""
    below = elements[index + 1] if index + 1 < len(elements) else None
    deeper = below is not None and below.kind == ElementKind.HEADING and below.level > elements[index].level
    if below is None or not deeper or not mark.rest or mark.style[0] == "q" or looks_like_question(mark.rest):
        return False
    return heading_number(below) is not None


def _level(elements: Sequence[Element], places: Sequence[int], level: int) -> QuestionStyle:
    style = QuestionStyle(StyleName.HEADINGS, level=level)
    asking = others = 0
    find_asking_paragraphs = _without_bodies(
        elements, [index for index in places if elements[index].level == level]
    )
    for place, index in enumerate(places):
        element = elements[index]
        mark = heading_number(element)
        asks = (mark is not None and mark.style[0] == "q") or looks_like_question(
            mark.rest if mark else element.text
        )
        following = elements[places[place + 1]] if place + 1 < len(places) else None
        leaf = following is None or following.level <= element.level
        filled = index + 1 < len(elements) and elements[index + 1].kind not in (
            ElementKind.HEADING,
            ElementKind.RULE,
        )
        if element.level == level:
            aside = is_aside(element.text)
            if asks or (leaf and (filled or find_asking_paragraphs) and not aside):
                style.marks[index] = mark.number if mark else None
            asking += asks
            others += not asks and not aside
        elif element.level < level and filled and ends_with_question_mark(element.text):
            style.marks[index] = mark.number if mark else None
            asking += 1
    style.score = asking
    style.precision = asking / max(1, asking + others)
    return style


def _without_bodies(elements: Sequence[Element], places: Sequence[int]) -> bool:
    """Say whether headings are questions without answers: most ask, and next to none has anything below."""
    asking = [index for index in places if looks_like_question(elements[index].text)]
    filled = sum(
        index + 1 < len(elements) and elements[index + 1].kind not in (ElementKind.HEADING, ElementKind.RULE)
        for index in asking
    )
    return len(asking) * 2 > len(places) and filled * 10 < len(asking)


def find_deepest_headings(elements: Sequence[Element]) -> QuestionStyle | None:
    """Return the headings of the deepest level that is used throughout, whatever they say."""
    repeated = find_repeated_headings(elements)
    levels = Counter(
        element.level for element in elements
        if element.kind == ElementKind.HEADING and not element.in_details and element.text not in repeated
        and not is_aside(element.text)
    )  # fmt: skip
    usual = [level for level, count in levels.items() if count >= 2 and count * 4 >= levels.total()]
    if not usual:
        return None
    places = [
        index
        for index, element in enumerate(elements)
        if element.kind == ElementKind.HEADING and not element.in_details and element.parts
    ]
    style = _level(elements, [index for index in places if elements[index].text not in repeated], max(usual))
    return style if style.marks else None
