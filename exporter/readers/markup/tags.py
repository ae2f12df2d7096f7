"""Find the tags of a text, and pair them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"(?P<attributes>(?:\s+(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>])+)*)\s*/?>"
)
_BACKTICKS = re.compile(r"(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`)")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of a text, from index `start` to `end`; `name` is in lower case."""

    name: str
    start: int
    end: int
    closes: bool
    attributes: str


def find_tags(text: str, backticks: bool = True) -> list[Tag]:
    """Return the tags of a text, except those in comments and, if `backticks` is true, in code spans."""
    if "<" not in text:
        return []
    tags: list[Tag] = []
    position = 0
    last_comment = text.rfind("-->")
    while match := TAG.search(text, position):
        comment = text.find("<!--", position, match.start()) if last_comment >= 0 else -1
        if 0 <= comment < last_comment:
            position = text.find("-->", comment) + len("-->")
            continue
        start, position = match.span()
        close, name, attributes = match.groups()
        tags.append(Tag(name.lower(), start, position, bool(close), attributes))
    return drop_tags_in_code(text, tags) if backticks else tags


def drop_tags_in_code(text: str, tags: list[Tag]) -> list[Tag]:
    """Return the tags of a text that are not in code spans."""
    code_spans = [match.span() for match in _BACKTICKS.finditer(text)] if tags and "`" in text else []
    return [tag for tag in tags if not is_inside(code_spans, tag.start)] if code_spans else tags


def pair_tags(tags: Sequence[Tag]) -> dict[int, int]:
    """Return the index of the closing tag of each opening tag that has one."""
    opened: dict[str, list[int]] = {}
    pairs: dict[int, int] = {}
    for index, tag in enumerate(tags):
        if not tag.closes:
            opened.setdefault(tag.name, []).append(index)
        elif opened.get(tag.name):
            pairs[opened[tag.name].pop()] = index
    return pairs


def merge_ranges(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, with overlapping and adjacent ones merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def is_inside(ranges: Sequence[tuple[int, int]], position: int) -> bool:
    """Return whether a position is in one of the ranges, which are sorted."""
    index = bisect_right(ranges, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < ranges[index][1]
