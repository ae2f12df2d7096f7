"""Lines of note-taking programs: comments, properties of blocks, texts of footnotes, contents, toggles."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from exporter.readers.labels.metadata import split_tags

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
    # indented, they are below the bullet of a block
    r"|\s+(?:id::\s+\S+|(?:alias|template|template-including-parent|icon|public)::(?:\s.*)?)\s*"
)
_CONTENTS = re.compile(
    r"\s*(?:[-*+]\s+)?(?:\[toc\]|\[\[_?toc_?\]\]|\$?\{+:?\s*toc\s*\}+|<!--\s*toc\s*-->|@\[toc\](?:\(.*\))?)\s*",
    re.IGNORECASE,
)
"""A line at whose place a program inserts the table of contents: Typora, GitLab, Logseq, kramdown."""

_CONTENTS_TITLE = re.compile(
    r"\s*[*_]{0,3}(?:table of contents|contents|toc)\b:?[*_]{0,3}:?(?:\s+\*?generated (?:with|by) .*)?\s*",
    re.IGNORECASE,
)
_LONE_ITEM = re.compile(r"(?:[-*+]|1[.)])\s+\S.{0,60}")
_CONTENTS_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+\[.*\]\(#")
_TOGGLE = re.compile(
    r"(?P<indent>\s*(?:>\s?)*)(?P<mark>(?:[-*+]|#{1,6}|\d+[.)])\s+)?[▶▷▸▹►▻▼▽▾▿⏵⏷]\ufe0f?\s+(?=\S)"
)
"""The triangle of a list that is opened and closed, at the start of a line."""

_TAG_LINE = re.compile(
    r"\s*(?:#?tags?:(?P<named>.+)|#tags?\s+(?P<text>\S.*)|(?P<tags>#[^\s#]+(?:[\s,]+#[^\s#]+)*))\s*",
    re.IGNORECASE,
)
_LINKED_TAG = re.compile(r"\[#([^\s\[\]#]+)\]\(\)")
_TAG_LINKS = re.compile(rf"\s*{_LINKED_TAG.pattern}(?:\s*{_LINKED_TAG.pattern})*\s*")
_SIGNS = re.compile(r"%|\]\(\)|::|\[\^|[▶▷▸▹►▻▼▽▾▿⏵⏷]|toc_?\b|contents", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\s{0,3}\[\^(?P<name>[^\]\s]{1,100})\]:\s*(?P<text>.*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,100})\]")
_OTHER_BLOCK = re.compile(r"\s{0,3}(?:#{1,6}\s|>|`{3}|~{3}|\||<|[-*+]\s|\d+[.)]\s|[-=*_]{3,}\s*$)")
_INDENTED = re.compile(r"(?: {2,}|\t)\S")


@dataclass(slots=True)
class NoteLines:
    """The lines of a file, in which those of note-taking programs are blank.

    `comments`, `properties` and `contents` are line ranges (from 0, the end excluded); `footnotes` are texts
    by name, and `line_tags` the tags of lines (from 0) that have only tags. `title` and `tags` are those of
    the page.
    """

    lines: list[str]
    comments: list[tuple[int, int]] = field(default_factory=list)
    properties: list[tuple[int, int]] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    line_tags: dict[int, tuple[str, ...]] = field(default_factory=dict)
    title: str | None = None
    tags: tuple[str, ...] = ()


def extract_note_lines(lines: Sequence[str]) -> NoteLines:
    """Remove the lines of note-taking programs from a file, but not from its code."""
    notes = NoteLines(list(lines))
    text = "\n".join(lines)
    if not _SIGNS.search(text):
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
    elif _CONTENTS.fullmatch(line) or (_CONTENTS_TITLE.fullmatch(line) and _is_above_contents(notes, index)):
        # kramdown replaces the list above its mark
        is_below_list = line.lstrip().startswith("{:") and _LONE_ITEM.fullmatch(notes.lines[index - 1])
        start = index - 1 if is_below_list else index
        notes.lines[start : index + 1] = [""] * (index + 1 - start)
        notes.contents.append((start, index + 1))
    elif (tags := _read_tag_line(notes, index)) is not None:
        notes.line_tags[index] = tags
        if notes.lines[index - 1].strip() == "%":
            notes.lines[index - 1] = ""
        notes.lines[index] = ""
    elif match := _TOGGLE.match(line):
        # the mark is as wide as that of a bullet
        notes.lines[index] = match["indent"] + (match["mark"] or "- ") + line[match.end() :]
    elif "%%" in line and len(line) <= MAX_COMMENTED_CHARS:
        rest = _strip_comments(line)
        if rest != line:
            notes.lines[index] = rest
            notes.comments.append((index, index + 1))
    return index + 1


def _read_tag_line(notes: NoteLines, index: int) -> tuple[str, ...] | None:
    """Return the tags of a line below a `%` that ends an answer, or of one of links without targets."""
    line = notes.lines[index]
    if _TAG_LINKS.fullmatch(line):
        return tuple(_LINKED_TAG.findall(line))
    if index == 0 or notes.lines[index - 1].strip() != "%" or not (match := _TAG_LINE.fullmatch(line)):
        return None
    return tuple(split_tags(match["named"] or match["text"] or match["tags"]))


def _is_above_contents(notes: NoteLines, index: int) -> bool:
    """Return whether the next line with text is an entry of a table of contents."""
    below = next((line for line in notes.lines[index + 1 : index + 4] if line.strip()), "")
    return _CONTENTS_ITEM.match(below) is not None


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
