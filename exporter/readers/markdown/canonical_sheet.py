"""Our own sheets of answers, read back exactly; their form is written down with the exporter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exporter.model.question_numbers import NUMBER_SUFFIX, parse_label, parse_number
from exporter.model.questions import (
    Block,
    CodeBlock,
    Line,
    ListBlock,
    Paragraph,
    Question,
    QuestionSet,
    Quote,
    Text,
)
from exporter.readers import ReadResult, SourceText
from exporter.readers.markdown.blocks import convert_table, display_formula
from exporter.readers.markdown.cue_bold import remove_cue_bold
from exporter.readers.markdown.formulas import fenced_formula
from exporter.readers.markdown.frontmatter import FrontMatter
from exporter.readers.markdown.inline import Segment, split_segments
from exporter.readers.markdown.parser import Node, parse_inline
from exporter.readers.markdown.task_lists import replace_task_box
from exporter.readers.span_builder import merge_texts, span_text

if TYPE_CHECKING:
    from markdown_it.token import Token

MARKER = "<!-- exporter: answers, form 2 -->"
FIRST_MARKER = "<!-- exporter: answers, form 1 -->"
"""Sheets of this form have no bold of cues."""
SOURCE_MARKER = "<!-- exporter: questions, form 1 -->"
_MARKERS = (MARKER, FIRST_MARKER, SOURCE_MARKER)
DETAILS = "<!-- details -->"
NO_CATEGORY = "<!-- no category -->"
CONTINUED = "<!-- continued -->"

_ANCHOR = '<a id="q-'
_NUMBER = re.compile(rf"(?P<number>\d{{1,6}}(?:{NUMBER_SUFFIX})?)\.(?: |$)")
_TAG = re.compile(r"(?:\\.|,(?! )|[^\\,])+")


def has_canonical_marker(lines: Sequence[str]) -> bool:
    """Return whether the first line with words is the marker of our own form."""
    return next(filter(None, map(str.strip, lines)), "") in _MARKERS


def is_canonical(nodes: Sequence[Node]) -> bool:
    """Say whether a file is a sheet of answers that we wrote, or a source in the form of one."""
    return bool(nodes) and nodes[0].kind == "html_block" and nodes[0].token.content.strip() in _MARKERS


@dataclass(slots=True)
class _Entry:
    """A question of the sheet: its heading, and what stands below it."""

    heading: Node
    category: str | None
    below: list[Node] = field(default_factory=list)


def read_canonical(source: SourceText, matter: FrontMatter, nodes: Sequence[Node]) -> ReadResult:
    """Return the questions of a sheet of answers."""
    title = matter.title
    has_bold_cues = nodes[0].token.content.strip() == MARKER
    category: str | None = None
    entries: list[_Entry] = []
    above: list[Node] = []
    for node in nodes[1:]:
        inline = node.children[0].token if node.kind == "heading" and node.children else None
        if inline is None:
            (entries[-1].below if entries else above).append(node)
        elif _ANCHOR in inline.content:
            entries.append(_Entry(node, category))
        elif node.token.tag == "h1":
            title = span_text(_line(node))
        else:
            category = None if NO_CATEGORY in inline.content else span_text(_line(node))
    preamble = [node for node in above if not _is_contents(node)]
    questions = tuple(_question(source, entry, has_bold_cues) for entry in entries)
    return ReadResult(
        QuestionSet(questions, title, source.path, matter.deck, matter.language, _blocks(preamble)),
        tuple(matter.diagnostics),
    )


def _question(source: SourceText, entry: _Entry, has_bold_cues: bool) -> Question:
    below = entry.below
    details = next((at for at, node in enumerate(below) if _is_comment(node, DETAILS)), len(below))
    rule = next((at for at, node in enumerate(below[:details]) if node.kind == "hr"), -1)
    content = entry.heading.children[0].token.content
    found = _NUMBER.match(content)
    inline = parse_inline(content[found.end() :] if found else content)
    line = _joined(split_segments(_before_anchor(inline), images=False, exact=True))
    line = _without_last_space(line)
    rest = list(below[: max(rule, 0)])
    lines: list[Line] = [line] if line else []
    if len(rest) > 1 and _is_comment(rest[0], CONTINUED):
        lines = [line, *_hard_lines(rest[1])]
        rest = rest[2:]
    asked: tuple[Block, ...] = (Paragraph(tuple(lines)),) if lines else ()
    said = _details(below[details + 1 :])
    answer = below[rule + 1 : details]
    if has_bold_cues:
        remove_cue_bold(answer)
    return Question(
        asked + _blocks(rest),
        _blocks(answer),
        parse_number(found["number"]) if found else None,
        entry.category,
        said.tags,
        said.cues,
        said.notes,
        said.id,
        source.span(entry.heading.line + 1),
        parse_label(found["number"]) if found else None,
    )


def _before_anchor(tokens: Sequence[Token]) -> Sequence[Token]:
    for at, token in enumerate(tokens):
        if token.type == "html_inline" and token.content.startswith(_ANCHOR):
            return tokens[:at]
    return tokens


def _without_last_space(line: Line) -> Line:
    """Return a heading's line without the space between it and its anchor."""
    if line and isinstance(last := line[-1], Text) and last.text.endswith(" "):
        rest = last.text[:-1]
        return (*line[:-1], Text(rest)) if rest else line[:-1]
    return line


