"""Find the items of a list in plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.readers.labels.bullets import BULLET_SIGN, TIGHT_SIGN

MAX_BLANK_LINES = 3  # unmeasured
"""Items of a list are separated by fewer blank lines than this."""

MAX_SUBLIST_LINES = 40
"""A list whose items have another mark, but the same indentation, is part of the item above it if that
item's list continues within this number of lines. The limit keeps the search linear."""

_ITEM = re.compile(
    rf"(?P<indent>\s{{0,40}})(?:(?P<sign>(?:{BULLET_SIGN}|\*{{2,5}})(?=\s)|{TIGHT_SIGN})|(?P<number>\d{{1,4}})[.)](?=\s))"
    r"\s{0,20}(?P<rest>\S.*)"
)


@dataclass(slots=True)
class ItemLines:
    """The lines of each item of a list, without its mark and indentation.

    `end` is the index after the list; `start` is the number of the first item, or nothing for bullets.
    """

    end: int
    start: int | None
    bodies: list[list[str]] = field(default_factory=list)


def find_items(lines: Sequence[str], index: int) -> ItemLines | None:
    """Return the items of the list that begins at `index`, or nothing; one item is not a list."""
    first = _ITEM.match(lines[index])
    if first is None:
        return None
    indent, width = len(first["indent"]), 0
    nested_marks = {"o"} - {first["sign"]}  # Word's second level
    items = ItemLines(index, int(first["number"]) if first["number"] else None)
    while index < len(lines):
        line = lines[index]
        item = _ITEM.match(line)
        if item and len(item["indent"]) <= indent + 1:
            if _is_next(item, first, items):
                items.bodies.append([item["rest"]])
                width = item.start("rest")
            elif item["sign"] in nested_marks or _resumes(lines, index, first, items):
                items.bodies[-1].append(line[indent:])
                nested_marks.add(item["sign"])
            elif item["sign"] and first["sign"]:
                items.bodies.append([item["rest"]])
                width = item.start("rest")
            else:
                break
        elif not line.strip():
            following = next(
                (text for text in lines[index + 1 : index + 1 + MAX_BLANK_LINES] if text.strip()), ""
            )
            next_item = _ITEM.match(following)
            continues = (
                next_item
                and len(next_item["indent"]) <= indent + 1
                and bool(next_item["sign"]) == bool(first["sign"])
            )
            if not continues and indent_width(following) < indent + 2:
                break
            items.bodies[-1].append("")
        elif indent_width(line) > indent + 1:
            items.bodies[-1].append(line[min(width, indent_width(line)) :])
        else:
            break
        index += 1
    items.end = index
    return items if len(items.bodies) > 1 else None


def _is_next(item: re.Match[str], first: re.Match[str], items: ItemLines) -> bool:
    """Return whether an item has the mark that the next one of a list has."""
    if items.start is None:
        return item["sign"] == first["sign"]
    return item["number"] is not None and int(item["number"]) == items.start + len(items.bodies)


def _resumes(lines: Sequence[str], index: int, first: re.Match[str], items: ItemLines) -> bool:
    """Return whether a list continues after items with another mark at `index`: they are a list in it."""
    indent = len(first["indent"])
    for line in lines[index + 1 : index + MAX_SUBLIST_LINES]:
        item = _ITEM.match(line)
        if item and len(item["indent"]) <= indent + 1:
            if _is_next(item, first, items):
                return True
        elif line.strip() and indent_width(line) <= indent + 1:
            return False
    return False


def indent_width(line: str) -> int:
    """Return the indentation of a line in spaces."""
    return len(line) - len(line.lstrip(" "))
