"""The header of a plain-text file: title, deck, language, preamble, and first category."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from exporter.model.questions import Block
from exporter.readers.code_fences import find_fenced_lines
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.labels.vocabulary import CATEGORY_WORDS
from exporter.readers.plain.block_parser import parse_blocks
from exporter.readers.plain.escaping import unescape
from exporter.readers.plain.headings import (
    Heading,
    HeadingKind,
    HeadingStyle,
    find_heading_ending_at,
    is_bulleted,
    is_ruler,
    join_category,
    match_framed_heading,
)

_KEY_VALUE = re.compile(r"(?P<key>title|deck|language)\s{0,3}:\s*(?P<value>.*)", re.IGNORECASE)

_GREETING = re.compile(
    r"(?:sure|certainly|absolutely|of course|great|okay|ok|alright|hi|hello|hey|got it|natürlich|klar|gerne"
    r"|hallo"
    r"|bien sûr|bonjour|claro|por supuesto|hola|certo|конечно|привет|当然|好的|もちろん)"
    r"(?: [\w ]{1,20})?[!,.:，。！]"
    r"|(?:here (?:are|is)|here['’]s|below (?:are|is)|these are|the following|as requested|hier sind|voici"
    r"|aquí (?:hay"
    r"|tienes|están)|aqui estão|ecco|вот|以下)\b.*[:：.]$",
    re.IGNORECASE,
)
"""The first sentence of a reply in a chat, or of a letter."""

MAX_SENTENCE_CHARS = 80
"""A longer line is a sentence of the preamble; titles of 52 public lists have up to 58 characters."""

_CATEGORY_CHARS = frozenset(["=", "[", *"cts", *(word[0] for word in CATEGORY_WORDS)])
"""First characters of framed categories: `==`, `[`, `Category`, `Chapter`, `Topic`, `Thema`, `Kategorie`."""


@dataclass(slots=True)
class Header:
    """What precedes the first question; `category` is that of the first question."""

    title: str | None = None
    deck: str | None = None
    language: str | None = None
    category: str | None = None
    preamble: tuple[Block, ...] = ()


def parse_header(
    lines: Sequence[str], headings: list[Heading], later_styles: Collection[HeadingStyle]
) -> Header:
    """Return the header formed by `lines`, and by the headings that follow them.

    `later_styles` are the styles of headings between the questions: a heading of one of these is a category,
    even if it is the first.
    """
    header = Header()
    start = _skip_blank(lines, 0)
    has_keys = False
    while start < len(lines) and (match := _KEY_VALUE.fullmatch(lines[start])):
        key = match["key"].lower()
        if getattr(header, key) is not None:
            break
        setattr(header, key, match["value"].strip() or None)
        start = _skip_blank(lines, start + 1)
        has_keys = True
    if start < len(lines) and not has_keys:
        header.title, start = _read_title(lines, start)
    elif headings and not has_keys and (len(headings) > 1 or _may_be_title(headings[0], later_styles)):
        header.title = headings.pop(0).text
    header.category = join_category(headings)
    preamble_lines = lines[start:]
    fenced = find_fenced_lines(preamble_lines)
    header.preamble = parse_blocks(
        [line for index, line in enumerate(preamble_lines) if index in fenced or not is_ruler(line)]
    )
    return header


def _may_be_title(heading: Heading, later_styles: Collection[HeadingStyle]) -> bool:
    """Return whether a heading above the first question is more likely a title than a category."""
    is_category = heading.style.kind is HeadingKind.FRAMED and heading.style.char in _CATEGORY_CHARS
    return heading.style not in later_styles and not is_category


def _skip_blank(lines: Sequence[str], index: int) -> int:
    while index < len(lines) and (not lines[index].strip() or is_ruler(lines[index])):
        index += 1
    return index


def _read_title(lines: Sequence[str], start: int) -> tuple[str | None, int]:
    """Return the title that begins at a line, without its frame, and the index of the line after it.

    A line that is not a title is part of the preamble.
    """
    for end in (start + 1, start):
        if (
            end < len(lines)
            and (heading := find_heading_ending_at(lines, end, start))
            and heading.start == start
        ):
            return heading.text, end + 1
    text = match_framed_heading(lines[start])
    if text is None and not is_title(lines[start]):
        return None, start
    return text or unescape(lines[start].strip()), start + 1


def is_title(line: str) -> bool:
    """Return whether a line may be a title: not a question, sentence, address, or the greeting of a chat."""
    text = line.strip()
    return (
        len(text) <= MAX_SENTENCE_CHARS
        and any(map(str.isalnum, text))
        and not is_bulleted(line)
        and not ends_with_question_mark(text)
        and not patterns.match_marker(line)
        and not text.endswith((".", ",", ";", "。"))
        and not text.startswith(("http://", "https://", "www."))
        and not _GREETING.match(text)
    )
