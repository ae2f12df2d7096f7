"""The tags of a text, and which of them pair up."""

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
    """A tag of a text, from `start` to `end`; `name` is in lower case."""

    name: str
    start: int
    end: int
    closes: bool
    attributes: str


def find_tags(text: str, backticks: bool = True) -> list[Tag]:
    """Return the tags of a text but those in comments, and between `backticks` where these enclose code."""
    if "<" not in text:
        return []
    verbatim = [found.span() for found in _BACKTICKS.finditer(text)] if backticks and "`" in text else []
    tags: list[Tag] = []
    at = 0
    last_comment = text.rfind("-->")
    while found := TAG.search(text, at):
        comment = text.find("<!--", at, found.start())
        if 0 <= comment < last_comment:
            at = text.find("-->", comment) + 3
            continue
        at = found.end()
        if not is_inside(verbatim, found.start()):
            tags.append(
                Tag(found["name"].lower(), found.start(), at, bool(found["close"]), found["attributes"])
            )
    return tags


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


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, those in or across others joined with them."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def is_inside(ranges: Sequence[tuple[int, int]], at: int) -> bool:
    """Return whether a position is in one of the ranges, which are sorted."""
    index = bisect_right(ranges, at, key=lambda each: each[0]) - 1
    return index >= 0 and at < ranges[index][1]
