"""A Markdown file as one run of items: headings, paragraphs, lists, summaries, other blocks.

Lists whose items begin with headings are opened, and so is `details`, since what lies in them
is a question and its answer all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.model.questions import Paragraph, Strong
from exporter.readers.html import PieceKind, parse_html
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.markdown import navigation
from exporter.readers.markdown.blocks import read_segments
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.parser import Node
from exporter.readers.span_builder import drop_prefix, join_lines

_BREAK = re.compile(r"(?:\s{0,20}<(?:br|hr)\s{0,4}/?>){1,20}\s{0,20}", re.IGNORECASE)
_DETAILS = re.compile(r"</?details\b")
_SEPARATORS = (ElementKind.HEADING, ElementKind.RULE, ElementKind.NAVIGATION, ElementKind.DETAILS_END)
_RUN_ON_HEADING = re.compile(r"(#{2,6})(?=[^\s#])")


def read_elements(nodes: Sequence[Node], contents: bool = True) -> list[Element]:
    """Return the items of a file, in its order; `contents` takes tables that lead around it for such."""
    flow = _Flow([], contents=contents, is_balanced=_has_balanced_details(nodes))
    for node in nodes:
        flow.take(node, None)
    return flow.elements


@dataclass(slots=True)
class _Flow:
    elements: list[Element]
    contents: bool = True
    is_balanced: bool = False
    depth: int = 0
    summary: Element | None = None
    broken: bool = False

    def put(self, element: Element) -> None:
        if self.summary is not None and element.kind not in (ElementKind.DETAILS_END, ElementKind.SUMMARY):
            self.summary.own_blocks += element.blocks
            return
        element.in_details, element.depth = self.depth > 0, self.depth
        above = self.elements[-1].kind if self.elements else ElementKind.HEADING
        element.is_separated = self.broken or above in _SEPARATORS
        self.broken = False
        self.elements.append(element)

    def take(self, node: Node, number: int | None) -> None:
        """Put a node's items; `number` is that of the list item it begins."""
        match node.kind:
            case "heading":
                self._heading(node, number)
            case "paragraph":
                parts = read_segments(node)
                count = len(parts)
                while len(parts) > 1 and navigation.is_navigation(parts[-1:]):
                    parts.pop()
                run_on = _RUN_ON_HEADING.match(parts[0].text) if len(parts) == 1 else None
                if run_on:
                    line = navigation.without_arrows(drop_prefix(parts[0].line, run_on.end()))
                    parts = [Segment(line)] if line else []
                    self.put(Element(ElementKind.HEADING, node.line, parts, node, (), len(run_on[1])))
                elif navigation.is_navigation(parts):
                    self.put(Element(ElementKind.NAVIGATION, node.line, parts, node))
                else:
                    self.put(Element(ElementKind.PARAGRAPH, node.line, parts, node, number=number))
                if len(parts) < count:
                    self.put(Element(ElementKind.NAVIGATION, node.line + len(parts), node=node))
            case "ordered_list" | "bullet_list":
                self._list(node)
            case "html_block":
                self._html(node)
                return
            case "code_block" if navigation.is_back_link(node.token.content):
                self.put(Element(ElementKind.NAVIGATION, node.line, node=node))
            case "hr":
                self.put(Element(ElementKind.RULE, node.line, node=node))
            case "blockquote" if (asked := _asked_in_quote(node)) is not None:
                self.put(Element(ElementKind.PARAGRAPH, node.line, asked, node, number=number))
            case "blockquote" if [child.kind for child in node.children] == ["paragraph"]:
                parts = read_segments(node.children[0])
                self.put(
                    Element(ElementKind.PARAGRAPH, node.line, parts, node, number=number, is_quoted=True)
                )
            case "table":
                is_contents = self.contents and navigation.is_contents_table(node)
                kind = ElementKind.NAVIGATION if is_contents else ElementKind.TABLE
                self.put(Element(kind, node.line, node=node))
            case _:
                self.put(Element(ElementKind.BLOCK, node.line, node=node))
        self._count_details(node)

    def _heading(self, node: Node, number: int | None) -> None:
        parts = read_segments(node, images=False)
        underlined = node.token.markup == "-" and bool(parts)
        if underlined and (
            len(parts) > 1
            or parts[0].text.endswith((".", ":"))
            or patterns.match_answer_label(parts[0].text, letters=True) is not None
        ):
            # The ruler below a paragraph made it a heading; it was meant to part two questions.
            self.put(Element(ElementKind.PARAGRAPH, node.line, parts, node))
            self.put(Element(ElementKind.RULE, node.end - 1))
            return
        said = join_lines([part.line for part in parts if _says(part.text)])
        line = navigation.without_arrows(said)
        if parts and not line:
            self.put(Element(ElementKind.NAVIGATION if said else ElementKind.RULE, node.line, parts, node))
            return
        parts = [Segment(line)] if line else []
        self.put(Element(ElementKind.HEADING, node.line, parts, node, (), int(node.token.tag[1:]), number))

    def _list(self, node: Node) -> None:
        if not is_question_list(node):
            self.put(Element(ElementKind.LIST, node.line, node=node))
            return
        for item in node.children:
            digits = item.token.info
            number = int(digits) if node.kind == "ordered_list" and digits.isdigit() else None
            for place, child in enumerate(item.children):
                self.take(child, None if place else number)

    def _html(self, node: Node) -> None:
        if _BREAK.fullmatch(node.token.content[:400]):
            self.broken = True
            return
        for piece in parse_html(node.token.content):
            line = node.line + piece.line
            match piece.kind:
                case PieceKind.DETAILS_START:
                    self._open_details()
                case PieceKind.DETAILS_END:
                    self._close_details(line)
                case PieceKind.SUMMARY_START:
                    self.summary = None
                    self.put(Element(ElementKind.SUMMARY, line))
                    self.summary = self.elements[-1]
                case PieceKind.SUMMARY_END:
                    self.summary = None
                case PieceKind.HEADING if isinstance(first := piece.blocks[0], Paragraph):
                    parts = [Segment(join_lines(list(first.lines)))]
                    self.put(Element(ElementKind.HEADING, line, parts, level=piece.level))
                case _:
                    is_navigation = navigation.are_links(piece.blocks)
                    kind = ElementKind.NAVIGATION if is_navigation else ElementKind.BLOCK
                    self.put(Element(kind, line, own_blocks=piece.blocks))

    def _count_details(self, node: Node) -> None:
        """Notice a `details` that is closed within a paragraph or a list."""
        for token in _inline_html(node):
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
        self.put(Element(ElementKind.DETAILS_END, line))
        self.elements[-1].depth = depth