@dataclass(slots=True)
class _Details:
    tags: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    notes: str | None = None
    id: str | None = None


def _details(nodes: Sequence[Node]) -> _Details:
    """Return what the list after the answer says of the question."""
    said = _Details()
    for item in nodes[0].children if nodes and nodes[0].kind == "bullet_list" else ():
        if not item.children or item.children[0].kind != "paragraph":
            continue
        raw = item.children[0].children[0].token.content
        label, _, value = raw.partition(":")
        value = value.removeprefix(" ")
        match label:
            case "Tags":
                said.tags = tuple(_plain(tag.removeprefix(" ")) for tag in _TAG.findall(value))
            case "Cues":
                listed = item.children[1].children if len(item.children) > 1 else []
                said.cues = tuple(span_text(_item_line(cue)) for cue in listed)
            case "Notes":
                said.notes = "\n".join(part.text for part in _parts(item.children[0]))[len("Notes: ") :]
            case "Id":
                said.id = _plain(value)
    return said


def _plain(text: str) -> str:
    return span_text(_joined(split_segments(parse_inline(text), images=False, exact=True)))


def _blocks(nodes: Sequence[Node]) -> tuple[Block, ...]:
    return tuple(block for node in nodes for block in _node_blocks(node))


def _node_blocks(node: Node) -> tuple[Block, ...]:
    match node.kind:
        case "paragraph":
            parts = _parts(node)
            images = [part.image for part in parts if part.image]
            return tuple(images) if images else (Paragraph(tuple(_hard_lines(node))),)
        case "ordered_list" if _is_lines(node):
            return (Paragraph(tuple(map(_item_line, node.children))),)
        case "ordered_list" | "bullet_list":
            start = node.token.attrGet("start")
            items = tuple(replace_task_box(item, _blocks(item.children)) for item in node.children)
            ordered = node.kind == "ordered_list"
            return (ListBlock(items, ordered, int(start) if start is not None and ordered else 1),)
        case "math_block":
            return (display_formula(node.token.content),)
        case "fence" if (tex := fenced_formula(node.token)) is not None:
            surrounded = len(node.token.markup) % 2 == 0
            return (display_formula(f"\n{tex}\n" if surrounded else tex),)
        case "fence":
            from markdown_it.common.utils import unescapeAll

            return (CodeBlock(node.token.content.removesuffix("\n"), unescapeAll(node.token.info).strip()),)
        case "blockquote":
            return (Quote(_blocks(node.children)),)
        case "table":
            return (convert_table(node, exact=True),)
        case _:
            return ()


def _is_lines(node: Node) -> bool:
    """Say whether a list holds the lines of a paragraph: these are numbered `1.`, others `1)`."""
    return node.kind == "ordered_list" and node.token.markup == "."


def _parts(node: Node) -> list[Segment]:
    return [
        part
        for child in node.children
        for part in split_segments(child.token.children or (), exact=True)
    ]  # fmt: skip


def _joined(parts: Sequence[Segment]) -> Line:
    return merge_texts([span for part in parts for span in part.line])


def _line(node: Node) -> Line:
    return _joined(_parts(node))


def _hard_lines(node: Node) -> list[Line]:
    """Return a paragraph's lines; only a hard line break ends one."""
    lines: list[list[Segment]] = [[]]
    for part in _parts(node):
        lines[-1].append(part)
        if part.hard:
            lines.append([])
    return list(map(_joined, lines))


def _item_line(item: Node) -> Line:
    return _line(item.children[0]) if item.children and item.children[0].kind == "paragraph" else ()


def _is_comment(node: Node, comment: str) -> bool:
    return node.kind == "html_block" and node.token.content.strip() == comment


def _is_contents(node: Node) -> bool:
    """Say whether a list is the sheet's table of contents."""
    stack = [node]
    while stack:
        each = stack.pop()
        for token in each.token.children or ():
            if token.type == "link_open" and str(token.attrGet("href")).startswith("#q-"):
                return True
        stack.extend(each.children)
    return False
