"""Headings and rulers between questions of plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from exporter.readers.labels.bullets import match_bullet
from exporter.readers.labels.vocabulary import CATEGORY_WORDS

_RULER = re.compile(
    r"\s{0,40}(?:%{1,80}|-{3,200}|={3,200}|\*{3,200}|_{3,200}|~{3,200}|#{3,200}|\+{3,200}"
    r"|(?:[-*_=] ){2,100}[-*_=])\s*"
)
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,200}|-{3,200}|~{3,200}|\*{3,200}|\^{3,200})\s*")
_FRAMED = re.compile(
    r"\s{0,3}(?:#{1,40}\s{1,8}(?P<text>[^\s#].{0,100}?)\s{0,8}#{0,40}"
    r"|(?P<sign>[=*~-])(?P=sign){1,79}\s{1,20}(?P<apart>[^\s=*~#-].{0,100}?)\s{1,20}(?P=sign){2,80}"
    r"|(?P<close>[=*~-])(?P=close){2,79}(?P<tight>[^\s=*~-].{0,100}?)(?P=close){3,80}"
    r"|-(?P<single>[^\W\d_][^-=<>]{0,58}[\w).])-|={2}(?P<pair>[^\s=][^=]{0,100})={2}|\[(?P<boxed>[^\]\[]{2,80})\])\s*"
)
"""A heading between signs; all but `#` need a closing sign: `== is an operator` is a sentence."""
_LABELLED = re.compile(
    rf"\s{{0,3}}(?:{'|'.join(CATEGORY_WORDS)}|section|topic|chapter|thema)\s{{0,3}}[:：]\s*(?P<text>\S.{{0,120}})",
    re.IGNORECASE,
)
_NUMBERED_PART = re.compile(
    r"\W{0,8}(?P<text>(?:unit|part|section|module|chapter|round|level|lesson|kapitel|teil|unidad|раздел)"
    r"\s{1,3}(?:\d{1,3}|[IVX]{1,6})\b(?:\W{1,8}\w.{0,80}?)?)[:\s]{0,8}",
    re.IGNORECASE,
)
_SECTION_NUMBER = re.compile(r"\d{1,3}[.)]\s{1,4}(?=[^\W\d_])")
_RULER_CHARS = frozenset("%-=*_~#+")
MAX_HEADING_CHARS = 140  # unmeasured
"""A longer line is not a heading."""

MAX_RULER_CHARS = 240  # unmeasured
"""A longer line is not a ruler or underline."""

MIN_RULER_SIGNS = 8  # unmeasured
"""Minimum number of equal signs of any kind that are a ruler, as `▬▬▬▬▬▬▬▬`."""

_NO_RULER_SIGNS = frozenset("`.…_?!|\"'")
"""Signs that are a fence, a gap to fill, an exclamation or part of a table in any number."""

MAX_CAPITALS_CHARS = 60  # unmeasured
"""A longer line in capitals is not a heading."""

MIN_CAPITALS = 3  # unmeasured
"""A heading in capitals has this number of capital letters or more: `A.` and `OK` have fewer."""

MAX_TITLE_CHARS = 60  # unmeasured
"""A longer line is not a short title."""

_INNER_STOP = re.compile(r"[，；。！？]|\w{3}[.!?]\s[^\W\d_]")
"""The end of a sentence or clause within a line, which then is text, however few its words are."""

MAX_TITLE_WORDS = 8  # unmeasured
"""A line of more words is not a short title."""


class HeadingKind(StrEnum):
    """How a heading is marked."""

    FRAMED = "framed"
    UNDERLINED = "underlined"
    CAPITALS = "capitals"
    SHORT_TITLE = "short title"


class HeadingStyle(NamedTuple):
    """The kind of a heading, and the character by which a file's headings of that kind differ.

    That is the first character of a framed heading in lower case, or the character that underlines it;
    it is empty if there is none, or if a heading is overlined, too.
    """

    kind: HeadingKind
    char: str = ""


def is_bulleted(line: str) -> bool:
    """Return whether a line is an item of a bullet list."""
    return match_bullet(line) is not None


def is_ruler(line: str) -> bool:
    """Return whether a line is a thematic break such as `---`, `===` or `%`."""
    text = line.strip()
    sign = text[:1]
    if not sign or sign.isalnum():
        return False
    if sign in _RULER_CHARS and len(line) <= MAX_RULER_CHARS and _RULER.fullmatch(line) is not None:
        return True
    is_repeated = len(text) >= MIN_RULER_SIGNS and text[1] == sign
    return is_repeated and sign not in _NO_RULER_SIGNS and text == sign * len(text)


def match_framed_heading(line: str) -> str | None:
    """Return the text of `== SQL ==`, `## SQL`, `[SQL]`, `Category: SQL` or `Unit 1: SQL`, or nothing."""
    if len(line) > MAX_HEADING_CHARS:
        return None
    if match := _LABELLED.fullmatch(line):
        return match["text"].strip()
    if (match := _NUMBERED_PART.fullmatch(line)) and line.rstrip()[-1] not in ".?!,;":
        return match["text"].strip(" :")
    if match := _FRAMED.fullmatch(line):
        text = next(filter(None, match.group("text", "apart", "tight", "single", "pair", "boxed")), "")
        return text.strip() or None
    return None


def is_underline(line: str) -> bool:
    """Return whether a line can underline the one above it."""
    return len(line) <= MAX_RULER_CHARS and _UNDERLINE.fullmatch(line) is not None


def is_capitals_heading(line: str) -> bool:
    """Return whether a line is a heading in capitals without other marks."""
    text = line.strip()
    return (
        len(text) <= MAX_CAPITALS_CHARS
        and text.upper() == text
        and sum(char.isupper() for char in text) >= MIN_CAPITALS
        and text[-1] not in ".?!;,"
        and not any(char in text for char in '=;{}<>"')
    )


def find_heading_ending_at(
    lines: Sequence[str], index: int, first: int, underlined: bool = True
) -> Heading | None:
    """Return the heading whose last line has the index `index`, or nothing.

    Lines before `first` are part of something else. If `underlined` is false, lines below text are rulers.
    """
    line = lines[index]
    if line.startswith("\\"):
        return None
    starts_paragraph = index == 0 or not lines[index - 1].strip() or is_ruler(lines[index - 1])
    if underlined and is_underline(line) and index - 1 >= first and (text := lines[index - 1].strip()):
        above = index - 2
        if above >= first and is_underline(lines[above]) and not is_ruler(text):
            return Heading(text, above, HeadingStyle(HeadingKind.UNDERLINED))
        # about as long as the text: 4 characters and an eighth more or less; unmeasured
        has_fitting_length = (
            abs(len(text) - len(line.strip())) <= 4 + len(text) // 8 and len(text) <= MAX_HEADING_CHARS
        )
        if has_fitting_length and (above < first or not lines[above].strip()) and not is_ruler(text):
            return Heading(text, index - 1, HeadingStyle(HeadingKind.UNDERLINED, line.strip()[0]))
    is_closed = line.strip()[:3] in ("===", "***", "---", "~~~") and line.strip()[-3:] == line.strip()[:3]
    if (starts_paragraph or is_closed) and (framed_text := match_framed_heading(line)) is not None:
        return Heading(framed_text, index, HeadingStyle(HeadingKind.FRAMED, line.strip()[0].lower()))
    if starts_paragraph and line.strip() and is_capitals_heading(line):
        return Heading(line.strip(), index, HeadingStyle(HeadingKind.CAPITALS))
    return None


def is_short_title(lines: Sequence[str], index: int, colon: bool = False, below_text: bool = False) -> bool:
    """Return whether a line may be a title of the lines directly below: short, not a sentence.

    The line above is blank or a ruler. If `colon` is true, the line may end in one; if `below_text` is true,
    such a line may be below text. This alone does not show that it is a title.
    """
    text = lines[index].strip()
    has_colon = colon and text.endswith((":", "："))
    if has_colon:
        text = text.rstrip(":：")
    if (
        not 1 < len(text) <= MAX_TITLE_CHARS
        or text[-1] in ".?!,;:…？。："
        or len(text.split()) > MAX_TITLE_WORDS
        or _INNER_STOP.search(text)
    ):
        return False
    starts_paragraph = index == 0 or not lines[index - 1].strip() or is_ruler(lines[index - 1])
    return (
        (starts_paragraph or (below_text and has_colon))
        and any(map(str.isalpha, text))
        and not is_bulleted(text)
        and text[0] not in "-*+>=|(\"'“`<{[#"
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its text, the index of its first line, and its style."""

    text: str
    start: int
    style: HeadingStyle


def join_category(headings: Sequence[Heading]) -> str | None:
    """Return the category that headings form, without numbers and final colons; nothing without headings."""
    return " / ".join(name_category(heading.text) for heading in headings) or None


def name_category(text: str) -> str:
    """Return the category that the text of a heading names."""
    number = _SECTION_NUMBER.match(text)
    return text[number.end() if number else 0 :].rstrip(":： ") or text


def find_trailing_headings(
    lines: Sequence[str], start: int, end: int, first: int, underlined: bool
) -> tuple[int, list[Heading]]:
    """Return the index after the body of `lines[start:end]`, and the headings after it.

    No line before `first` is read as a heading.
    """
    headings: list[Heading] = []
    index = end - 1
    while index >= start:
        if not lines[index].strip():
            index -= 1
        elif index >= first and (heading := find_heading_ending_at(lines, index, first, underlined)):
            headings.insert(0, heading)
            index = heading.start - 1
        elif is_ruler(lines[index]):
            index -= 1
        else:
            break
    return index + 1, headings
