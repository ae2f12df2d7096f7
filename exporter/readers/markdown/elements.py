"""The blocks of a Markdown file as a flat sequence of elements.

Lists whose items begin with headings or labelled questions are flattened, and so is `details`, since they
contain questions and answers as the top level does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from exporter.model.questions import Paragraph, Strong
from exporter.readers.html import PieceKind, parse_html
from exporter.readers.labels import patterns
from exporter.readers.markdown import navigation
from exporter.readers.markdown.blocks import convert_node, read_segments
from exporter.readers.markdown.callouts import QUESTION_CALLOUT, iter_callout_events
from exporter.readers.markdown.card_lists import CARD_LIST, iter_card_list_events
from exporter.readers.markdown.definition_lists import iter_definition_events, iter_entry_events
from exporter.readers.markdown.details_tags import are_balanced, find_details_tags, iter_inner_tags
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.parser import Node
from exporter.readers.span_builder import drop_prefix, join_lines

_HTML_BREAKS = re.compile(r"(?:\s{0,20}<(?:br|hr)\s{0,4}/?>){1,20}\s{0,20}", re.IGNORECASE)
_HEADING_SIGNS = frozenset("=-~─━*_ ")
"""A line of a heading with only these is the underline of a heading above it."""

_SEPARATORS = (ElementKind.HEADING, ElementKind.RULE, ElementKind.NAVIGATION, ElementKind.DETAILS_END)
_HEADING_WITHOUT_SPACE = re.compile(r"(#{2,6})(?=[^\s#])")


def read_elements(nodes: Sequence[Node], skip_contents: bool = True) -> list[Element]:
    """Return the elements of a file.

    With `skip_contents`, tables of contents are navigation, and not tables with questions.
    """
    tags = find_details_tags(nodes)
    reader = _ElementReader(skip_contents, bool(tags), are_balanced(tags))
    for node in nodes:
        reader.add_node(node, None)
    return reader.elements


@dataclass(slots=True)
class _ElementReader:
    """The elements read so far, and the `details` and `summary` that are open.

    `has_details` is set if the file has `details`, `is_balanced` if each is closed, and `after_break` after a
    `<br>` or `<hr>` as a block.
    """

    skip_contents: bool
    has_details: bool
    is_balanced: bool
    elements: list[Element] = field(default_factory=list)
    depth: int = 0
    summary: Element | None = None
    after_break: bool = False

    def _add(self, element: Element) -> None:
        if self.summary is not None and element.kind not in (ElementKind.DETAILS_END, ElementKind.SUMMARY):
            self.summary.own_blocks += element.blocks
            return
        element.in_details, element.depth = self.depth > 0, self.depth
        above = self.elements[-1].kind if self.elements else ElementKind.HEADING
        element.is_separated = self.after_break or above in _SEPARATORS
        self.after_break = False
        self.elements.append(element)

    def add_node(self, node: Node, number: int | None) -> None:
        """Add the elements of a node; `number` is that of the list item that it begins."""
        match node.kind:
            case "heading":
                self._add_heading(node, number)
            case "paragraph":
                parts = read_segments(node)
                count = end = len(parts)
                while end > 1 and navigation.is_navigation(parts[end - 1 : end]):
                    end -= 1
                parts = parts[:end]
                heading = _HEADING_WITHOUT_SPACE.match(parts[0].text) if len(parts) == 1 else None
                if heading:
                    line = navigation.strip_arrow_links(drop_prefix(parts[0].line, heading.end()))
                    parts = [Segment(line)] if line else []
                    self._add(Element(ElementKind.HEADING, node.line, parts, node, (), len(heading[1])))
                elif navigation.is_navigation(parts):
                    self._add(Element(ElementKind.NAVIGATION, node.line, parts, node))
                else:
                    self._add(Element(ElementKind.PARAGRAPH, node.line, parts, node, number=number))
                if len(parts) < count:
                    self._add(Element(ElementKind.NAVIGATION, node.line + len(parts), node=node))
            case "ordered_list" | "bullet_list":
                self._add_list(node)
            case "html_block":
                self._add_html(node)
                return
            case "code_block" if navigation.is_back_link(node.token.content):
                self._add(Element(ElementKind.NAVIGATION, node.line, node=node))
            case "hr":
                self._add(Element(ElementKind.RULE, node.line, node=node))
            case "blockquote" if (question := _find_quoted_question(node)) is not None:
                self._add(Element(ElementKind.PARAGRAPH, node.line, question, node, number=number))
            case "blockquote" if [child.kind for child in node.children] == ["paragraph"]:
                parts = read_segments(node.children[0])
                self._add(
                    Element(ElementKind.PARAGRAPH, node.line, parts, node, number=number, is_quoted=True)
                )
            case _ if node.kind == CARD_LIST:
                events = tuple(iter_card_list_events(node.children[0]))
                self._add(Element(ElementKind.CARDS, node.line, node=node, events=events))
            case _ if node.kind == QUESTION_CALLOUT:
                events = tuple(iter_callout_events(node))
                self._add(Element(ElementKind.CARDS, node.line, node=node, events=events))
            case "dl":
                events = tuple(iter_definition_events(node))
                self._add(Element(ElementKind.CARDS, node.line, node=node, events=events))
            case "table":
                is_contents = self.skip_contents and navigation.is_contents_table(node)
                kind = ElementKind.NAVIGATION if is_contents else ElementKind.TABLE
                self._add(Element(kind, node.line, node=node))
            case _:
                self._add(Element(ElementKind.BLOCK, node.line, node=node))
        if self.has_details:
            self._count_details(node)

    def _add_heading(self, node: Node, number: int | None) -> None:
        parts = read_segments(node, images=False)
        underlined = node.token.markup == "-" and bool(parts)
        if underlined and (
            len(parts) > 1
            or parts[0].text.endswith((".", ":"))
            or patterns.match_answer_label(parts[0].text, letters=True) is not None
        ):
            # a thematic break between two questions made the paragraph above it a heading
            self._add(Element(ElementKind.PARAGRAPH, node.line, parts, node))
            self._add(Element(ElementKind.RULE, node.end - 1))
            return
        words = join_lines([part.line for part in parts if set(part.text) - _HEADING_SIGNS])
        line = navigation.strip_arrow_links(words)
        if parts and not line:
            self._add(Element(ElementKind.NAVIGATION if words else ElementKind.RULE, node.line, parts, node))
            return
        parts = [Segment(line)] if line else []
        self._add(Element(ElementKind.HEADING, node.line, parts, node, (), int(node.token.tag[1:]), number))

    def _add_list(self, node: Node) -> None:
        if not is_question_list(node):
            self._add(Element(ElementKind.LIST, node.line, node=node))
            return
        for item in node.children:
            digits = item.token.info
            number = int(digits) if node.kind == "ordered_list" and digits.isdigit() else None
            for index, child in enumerate(item.children):
                self.add_node(child, None if index else number)

    def _add_html(self, node: Node) -> None:
        # a block of only breaks is short; the limit is unmeasured
        if _HTML_BREAKS.fullmatch(node.token.content[:400]):
            self.after_break = True
            return
        embedded = map(convert_node, node.children) if node.children else None
        for piece in parse_html(node.token.content, embedded):
            line = node.line + piece.line
            match piece.kind:
                case PieceKind.DETAILS_START:
                    self._open_details()
                case PieceKind.DETAILS_END:
                    self._close_details(line)
                case PieceKind.SUMMARY_START:
                    self.summary = None
                    self._add(Element(ElementKind.SUMMARY, line))
                    self.summary = self.elements[-1]
                case PieceKind.SUMMARY_END:
                    self.summary = None
                case PieceKind.HEADING if isinstance(first := piece.blocks[0], Paragraph):
                    parts = [Segment(join_lines(list(first.lines)))]
                    self._add(Element(ElementKind.HEADING, line, parts, level=piece.level))
                case PieceKind.TABLE:
                    rows = tuple(replace(row, line=node.line + row.line) for row in piece.rows)
                    cells = ((cell.blocks for cell in row.cells) for row in rows)
                    is_contents = self.skip_contents and navigation.are_contents_rows(cells)
                    kind = ElementKind.NAVIGATION if is_contents else ElementKind.TABLE
                    self._add(Element(kind, line, own_blocks=piece.blocks, rows=rows))
                case PieceKind.DEFINITIONS:
                    events = tuple(iter_entry_events(piece.entries, node.line))
                    self._add(Element(ElementKind.CARDS, line, own_blocks=piece.blocks, events=events))
                case _:
                    is_navigation = navigation.are_links(piece.blocks)
                    kind = ElementKind.NAVIGATION if is_navigation else ElementKind.BLOCK
                    self._add(Element(kind, line, own_blocks=piece.blocks))

    def _count_details(self, node: Node) -> None:
        """Follow the tags of `details` in a paragraph or a list."""
        for token in iter_inner_tags(node):
            if token.startswith("</summary"):
                self.summary = None
            elif token.startswith("</details") and (self.depth or self.summary):
                self._close_details(node.end - 1)
            elif token.startswith("<details"):
                self._open_details()

    def _open_details(self) -> None:
        self.depth = self.depth + 1 if self.is_balanced else 1

    def _close_details(self, line: int) -> None:
        self.summary = None
        depth, self.depth = self.depth, max(0, self.depth - 1) if self.is_balanced else 0
        self._add(Element(ElementKind.DETAILS_END, line))
        self.elements[-1].depth = depth


def _find_quoted_question(node: Node) -> Sequence[Segment] | None:
    """Return the only line of a quotation, if it is a question in bold or with a word such as “第3题”."""
    if len(node.children) != 1 or node.children[0].kind != "paragraph":
        return None
    parts = read_segments(node.children[0])
    is_bold = len(parts) == 1 and len(parts[0].line) == 1 and isinstance(parts[0].line[0], Strong)
    if len(parts) == 1 and patterns.COUNTER_WORD.match(parts[0].text):
        return parts
    return parts if is_bold and parts[0].asks else None


def is_question_list(node: Node) -> bool:
    """Return whether the items of a list are headings, `details` or labelled questions with numbers."""
    first = [item.children[0] for item in node.children if item.children]
    if any(child.kind == "heading" or _is_details(child) for child in first):
        return True
    lines = [parts[0] for child in first if child.kind == "paragraph" and (parts := read_segments(child))]
    asking = sum(line.marker is not None and line.marker.style[0] == "q" for line in lines)
    if not asking:
        return False
    answering = sum(patterns.match_answer_label(line.text, letters=True) is not None for line in lines)
    if asking == 1 and len(first) == 1:
        # the number is that of the item, as in `1. Question: …`
        return patterns.UNNUMBERED_WORD.match(lines[0].text) is not None
    # most items are questions, or questions and answers; unmeasured
    return asking + min(asking, answering) > 1 and (asking + min(asking, answering)) * 2 > len(first)


def _is_details(node: Node) -> bool:
    return node.kind == "html_block" and node.token.content.lstrip()[:8].lower() == "<details"
