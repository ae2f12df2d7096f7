"""Lines of note programs: comments between `%%`, properties of Logseq, and the texts of footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

MAX_COMMENT_LINES = 200
"""A comment of more lines is taken for two signs that do not belong together; unmeasured."""

_FENCE = re.compile(r"\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})")
_COMMENT = re.compile(r" ?(?<![\w%])%%(?!%)((?:[^%]|%(?!%))+)%%(?![\w%])")
MAX_COMMENTED_CHARS = 5_000
"""In a longer line no comment is looked for: code in it is sought in quadratic time; unmeasured."""

_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_PROPERTY = re.compile(
    r"\s*(?:[-*+]\s+)?(?:"
    r"id::\s+[0-9a-f]{8}-[0-9a-f-]{27}|collapsed::\s+(?:true|false)|heading::\s+(?:true|\d)"
    r"|(?:card-[a-z-]+|logseq\.[\w.-]+|ls-type|hl-[a-z-]+|background-color|created-at|updated-at|query-[a-z-]+"
    r"|exclude-from-graph-view)::(?:\s.*)?)\s*"
)
_FOOTNOTE = re.compile(r"\s{0,3}\[\^(?P<name>[^\]\s]{1,100})\]:\s*(?P<text>.*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,100})\]")
_OTHER_BLOCK = re.compile(r"\s{0,3}(?:#{1,6}\s|>|`{3}|~{3}|\||<|[-*+]\s|\d+[.)]\s|[-=*_]{3,}\s*$)")
_INDENTED = re.compile(r"(?: {2,}|\t)\S")


@dataclass(slots=True)
class NoteLines:
    """A file's lines, in which those of note programs are blank, and what these were.

    `comments` and `properties` are runs of lines; `footnotes` are the texts by their names.
    """

    lines: list[str]
    comments: list[tuple[int, int]] = field(default_factory=list)
    properties: list[tuple[int, int]] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)


def extract_note_lines(lines: Sequence[str]) -> NoteLines:
    """Take the lines of note programs out of a file; code keeps all of its lines."""
    notes = NoteLines(list(lines))
    whole = "\n".join(lines)
    if not any(sign in whole for sign in ("%%", "::", "[^")):
        return notes
    referred = {
        name
        for line in (lines if "[^" in whole else ())
        if not _FOOTNOTE.match(line)
        for name in _REFERENCE.findall(line)
    }
    fence = ""
    done = 0
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif index >= done:
            done = _take_line(notes, index, referred)
    return notes


def _take_line(notes: NoteLines, index: int, referred: Set[str]) -> int:
    """Take a line, if it is one of a note program, and return the index of the next one to look at."""
    line = notes.lines[index]
    if _PROPERTY.fullmatch(line):
        notes.lines[index] = ""
        notes.properties.append((index, index + 1))
    elif (found := _FOOTNOTE.match(line)) and found["name"] in referred:
        return _take_footnote(notes, index, found)
    elif line.strip().startswith("%%") and line.count("%%") == 1:
        return _take_comment(notes, index)
    elif "%%" in line and len(line) <= MAX_COMMENTED_CHARS:
        without = _without_comments(line)
        if without != line:
            notes.lines[index] = without
            notes.comments.append((index, index + 1))
    return index + 1


def _take_comment(notes: NoteLines, start: int) -> int:
    """Blank a comment of several lines, if it ends."""
    for index in range(start + 1, min(start + MAX_COMMENT_LINES, len(notes.lines))):
        if notes.lines[index].rstrip().endswith("%%"):
            notes.lines[start : index + 1] = [""] * (index + 1 - start)
            notes.comments.append((start, index + 1))
            return index + 1
        if "%%" in notes.lines[index]:
            break
    return start + 1


def _without_comments(line: str) -> str:
    code = [match.span() for match in _CODE.finditer(line)]

    def kept(found: re.Match[str]) -> str:
        in_code = any(start < found.start() < end or start < found.end() < end for start, end in code)
        return found[0] if in_code or not any(map(str.isalpha, found[1])) else ""

    return _COMMENT.sub(kept, line).rstrip()


def _take_footnote(notes: NoteLines, start: int, found: re.Match[str]) -> int:
    """Blank the lines of a footnote, and keep its text."""
    texts = [found["text"].strip()]
    index = start + 1
    while index < len(notes.lines):
        line = notes.lines[index]
        following = notes.lines[index + 1] if index + 1 < len(notes.lines) else ""
        goes_on = line.strip() or _INDENTED.match(following)
        if not goes_on or _FOOTNOTE.match(line) or (_OTHER_BLOCK.match(line) and not _INDENTED.match(line)):
            break
        texts.append(line.strip())
        index += 1
    notes.lines[start:index] = [""] * (index - start)
    notes.footnotes.setdefault(found["name"], " ".join(filter(None, texts)))
    return index
