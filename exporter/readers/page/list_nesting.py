"""Lists of office programs, whose nesting is only in their classes, as lists in lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exporter.readers.page.tree import Comment, Tag, Words

_GOOGLE_LEVEL = re.compile(r"lst-[\w-]*-(\d)")
_WORD_LEVEL = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)")
_NUMBER = re.compile(r"\s*\(?(\d{1,9})[.)]")


def nest_lists(children: Sequence[Tag | Words | Comment]) -> list[Tag | Words | Comment]:
    """Return what is in an element with continued lists joined, and deeper ones in the item above them."""
    nested: list[Tag | Words | Comment] = []
    levels: list[tuple[int, Tag]] = []
    for child in children:
        if isinstance(child, Tag) and child.name == "p" and _WORD_LEVEL.search(child.style):
            child = _make_list(child)
        if not (isinstance(child, Tag) and child.name in ("ul", "ol")):
            if not (isinstance(child, Words) and not child.text.strip()):
                levels.clear()
            nested.append(child)
            continue
        level = _find_level(child)
        while levels and levels[-1][0] > level:
            levels.pop()
        if not levels:
            nested.append(child)
            levels.append((level, child))
        elif levels[-1][0] < level and (items := levels[-1][1].tags):
            items[-1].children.append(child)
            levels.append((level, child))
        elif _continues(levels[-1][1], child):
            levels[-1][1].children.extend(child.children)
        else:
            above = levels[-2][1].tags if len(levels) > 1 else []
            (above[-1].children if above else nested).append(child)
            levels[-1] = level, child
    return nested


def _find_level(tag: Tag) -> int:
    """Return the level of a list that its class or style names, or 0."""
    for name in tag.classes:
        if match := _GOOGLE_LEVEL.fullmatch(name):
            return int(match[1])
    match = _WORD_LEVEL.search(tag.style)
    return int(match[1]) - 1 if match else 0


def _continues(above: Tag, below: Tag) -> bool:
    """Return whether a list continues the one above it."""
    if above.name != below.name:
        return False
    start = below.attributes.get("start", "")
    if above.name == "ul":
        return True
    first = above.attributes.get("start", "")
    count = sum(tag.name == "li" for tag in above.tags)
    return start.isdigit() and int(start[:9]) == (int(first[:9]) if first.isdigit() else 1) + count


def _make_list(paragraph: Tag) -> Tag:
    """Return a list with one item for a paragraph that Word shows as one."""
    marks = [tag for tag in paragraph.iter_tags() if _is_mark(tag)]
    mark = marks[0].text if marks else ""
    for tag in (paragraph, *paragraph.iter_tags()):
        tag.children = [child for child in tag.children if not (isinstance(child, Tag) and _is_mark(child))]
    number = _NUMBER.match(mark)
    attributes = {"style": paragraph.style, **({"start": number[1]} if number else {})}
    item = Tag("li", paragraph.line, {}, paragraph.children)
    return Tag("ol" if number else "ul", paragraph.line, attributes, [item])


def _is_mark(tag: Tag) -> bool:
    """Return whether an element shows the number or the bullet of an item."""
    return "mso-list:ignore" in tag.style.replace(" ", "")
