"""The headings of Org: stars, a keyword, a priority, words and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

KEYWORDS = frozenset(
    "TODO DONE NEXT WAITING WAIT HOLD STARTED CANCELLED CANCELED IN-PROGRESS INPROGRESS PROJ IDEA KILL"
    " STRT LOOP SOMEDAY MAYBE REVIEW DOING".split()
)
"""The keywords that Org and its usual configurations know."""

CARD_TAGS = frozenset(("drill", "fc", "anki", "card", "flashcard", "flashcards", "leech", "suspended"))
"""Tags that only mark a heading as a card, for org-drill, org-fc and others."""

_HEADING = re.compile(
    r"(?P<stars>\*{1,60})[ \t]+(?P<text>\S.*?)\s*\Z|(?P<empty>\*(?=\Z)|\*{1,60}(?=[ \t]+\Z))"
)
_TAGS = re.compile(r"(?:^|\s+):((?:[\w@#%-]+:)+)\Z")
_PRIORITY = re.compile(r"\[#[A-Z0-9]{1,2}\]\s*")
_COOKIE = re.compile(r"\A\[[ xX-]\]\s+|\s*\[(?:\d*/\d*|\d*%)\]")
_KEYWORDS = re.compile(r"#\+(?:(?:seq_|typ_)?todo):\s*(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `is_comment` is set if its section is commented out, `is_card` if its tags mark a card."""

    level: int
    text: str
    tags: tuple[str, ...] = ()
    is_comment: bool = False
    is_card: bool = False


def read_keywords(lines: Iterable[str]) -> frozenset[str]:
    """Return the keywords of tasks: the usual ones, and those that a file defines."""
    own = {
        word.split("(")[0]
        for line in lines
        if line.startswith("#+") and (match := _KEYWORDS.match(line))
        for word in match[1].split()
        if word != "|"
    }
    return KEYWORDS | own


def read_heading(line: str, keywords: frozenset[str]) -> Heading | None:
    """Return the heading that a line is, or nothing."""
    if not line.startswith("*"):
        return None
    match = _HEADING.match(line)
    if match is None:
        return None
    level = len(match["stars"] or match["empty"])
    text = match["text"] or ""
    tags: tuple[str, ...] = ()
    if tagged := _TAGS.search(text[-400:]):
        tags = tuple(tagged[1].strip(":").split(":"))
        text = text[: len(text) - len(tagged[0])]
    first, _, rest = text.partition(" ")
    if first in keywords:
        text = rest.lstrip()
    text = _PRIORITY.sub("", text, count=1) if text.startswith("[#") else text
    is_comment = text == "COMMENT" or text.startswith("COMMENT ")
    text = _COOKIE.sub("", text) if "[" in text else text
    others = tuple(tag for tag in tags if tag.lower() not in CARD_TAGS)
    return Heading(level, text.strip(), others, is_comment, len(others) < len(tags))
