"""What stands before the first question of a plain-text file: title, deck, language, preamble."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exporter.model.questions import Block
from exporter.readers.code_fences import find_fenced_lines
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.plain.escaping import unescape
from exporter.readers.plain.headings import Heading, framed_heading, heading_ending_at, is_bulleted, is_ruler

_NAMED = re.compile(r"(?P<key>title|deck|language)\s{0,3}:\s*(?P<value>.*)", re.IGNORECASE)


@dataclass(slots=True)
class Header:
    """What a file says of itself; `category` is that of the first question."""

    title: str | None = None
    deck: str | None = None
    language: str | None = None
    category: str | None = None
    preamble: tuple[Block, ...] = ()


def parse_header(lines: Sequence[str], headings: list[Heading], kinds_later: Collection[str]) -> Header:
    """Return the head made of `lines`, and of the headings that follow them.

    `kinds_later` are the kinds of headings between the questions: one of these is a category
    even where it stands first.
    """
    head = Header()
    start = _skip_empty(lines, 0)
    named = False
    while start < len(lines) and (found := _NAMED.fullmatch(lines[start])):
        key = found["key"].lower()
        if getattr(head, key) is not None:
            break
        setattr(head, key, found["value"].strip() or None)
        start = _skip_empty(lines, start + 1)
        named = True
    if start < len(lines) and not named and not is_bulleted(lines[start]):
        head.title, start = _title(lines, start)
    elif headings and not named and (len(headings) > 1 or _may_be_title(headings[0], kinds_later)):
        head.title = headings.pop(0).text
    head.category = " / ".join(heading.text for heading in headings) or None
    rest = lines[start:]
    fenced = find_fenced_lines(rest)
    head.preamble = parse_blocks([line for at, line in enumerate(rest) if at in fenced or not is_ruler(line)])
    return head


def _may_be_title(heading: Heading, kinds_later: Collection[str]) -> bool:
    """Say whether a heading above the first question is more likely a title than a category."""
    category = ("framed=", "framed[", "framedc", "framedt", "frameds")  # `Category:`, `Topic:`, `Section:`
    return heading.kind not in kinds_later and not heading.kind.startswith(category)


def _skip_empty(lines: Sequence[str], index: int) -> int:
    while index < len(lines) and (not lines[index].strip() or is_ruler(lines[index])):
        index += 1
    return index


def _title(lines: Sequence[str], start: int) -> tuple[str, int]:
    """Return the title that begins at a line, without its ornaments, and where the preamble begins."""
    for end in (start + 1, start):
        if end < len(lines) and (heading := heading_ending_at(lines, end, start)) and heading.start == start:
            return heading.text, end + 1
    text = framed_heading(lines[start]) or unescape(lines[start].strip())
    return text, start + 1
