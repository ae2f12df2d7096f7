"""Lines that stand between questions in plain text: section headings and rulers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

RULER = re.compile(
    r"\s{0,40}(?:%{1,80}|-{3,200}|={3,200}|\*{3,200}|_{3,200}|~{3,200}|#{3,200}|\+{3,200}"
    r"|(?:[-*_=] ){2,100}[-*_=])\s*"
)
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,200}|-{3,200}|~{3,200}|\*{3,200}|\^{3,200})\s*")
_FRAMED = re.compile(
    r"\s{0,3}(?:#{1,40}\s{1,8}(?P<text>[^\s#].{0,100}?)\s{0,8}#{0,40}"
    r"|(?P<sign>[=*~-])(?P=sign){1,79}\s{1,20}(?P<apart>[^\s=*~#-].{0,100}?)\s{1,20}(?P=sign){2,80}"
    r"|(?P<close>[=*~-])(?P=close){2,79}(?P<tight>[^\s=*~-].{0,100}?)(?P=close){3,80}"
    r"|={2}(?P<pair>[^\s=][^=]{0,100})={2}|\[(?P<boxed>[^\]\[]{2,80})\])\s*"
)
"""A heading between signs; only `#` needs none behind it: `== is an operator` is a sentence."""
_CALLED = re.compile(
    r"\s{0,3}(?:category|section|topic|chapter|kategorie|thema)\s{0,3}[:：]\s*(?P<text>\S.{0,120})",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\W{0,8}(?P<text>(?:unit|part|section|module|chapter|round|level|lesson|kapitel|teil|unidad|раздел)"
    r"\s{1,3}(?:\d{1,3}|[IVX]{1,6})\b(?:\W{1,8}\w.{0,80}?)?)[:\s]{0,8}",
    re.IGNORECASE,
)
_RULER_SIGNS = frozenset("%-=*_~#+")
LONGEST = 140
"""A heading is no longer than this many characters."""


def is_bulleted(line: str) -> bool:
    """Say whether a line is an item of a list without numbers."""
    return line.lstrip()[:2] in ("- ", "* ", "• ", "+ ")


def is_ruler(line: str) -> bool:
    """Say whether a line only separates: `---`, `===`, `%` and the like."""
    bare = line.strip()
    return bare[:1] in _RULER_SIGNS and len(line) <= 240 and RULER.fullmatch(line) is not None


def framed_heading(line: str) -> str | None:
    """Return the heading in `== SQL ==`, `## SQL`, `[SQL]`, `Category: SQL` or `Unit 1: SQL`."""
    if len(line) > LONGEST:
        return None
    if found := _CALLED.fullmatch(line):
        return found["text"].strip()
    if (found := _PART.fullmatch(line)) and line.rstrip()[-1] not in ".?!,;":
        return found["text"].strip(" :")
    if found := _FRAMED.fullmatch(line):
        text = next(filter(None, found.group("text", "apart", "tight", "pair", "boxed")), "")
        return text.strip() or None
    return None


def is_underline(line: str) -> bool:
    """Say whether a line underlines the one above it."""
    return len(line) <= 240 and _UNDERLINE.fullmatch(line) is not None


def in_capitals(line: str) -> bool:
    """Say whether a line is a heading in bare capitals."""
    text = line.strip()
    return (
        len(text) <= 60
        and text.upper() == text
        and sum(char.isupper() for char in text) >= 3
        and text[-1] not in ".?!;,"
        and not any(char in text for char in '=;{}<>"')
    )


def heading_ending_at(
    lines: Sequence[str], index: int, first: int, underlined: bool = True
) -> Heading | None:
    """Return the heading whose last line is at `index`.

    Lines before `first` belong to something else; `underlined` allows for underlined ones.
    """
    line = lines[index]
    if line.startswith("\\"):
        return None
    free = index == 0 or not lines[index - 1].strip() or is_ruler(lines[index - 1])
    if underlined and is_underline(line) and index - 1 >= first and (text := lines[index - 1].strip()):
        over = index - 2
        if over >= first and is_underline(lines[over]) and not is_ruler(text):
            return Heading(text, over, "under")
        fits = abs(len(text) - len(line.strip())) <= 4 + len(text) // 8 and len(text) <= LONGEST
        if fits and (over < first or not lines[over].strip()) and not is_ruler(text):
            return Heading(text, index - 1, "under" + line.strip()[0])
    closed = line.strip()[:3] in ("===", "***", "---", "~~~") and line.strip()[-3:] == line.strip()[:3]
    if (free or closed) and (framed := framed_heading(line)) is not None:
        return Heading(framed, index, "framed" + line.strip()[0].lower())
    if free and line.strip() and in_capitals(line):
        return Heading(line.strip(), index, "capitals")
    return None


def is_short_title(lines: Sequence[str], index: int, colon: bool = False) -> bool:
    """Say whether a line may head what stands right below it: short, no sentence, free above.

    With `colon` it may end in one. It takes more than this line to tell that it does.
    """
    text = lines[index].strip()
    if colon:
        text = text.rstrip(":：")
    if not 1 < len(text) <= 60 or text[-1] in ".?!,;:…？。：" or len(text.split()) > 8:
        return False
    free = index == 0 or not lines[index - 1].strip() or is_ruler(lines[index - 1])
    return free and any(map(str.isalpha, text)) and text[0] not in "-*•‣◦·+–>=|(\"'“`<{[#"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its words, the index of its first line, and what kind it is."""

    text: str
    start: int
    kind: str


def trailing_headings(
    lines: Sequence[str], start: int, end: int, first: int, underlined: bool
) -> tuple[int, list[Heading]]:
    """Return where the body of `lines[start:end]` ends, and the headings after it.

    Nothing before `first` is taken for a heading.
    """
    headings: list[Heading] = []
    index = end - 1
    while index >= start:
        if not lines[index].strip():
            index -= 1
        elif index >= first and (heading := heading_ending_at(lines, index, first, underlined)):
            headings.insert(0, heading)
            index = heading.start - 1
        elif is_ruler(lines[index]):
            index -= 1
        else:
            break
    return index + 1, headings