def _says(text: str) -> bool:
    """Say whether a line of a heading is more than signs, such as those of a second ruler above it."""
    return set(text) - set("=-~─━*_ ") != set()


def _asked_in_quote(node: Node) -> list[Segment] | None:
    """Return the one line of a quotation that is all in bold and asks, or is counted as a question."""
    if len(node.children) != 1 or node.children[0].kind != "paragraph":
        return None
    parts = read_segments(node.children[0])
    bold = len(parts) == 1 and len(parts[0].line) == 1 and isinstance(parts[0].line[0], Strong)
    if len(parts) == 1 and patterns.COUNTER_WORD.match(parts[0].text):
        return parts
    return parts if bold and looks_like_question(parts[0].text) else None


def is_question_list(node: Node) -> bool:
    """Say whether a list is no list, but headings or labelled questions that were numbered."""
    first = [item.children[0] for item in node.children if item.children]
    if any(child.kind == "heading" or _is_details(child) for child in first):
        return True
    texts = [
        parts[0].text for child in first if child.kind == "paragraph" and (parts := read_segments(child))
    ]
    asked = sum(map(_worded, texts))
    answered = sum(patterns.match_answer_label(text, letters=True) is not None for text in texts)
    if asked == 1 and len(first) == 1:
        return patterns.UNNUMBERED_WORD.match(texts[0]) is not None  # the numbers tell that it goes on
    return asked > 1 and (asked + min(asked, answered)) * 2 > len(first)


def _is_details(node: Node) -> bool:
    return node.kind == "html_block" and node.token.content.lstrip()[:8].lower() == "<details"


def _worded(text: str) -> bool:
    mark = patterns.match_marker(text)
    return mark is not None and mark.style[0] == "q"


def _has_balanced_details(nodes: Sequence[Node]) -> bool:
    """Return whether each `details` of a file is closed: only then is it known which lies in which."""
    depth = 0
    for node in nodes:
        own = [node.token.content.lower()] if node.kind == "html_block" else []
        for html in (*own, *_inline_html(node)):
            for tag in _DETAILS.findall(html):
                depth += -1 if tag.startswith("</") else 1
                if depth < 0:
                    return False
    return depth == 0


def _inline_html(node: Node) -> Iterator[str]:
    stack = [node]
    while stack:
        each = stack.pop()
        if each.kind == "html_block" and each is not node:
            yield from re.findall(r"</?(?:details|summary)", each.token.content.lower())
        for token in each.token.children or ():
            if token.type == "html_inline":
                yield token.content.lower()
        stack.extend(reversed(each.children))
