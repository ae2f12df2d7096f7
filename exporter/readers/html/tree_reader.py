"""The tree of a fragment of HTML, as HTML 5 parses it, to blocks and spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from exporter.model.character_references import unescape
from exporter.model.questions import Block, Image, Math, Paragraph
from exporter.readers.html.block_stack import BlockStack
from exporter.readers.html.code_text import read_code_block
from exporter.readers.html.definitions import DefinitionReader
from exporter.readers.html.fragments import EMBEDDED, EXACT_SPACE
from exporter.readers.html.piece import Piece, PieceKind
from exporter.readers.html.simple_tree import parse_simple
from exporter.readers.html.tag_names import CONTAINER_TAGS, HEADING_TAGS, PARAGRAPH_TAGS
from exporter.readers.markup.inline_tags import VOID_ELEMENTS, InlineTags, find_checkbox
from exporter.readers.span_builder import SpanBuilder

if TYPE_CHECKING:
    from justhtml import Node

_SPACES = re.compile(r"[ \t\n\r\f]+")
_OWN_PIECES = HEADING_TAGS | {"table", "dl"}
"""Tags of elements that are a piece of their own."""

_MATH_CLASSES = ("math inline", "math display")
"""The classes by which Pandoc marks formulas."""


def read_fragment(html: str, line: int, embedded: Iterator[tuple[Block, ...]] | None) -> list[Piece]:
    """Return the pieces of a fragment of HTML, which begins in this line (from 0).

    `embedded` yields the blocks for each `EMBEDDED` in the text, which is a character like others without it.
    """
    reader = _TreeReader(line, embedded)
    if "<" not in html:
        reader.read_text(unescape(html), line)
    elif (root := parse_simple(html)) is not None:
        reader.read(root)
    else:
        # imported here: it takes 0.3 s, and most sources have no HTML
        from justhtml import JustHTML

        tree = JustHTML(html, fragment=True, sanitize=False, track_node_locations=True)
        reader.read(tree.root)
    return reader.finish()


class _TreeReader:
    def __init__(self, line: int, embedded: Iterator[tuple[Block, ...]] | None) -> None:
        self._first_line = line
        self._embedded = embedded
        self._definitions: DefinitionReader | None = None
        self._start: int | None = None
        self._pieces: list[Piece] = []
        self._blocks = BlockStack()
        self._inline = InlineTags()
        self._spans = SpanBuilder()

    def finish(self) -> list[Piece]:
        self._end_piece()
        return self._pieces

    def read(self, root: Any) -> None:
        """Read what is in a node. The walk does not recurse: a tree may be deeper than Python's stack."""
        stack: list[tuple[Any, bool]] = [(node, False) for node in reversed(root.children)]
        while stack:
            node, is_left = stack.pop()
            if is_left:
                self._leave(node)
            elif node.name == "#text":
                self.read_text(node.data, self._get_line(node))
            elif not node.name.startswith("#") and self._enter(node, _get_attributes(node)):
                stack.append((node, True))
                stack += [(child, False) for child in reversed(node.children)]

    def read_text(self, data: str, line: int) -> None:
        """Read text; white space in it is one space, as a browser has it."""
        data, *following = [data] if self._embedded is None else data.split(EMBEDDED)
        if words := _SPACES.sub(" ", data).replace(EXACT_SPACE, " "):
            if words != " ":
                self._begin(line + data[: len(data) - len(data.lstrip())].count("\n"))
            self._spans.add_text(words)
        for text in following:
            line += data.count("\n")
            self._add_embedded(line)
            self.read_text(text, line)
            data = text

    def _enter(self, node: Node, attributes: Mapping[str, str]) -> bool:
        """Begin what an element makes; return whether to read what is in it."""
        name = node.name
        if name == "br":
            self._spans.new_line()
        elif name == "span" and attributes.get("class") in _MATH_CLASSES:
            self._begin(self._get_line(node))
            tex = node.to_text(separator="", strip=False).replace(EXACT_SPACE, " ")
            self._spans.add(Math(tex, attributes["class"].endswith("display")))
        elif name == "img":
            self._read_image(node, attributes)
        elif name == "pre":
            self._end_paragraph()
            if block := read_code_block(node):
                self._add_block(block, node)
        elif box := find_checkbox(name, attributes):
            self._begin(self._get_line(node))
            self._spans.add_text(box)
        else:
            if name in _OWN_PIECES and self._blocks.is_empty() and self._definitions is None:
                self._end_piece()
                if name == "dl":
                    self._definitions = DefinitionReader(node)
            elif name in CONTAINER_TAGS or name in PARAGRAPH_TAGS:
                self._end_paragraph()
            if name in CONTAINER_TAGS:
                self._blocks.open(node, self._get_line(node))
            elif self._definitions is not None and self._blocks.is_empty():
                self._definitions.open(node, self._get_line(node), self._blocks.count())
            self._inline.open(self._spans, name, attributes)
            return name not in VOID_ELEMENTS
        return False

    def _leave(self, node: Node) -> None:
        name = node.name
        if name in CONTAINER_TAGS or name in PARAGRAPH_TAGS:
            self._end_paragraph()
        if name in CONTAINER_TAGS:
            self._blocks.close(node)
        self._inline.close(self._spans, name)
        if not self._blocks.is_empty():
            return
        if self._definitions is not None:
            if self._definitions.close(node):
                self._end_definitions(self._definitions)
                self._definitions = None
        elif name in HEADING_TAGS:
            self._end_piece(PieceKind.HEADING, level=int(name[1]))
        elif name == "table":
            self._end_table(self._get_line(node))

    def _get_line(self, node: Node) -> int:
        return self._first_line + (node.origin_line or 1) - 1

    def _begin(self, line: int) -> None:
        """Note the line of the first words of a piece."""
        if self._start is None:
            self._start = line

    def _read_image(self, node: Node, attributes: Mapping[str, str]) -> None:
        target, alt = attributes.get("src", ""), attributes.get("alt", "")
        if self._blocks.is_in_cell():
            self._spans.add_text(alt or target)
        elif target:
            self._end_paragraph()
            self._add_block(Image(target, alt), node)

    def _add_block(self, block: Block, node: Node) -> None:
        self._begin(self._get_line(node))
        self._blocks.add(block)

    def _end_paragraph(self) -> None:
        following = self._inline.interrupt(self._spans)
        lines = [line for line in self._spans.finish() if line]
        self._spans = following
        if lines:
            self._blocks.add(Paragraph(tuple(lines)))

    def _add_embedded(self, line: int) -> None:
        """Add the next blocks of Markdown in this HTML."""
        self._end_paragraph()
        if self._embedded is not None and (blocks := next(self._embedded, ())):
            self._begin(line)
            for block in blocks:
                self._blocks.add(block)

    def _end_piece(self, kind: PieceKind = PieceKind.BLOCKS, level: int = 0) -> None:
        self._end_paragraph()
        if blocks := self._blocks.take():
            line = self._first_line if self._start is None else self._start
            self._pieces.append(Piece(kind, line, blocks, level))
        self._start = None

    def _end_table(self, line: int) -> None:
        """End the piece of a table; what is in it, but in no cell, is a piece before it."""
        blocks = self._blocks.take()
        table = blocks[-1:] if self._blocks.rows else ()
        if others := blocks[: len(blocks) - len(table)]:
            self._pieces.append(Piece(PieceKind.BLOCKS, line, others))
        if table:
            self._pieces.append(Piece(PieceKind.TABLE, line, table, rows=self._blocks.rows))
        self._blocks.rows = ()
        self._start = None

    def _end_definitions(self, definitions: DefinitionReader) -> None:
        """End the piece of a definition list; what is above its first term is a piece before it."""
        blocks = self._blocks.take()
        entries = definitions.divide(blocks)
        above = blocks[: len(blocks) - sum(len(entry.blocks) for entry in entries)]
        if above:
            line = self._first_line if self._start is None else self._start
            self._pieces.append(Piece(PieceKind.BLOCKS, line, above))
        if entries:
            inner = blocks[len(above) :]
            line = entries[0].line
            self._pieces.append(Piece(PieceKind.DEFINITIONS, line, inner, entries=entries))
        self._start = None


def _get_attributes(node: Any) -> dict[str, str]:
    return {name: value or "" for name, value in (node.attrs or {}).items()}
