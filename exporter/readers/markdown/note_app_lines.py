"""Lines of note-taking programs: comments between `%%`, properties of Logseq, texts of footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

MAX_COMMENT_LINES = 200
"""Two signs with more lines between them are not a comment; unmeasured."""

_FENCE = re.compile(r"\s*(?:>\s*)*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})")
_COMMENT = re.compile(r" ?(?<![\w%])%%(?!%)((?:[^%]|%(?!%))+)%%(?![\w%])")
MAX_COMMENTED_CHARS = 5_000
"""A longer line is not searched for comments, since finding code takes quadratic time; unmeasured."""

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
    """The lines of a file, in which those of note-taking programs are blank.

    `comments` and `properties` are line ranges (from 0, the end excluded); `footnotes` are texts by name.
    """

    lines: list[str]
    comments: list[tuple[int, int]] = field(default_factory=list)
    properties: list[tuple[int, int]] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)


def extract_note_lines(lines: Sequence[str]) -> NoteLines:
    """Remove the lines of note-taking programs from a file, but not from its code."""
    notes = NoteLines(list(lines))
    text = "\n".join(lines)
    if not any(sign in text for sign in ("%%", "::", "[^")):
        return notes
    references = {
        name
        for line in (lines if "[^" in text else ())
        if not _FOOTNOTE.match(line)
        for name in _REFERENCE.findall(line)
    }
    fence = ""
    next_index = 0
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif index >= next_index:
            next_index = _extract_line(notes, index, references)
    return notes


def _extract_line(notes: NoteLines, index: int, references: Set[str]) -> int:
    """Blank a line of a note-taking program; return the index of the next line to read."""
    line = notes.lines[index]
    if _PROPERTY.fullmatch(line):
        notes.lines[index] = ""
        notes.properties.append((index, index + 1))
    elif (match := _FOOTNOTE.match(line)) and match["name"] in references:
        return _extract_footnote(notes, index, match)
    elif line.strip().startswith("%%") and line.count("%%") == 1:
        return _extract_comment(notes, index)
    elif "%%" in line and len(line) <= MAX_COMMENTED_CHARS:
        rest = _strip_comments(line)
        if rest != line:
            notes.lines[index] = rest
            notes.comments.append((index, index + 1))
    return index + 1


def _extract_comment(notes: NoteLines, start: int) -> int:
    """Blank a comment of several lines, if it is closed; return the index of the next line to read."""
    for index in range(start + 1, min(start + MAX_COMMENT_LINES, len(notes.lines))):
        if notes.lines[index].rstrip().endswith("%%"):
            notes.lines[start : index + 1] = [""] * (index + 1 - start)
            notes.comments.append((start, index + 1))
            return index + 1
        if "%%" in notes.lines[index]:
            break
    return start + 1


def _strip_comments(line: str) -> str:
    code = [match.span() for match in _CODE.finditer(line)]

    def replace(match: re.Match[str]) -> str:
        in_code = any(start < match.start() < end or start < match.end() < end for start, end in code)
        return match[0] if in_code or not any(map(str.isalpha, match[1])) else ""

    return _COMMENT.sub(replace, line).rstrip()


def _extract_footnote(notes: NoteLines, start: int, match: re.Match[str]) -> int:
    """Blank the lines of a footnote and record its text; return the index of the next line to read."""
    texts = [match["text"].strip()]
    index = start + 1
    while index < len(notes.lines):
        line = notes.lines[index]
        following = notes.lines[index + 1] if index + 1 < len(notes.lines) else ""
        continues = line.strip() or _INDENTED.match(following)
        if not continues or _FOOTNOTE.match(line) or (_OTHER_BLOCK.match(line) and not _INDENTED.match(line)):
            break
        texts.append(line.strip())
        index += 1
    notes.lines[start:index] = [""] * (index - start)
    notes.footnotes.setdefault(match["name"], " ".join(filter(None, texts)))
    return index
