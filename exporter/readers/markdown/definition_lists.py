"""Definition lists of Markdown: a term, and below it its meanings, each after a colon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from exporter.model.questions import Paragraph
from exporter.readers.html import HtmlEntry
from exporter.readers.markdown.blocks import convert_node, convert_segments, read_segments
from exporter.readers.markdown.cards import make_card_events
from exporter.readers.markdown.event import Event, EventKind
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.note_app_marks import make_lines, split_rows
from exporter.readers.markdown.parser import Node


def divide_terms(nodes: Sequence[Node], lines: Sequence[str]) -> None:
    """Make terms of the lines right above a meaning that Markdown reads as the end of the meaning before.

    `lines` are those of the file. Such a line is not indented: it continues no meaning on purpose.
    """
    for node in nodes:
        if node.kind == "dl":
            node.children[:] = [
                part
                for child, below in zip(node.children, [*node.children[1:], None], strict=True)
                for part in _divide_meaning(child, below, lines)
            ]


def _divide_meaning(node: Node, below: Node | None, lines: Sequence[str]) -> list[Node]:
    last = node.children[-1] if node.children else None
    if node.kind != "dd" or below is None or below.kind != "dd" or last is None or last.kind != "paragraph":
        return [node]
    line = below.line - 1
    term = lines[line]
    if last.line >= line or not term.strip() or term[0].isspace():
        return [node]
    rows = split_rows(last.children[0].token.children or ())
    count = line - last.line
    if len(rows) != count + 1:
        return [node]
    node.children[-1] = make_lines(last, 0, rows[:count])
    node.end = line
    paragraph = make_lines(last, count, rows[count:])
    token = replace(node.token, type="dt_open", tag="dt")
    return [node, Node("dt", token, line, below.line, paragraph.children)]


def iter_definition_events(node: Node) -> Iterator[Event]:
    """Yield the events of a definition list: its terms are questions, the meanings below them answers.

    Several terms above a meaning are the lines of one question.
    """
    kinds = [child.kind for child in node.children]
    starts = [
        index for index, kind in enumerate(kinds) if kind == "dt" and kinds[index - 1 : index] != ["dt"]
    ]
    for start, end in pairwise([*starts, len(kinds)]):
        entries = node.children[start:end]
        parts = [part for child in entries if child.kind == "dt" for part in read_segments(child)]
        words = [part.line for part in parts if part.image is None]
        pictures = [part.image for part in parts if part.image]
        meanings = [child for child in entries if child.kind == "dd"]
        yield from make_card_events(
            entries[0].line,
            (*((Paragraph(tuple(words)),) if words else ()), *pictures),
            _iter_meanings(meanings),
        )


def _iter_meanings(meanings: Sequence[Node]) -> Iterator[Event]:
    """Yield the content of meanings; those of one paragraph each are the lines of one paragraph."""
    paragraphs = [child for meaning in meanings for child in meaning.children]
    if len(paragraphs) == len(meanings) and all(child.kind == "paragraph" for child in paragraphs):
        parts: list[Segment] = []
        for child in paragraphs:
            parts += read_segments(child)
            if parts:
                parts[-1] = replace(parts[-1], hard=True)
        yield Event(EventKind.CONTENT, meanings[0].line, convert_segments(parts), parts=tuple(parts))
        return
    for child in paragraphs:
        lines = read_segments(child) if child.kind == "paragraph" else ()
        yield Event(EventKind.CONTENT, child.line, convert_node(child), parts=lines)


def iter_entry_events(entries: Sequence[HtmlEntry], first_line: int) -> Iterator[Event]:
    """Yield the events of a definition list in HTML, which begins in this line (from 0).

    The list ends its last answer, as its end tag says.
    """
    groups: list[list[HtmlEntry]] = []
    for entry in entries:
        if not groups or (entry.is_term and not groups[-1][-1].is_term):
            groups.append([])
        groups[-1].append(entry)
    for group in groups:
        lines = [
            line
            for entry in group
            if entry.is_term
            for block in entry.blocks
            if isinstance(block, Paragraph)
            for line in block.lines
        ]
        rest = [
            block
            for entry in group
            if entry.is_term
            for block in entry.blocks
            if not isinstance(block, Paragraph)
        ]
        question = (*((Paragraph(tuple(lines)),) if lines else ()), *rest)
        answer = [
            Event(EventKind.CONTENT, first_line + entry.line, entry.blocks)
            for entry in group
            if not entry.is_term and entry.blocks
        ]
        if question or answer:
            yield from make_card_events(first_line + group[0].line, question, answer)
    yield Event(EventKind.DETAILS_END, first_line + entries[-1].line)
