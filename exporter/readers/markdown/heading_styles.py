"""Headings as questions: numbered ones, those of one level, and those of the deepest level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown.details_summaries import is_answer_label
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.style import Family

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


def heading_number(item: Item) -> patterns.Marker | None:
    """Return number and text of a heading that begins with a number or a word such as `Q3`, or is no more."""
    if item.number is not None:
        return patterns.Marker(item.number, item.text, 1, "N.")
    if (mark := patterns.match_marker(item.text)) and not mark.tight:
        return mark
    if found := _SECTION_NUMBER.match(item.text):
        return patterns.Marker(None, item.text[found.end() :], found.end() + 1, "N.N")
    number, _, rest = item.text.partition(" ")
    if number.isdecimal() and len(number) <= 3:
        return patterns.Marker(int(number), rest.strip(), len(number) + 2, "N")
    return None


def is_aside(text: str) -> bool:
    """Say whether a heading is one that lists have for what is no question."""
    return _SIGNS.sub("", text).lower() in ASIDES


def headings(items: Sequence[Item]) -> list[Family]:
    """Return the headings that have numbers, those of each level with numbers, and those of each level."""
    places = [
        index for index, item in enumerate(items) if item.kind == "heading" and not item.inside and item.parts
    ]
    repeated = boilerplate(items)
    places = [index for index in places if items[index].text not in repeated]
    letters = asked_by_letter(items)
    places = [index for index in places if patterns.match_answer_label(items[index].text, letters) is None]
    found = {index: mark for index in places if (mark := heading_number(items[index])) is not None}
    if sum(mark.style[0] == "q" for mark in found.values()) * 3 > len(found):
        # Where `Q` marks the questions, headings with a mere number are sections if they do not ask.
        mere = {index: mark for index, mark in found.items() if mark.style[0] != "q"}
        if sum(looks_like_question(mark.rest) for mark in mere.values()) * 2 < len(mere):
            places = [index for index in places if index not in mere]
    families = [_numbered_headings(items, places)]
    levels = sorted({items[index].level for index in places})
    for level in levels:
        if len(levels) > 1:
            families.append(
                _numbered_headings(items, [index for index in places if items[index].level == level])
            )
        families.append(_level(items, places, level))
    return families


def asked_by_letter(items: Sequence[Item]) -> bool:
    """Say whether headings begin with `Q`, so that those that begin with `A` answer."""
    marks = [patterns.match_marker(item.text) for item in items if item.kind == "heading"]
    return sum(mark is not None and mark.style == "q" for mark in marks) > 1


def boilerplate(items: Sequence[Item]) -> set[str]:
    """Return the headings without number that stand in a file again and again, such as `Source`."""
    texts = Counter(item.text for item in items if item.kind == "heading" and item.text)
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


def asked_below(items: Sequence[Item], index: int) -> Item | None:
    """Return what a heading that is no more than a number asks: the heading, line or code right below it."""
    mark = heading_number(items[index])
    below = items[index + 1] if index + 1 < len(items) else None
    if mark is None or mark.rest or below is None or below.inside:
        return None
    if below.kind == "heading":
        return below if below.level > items[index].level and below.parts else None
    if below.kind == "para" and len(below.parts) == 1:
        return below
    return below if below.kind == "block" and below.node and below.node.kind == "fence" else None


def _numbered_headings(items: Sequence[Item], places: Sequence[int]) -> Family:
    family = Family("headings", numbered=True)
    marks = [mark for index in places if (mark := heading_number(items[index])) is not None]
    mere = sum(mark.style == "N" for mark in marks)
    expected, asking, in_order = 1, 0, 0
    last_level = 0
    highest: set[int] = set()
    for index in places:
        item = items[index]
        mark = heading_number(item)
        if mark is not None and mark.style == "N" and mark.rest and mere * 2 <= len(marks):
            mark = None  # “100 questions” is no hundredth question
        if mark is None or _is_section(items, index, mark):
            if item.level < last_level:
                expected = 1
            continue
        below = asked_below(items, index)
        if not mark.rest and below is None and mark.style == "N":
            continue
        asks = mark.style[0] == "q" or looks_like_question(mark.rest)
        asks = asks or (below is not None and (below.kind == "block" or looks_like_question(below.text)))
        asking += asks
        in_order += not asks and mark.number == expected
        expected = (mark.number or 0) + 1
        highest.add(mark.number or 0)
        last_level = item.level
        family.marks[index] = mark.number
    restarts = len(family.marks) > 2 * max(1, len(highest))
    family.worth = asking + (0.0 if restarts else 0.9 * in_order)
    family.precision = family.worth / max(1, len(family.marks))
    family.level = max((items[index].level for index in family.marks), default=0)
    if asking and asking * 5 >= len(family.marks) * 3:
        family.worth += 0.5  # numbers are a surer sign than a level
    return family


def _is_section(items: Sequence[Item], index: int, mark: patterns.Marker) -> bool:
    """Say whether a numbered heading does not ask, and has nothing but numbered headings below it."""
    below = items[index + 1] if index + 1 < len(items) else None
    deeper = below is not None and below.kind == "heading" and below.level > items[index].level
    if below is None or not deeper or not mark.rest or mark.style[0] == "q" or looks_like_question(mark.rest):
        return False
    return heading_number(below) is not None


def _level(items: Sequence[Item], places: Sequence[int], level: int) -> Family:
    family = Family("headings", level=level)
    asking = others = 0
    bare = _without_bodies(items, [index for index in places if items[index].level == level])
    for place, index in enumerate(places):
        item = items[index]
        mark = heading_number(item)
        asks = (mark is not None and mark.style[0] == "q") or looks_like_question(
            mark.rest if mark else item.text
        )
        following = items[places[place + 1]] if place + 1 < len(places) else None
        leaf = following is None or following.level <= item.level
        filled = index + 1 < len(items) and items[index + 1].kind not in ("heading", "rule")
        if item.level == level:
            aside = is_aside(item.text)
            if asks or (leaf and (filled or bare) and not aside):
                family.marks[index] = mark.number if mark else None
            asking += asks
            others += not asks and not aside
        elif item.level < level and filled and ends_with_question_mark(item.text):
            family.marks[index] = mark.number if mark else None
            asking += 1
    family.worth = asking
    family.precision = asking / max(1, asking + others)
    return family


def _without_bodies(items: Sequence[Item], places: Sequence[int]) -> bool:
    """Say whether headings are questions without answers: most ask, and next to none has anything below."""
    asking = [index for index in places if looks_like_question(items[index].text)]
    filled = sum(
        index + 1 < len(items) and items[index + 1].kind not in ("heading", "rule") for index in asking
    )
    return len(asking) * 2 > len(places) and filled * 10 < len(asking)


def deepest_headings(items: Sequence[Item]) -> Family | None:
    """Return the headings of the deepest level that is used throughout, whatever they say."""
    repeated = boilerplate(items)
    levels = Counter(
        item.level for item in items
        if item.kind == "heading" and not item.inside and item.text not in repeated
        and not is_aside(item.text)
    )  # fmt: skip
    usual = [level for level, count in levels.items() if count >= 2 and count * 4 >= levels.total()]
    if not usual:
        return None
    places = [
        index for index, item in enumerate(items) if item.kind == "heading" and not item.inside and item.parts
    ]
    family = _level(items, [index for index in places if items[index].text not in repeated], max(usual))
    return family if family.marks else None
