"""Sheets of answers in the canonical form, which are read back exactly.

The form is documented with the exporter, in `sheets.markdown.sheet`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exporter.model.labels import LABELS
from exporter.model.question_numbers import NUMBER_SUFFIX, parse_label, parse_number
from exporter.model.questions import Block, Line, Paragraph, Question, QuestionSet, Text
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown.canonical_blocks import (
    convert_canonical,
    join_segments,
    read_exact_line,
    read_exact_segments,
    read_hard_lines,
    read_item_line,
)
from exporter.readers.markdown.cue_bold import remove_cue_bold
from exporter.readers.markdown.frontmatter import FrontMatter
from exporter.readers.markdown.inline import split_segments
from exporter.readers.markdown.parser import Node, parse_inline
from exporter.readers.span_builder import span_text

if TYPE_CHECKING:
    from markdown_it.token import Token

MARKER = "<!-- exporter: answers, form 2 -->"
FIRST_MARKER = "<!-- exporter: answers, form 1 -->"
"""The marker of sheets without bold cues."""

SOURCE_MARKER = "<!-- exporter: questions, form 1 -->"
_MARKERS = (MARKER, FIRST_MARKER, SOURCE_MARKER)
DETAILS = "<!-- details -->"
_FIELDS = {
    getattr(labels, name): name for labels in LABELS.values() for name in ("tags", "cues", "notes", "id")
}
"""The fields of the details by their labels, which are in the language of the sheet."""
NO_CATEGORY = "<!-- no category -->"
CONTINUED = "<!-- continued -->"

_ANCHOR = '<a id="q-'
_NUMBER = re.compile(rf"(?P<number>\d{{1,6}}(?:{NUMBER_SUFFIX})?)\.(?: |$)")
_TAG = re.compile(r"(?:\\.|,(?! )|[^\\,])+")


def has_canonical_marker(lines: Sequence[str]) -> bool:
    """Return whether the first line with words is the marker of the canonical form."""
    return next(filter(None, map(str.strip, lines)), "") in _MARKERS


def is_canonical(nodes: Sequence[Node]) -> bool:
    """Return whether a file is a sheet of answers, or a source, in the canonical form."""
    return bool(nodes) and nodes[0].kind == "html_block" and nodes[0].token.content.strip() in _MARKERS


@dataclass(slots=True)
class _Entry:
    """A question of the sheet: its heading, and the blocks below it."""

    heading: Node
    category: str | None
    below: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Metadata:
    tags: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    notes: str | None = None
    id: str | None = None


def read_canonical(source: SourceText, matter: FrontMatter, nodes: Sequence[Node]) -> ReadResult:
    """Return the questions of a sheet in the canonical form."""
    title = matter.title
    has_bold_cues = nodes[0].token.content.strip() == MARKER
    category: str | None = None
    entries: list[_Entry] = []
    preamble: list[Node] = []
    for node in nodes[1:]:
        inline = node.children[0].token if node.kind == "heading" and node.children else None
        if inline is None:
            (entries[-1].below if entries else preamble).append(node)
        elif _ANCHOR in inline.content:
            entries.append(_Entry(node, category))
        elif node.token.tag == "h1":
            title = span_text(read_exact_line(node))
        else:
            category = None if NO_CATEGORY in inline.content else span_text(read_exact_line(node))
    preamble = [node for node in preamble if not _is_contents(node)]
    questions = tuple(_read_question(source, entry, has_bold_cues) for entry in entries)
    return ReadResult(
        QuestionSet(questions, title, source.path, matter.deck, matter.language, convert_canonical(preamble)),
        tuple(matter.diagnostics),
    )


def _read_question(source: SourceText, entry: _Entry, has_bold_cues: bool) -> Question:
    below = entry.below
    details = next((i for i, node in enumerate(below) if _is_comment(node, DETAILS)), len(below))
    rule = next((i for i, node in enumerate(below[:details]) if node.kind == "hr"), -1)
    content = entry.heading.children[0].token.content
    number = _NUMBER.match(content)
    inline = parse_inline(content[number.end() :] if number else content)
    line = join_segments(split_segments(_drop_anchor(inline), images=False, exact=True))
    line = _strip_last_space(line)
    rest = list(below[: max(rule, 0)])
    lines: list[Line] = [line] if line else []
    if len(rest) > 1 and _is_comment(rest[0], CONTINUED):
        lines = [line, *read_hard_lines(rest[1])]
        rest = rest[2:]
    heading: tuple[Block, ...] = (Paragraph(tuple(lines)),) if lines else ()
    metadata = _read_metadata(below[details + 1 :])
    answer = below[rule + 1 : details]
    if has_bold_cues:
        remove_cue_bold(answer)
    return Question(
        heading + convert_canonical(rest),
        convert_canonical(answer),
        parse_number(number["number"]) if number else None,
        entry.category,
        metadata.tags,
        metadata.cues,
        metadata.notes,
        metadata.id,
        source.span(entry.heading.line + 1),
        parse_label(number["number"]) if number else None,
    )


def _drop_anchor(tokens: Sequence[Token]) -> Sequence[Token]:
    for index, token in enumerate(tokens):
        if token.type == "html_inline" and token.content.startswith(_ANCHOR):
            return tokens[:index]
    return tokens


def _strip_last_space(line: Line) -> Line:
    """Return the line of a heading without the space before its anchor."""
    if line and isinstance(last := line[-1], Text) and last.text.endswith(" "):
        rest = last.text[:-1]
        return (*line[:-1], Text(rest)) if rest else line[:-1]
    return line


def _read_metadata(nodes: Sequence[Node]) -> _Metadata:
    """Return the metadata in the list after the answer."""
    metadata = _Metadata()
    for item in nodes[0].children if nodes and nodes[0].kind == "bullet_list" else ():
        if not item.children or item.children[0].kind != "paragraph":
            continue
        text = item.children[0].children[0].token.content
        label, _, value = text.partition(":")
        value = value.removeprefix(" ")
        match _FIELDS.get(label):
            case "tags":
                metadata.tags = tuple(_unescape(tag.removeprefix(" ")) for tag in _TAG.findall(value))
            case "cues":
                cues = item.children[1].children if len(item.children) > 1 else []
                metadata.cues = tuple(span_text(read_item_line(cue)) for cue in cues)
            case "notes":
                lines = (part.text for part in read_exact_segments(item.children[0]))
                metadata.notes = "\n".join(lines)[len(label) + len(": ") :]
            case "id":
                metadata.id = _unescape(value)
    return metadata


def _unescape(text: str) -> str:
    """Return inline Markdown as plain text."""
    return span_text(join_segments(split_segments(parse_inline(text), images=False, exact=True)))


def _is_comment(node: Node, comment: str) -> bool:
    return node.kind == "html_block" and node.token.content.strip() == comment


def _is_contents(node: Node) -> bool:
    """Return whether a list is the table of contents of the sheet."""
    stack = [node]
    while stack:
        inner = stack.pop()
        for token in inner.token.children or ():
            if token.type == "link_open" and str(token.attrGet("href")).startswith("#q-"):
                return True
        stack.extend(inner.children)
    return False
