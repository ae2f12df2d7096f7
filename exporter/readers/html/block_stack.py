"""The lists, tables and quotations that are open while HTML is read, and the blocks they become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exporter.model.questions import (
    Block,
    Code,
    CodeBlock,
    Line,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Text,
)
from exporter.model.text import block_lines
from exporter.readers.html.piece import HtmlCell, HtmlRow
from exporter.readers.html.tag_names import CELL_TAGS, LIST_TAGS
from exporter.readers.span_builder import join_with_breaks

if TYPE_CHECKING:
    from justhtml import Node

MAX_NESTING = 40
"""Lists, tables and quotations in each other are read to this depth; deeper ones are read as paragraphs.

Unmeasured: it keeps far away from Python's limit of recursion in all that walks over blocks.
"""

MAX_SPAN = 1000
"""Maximum number of columns or rows that a cell spans, as in HTML 5."""

_STEPS = "steps"
"""The class of the list by which an answer's lines are numbered in our own notes (`anki.fields`)."""


@dataclass(slots=True)
class _Container:
    """A list, an item, a table, a cell or a quotation that is open, and what has been read of it.

    `node` is its element; there is none for the item to which a list between two items belongs.
    """

    name: str
    node: Node | None = None
    blocks: list[Block] = field(default_factory=list)
    items: list[tuple[Block, ...]] = field(default_factory=list)
    rows: list[tuple[int, list[HtmlCell]]] = field(default_factory=list)


@dataclass(slots=True)
class BlockStack:
    """Collects blocks in the containers that are open; `rows` are those of the last table that was closed."""

    rows: tuple[HtmlRow, ...] = ()
    _containers: list[_Container] = field(default_factory=lambda: [_Container("")])

    def is_empty(self) -> bool:
        """Return whether no container is open."""
        return len(self._containers) == 1

    def is_in_cell(self) -> bool:
        """Return whether a cell of a table is open."""
        return any(container.name in CELL_TAGS for container in self._containers)

    def add(self, block: Block) -> None:
        """Add a block; one between the items of a list belongs to the item before it."""
        container = self._containers[-1]
        if container.name in LIST_TAGS and container.items:
            container.items[-1] += (block,)
        else:
            container.blocks.append(block)

    def count(self) -> int:
        """Return the number of blocks outside of containers."""
        return len(self._containers[0].blocks)

    def take(self) -> tuple[Block, ...]:
        """Return the blocks outside of containers, and forget them."""
        blocks = tuple(self._containers[0].blocks)
        self._containers[0].blocks.clear()
        return blocks

    def open(self, node: Node, line: int) -> None:
        """Open the container of an element, unless it is in no list or table, or nested too deeply."""
        parent = self._containers[-1]
        name = str(node.name)
        if len(self._containers) > MAX_NESTING:
            return
        if name == "tr":
            parent.rows.append((line, []))
            return
        if name in CELL_TAGS and parent.name != "table":
            return
        if name == "li" and parent.name not in LIST_TAGS:
            return
        if name in LIST_TAGS and parent.name in LIST_TAGS:
            # Anki's editor indents an item by a list between the items: it belongs to the item before it.
            blocks = parent.items.pop() if parent.items else ()
            self._containers.append(_Container("li", None, list(blocks)))
        self._containers.append(_Container(name, node))

    def close(self, node: Node) -> None:
        """Close the container of an element, if it was opened."""
        if self._containers[-1].node is not node:
            return
        self._close_last(node)
        if self._containers[-1].node is None and self._containers[-1].name == "li":
            self._close_last(node)

    def _close_last(self, node: Node) -> None:
        container = self._containers.pop()
        parent = self._containers[-1]
        match container.name:
            case "li":
                parent.items.append(tuple(container.blocks))
            case "ul" | "ol":
                self._add_all(container.blocks)
                if container.items:
                    self._add_all(_make_list(container.items, node))
            case "td" | "th":
                parent.rows[-1][1].append(_make_cell(container.blocks, node))
            case "table":
                self._add_all(container.blocks)
                self.rows = tuple(HtmlRow(line, tuple(cells)) for line, cells in container.rows if cells)
                if self.rows:
                    self.add(_make_table(self.rows))
            case "blockquote" if container.blocks:
                self.add(Quote(tuple(container.blocks)))

    def _add_all(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.add(block)


def _make_list(items: list[tuple[Block, ...]], node: Node) -> Iterable[Block]:
    """Return the list of an element; that of an answer's steps is the lines of a paragraph."""
    attributes = node.attrs or {}
    if _STEPS in (attributes.get("class") or "").split():
        blocks = [block for item in items for block in item]
        paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
        if len(paragraphs) == len(blocks):
            return (Paragraph(tuple(line for paragraph in paragraphs for line in paragraph.lines)),)
    start = attributes.get("start") or ""
    # nine digits are more than any list has
    number = int(start[:9]) if node.name == "ol" and start.isascii() and start.isdigit() else 1
    return (ListBlock(tuple(items), node.name == "ol", number),)


def _make_table(rows: Sequence[HtmlRow]) -> Table:
    width = max(len(row.cells) for row in rows)
    lines = [[read_cell_line(cell.blocks) for cell in row.cells] for row in rows]
    padded = [(*row, *[()] * (width - len(row))) for row in lines]
    return Table(padded[0], tuple(padded[1:]))


def _make_cell(blocks: Iterable[Block], node: Node) -> HtmlCell:
    parent = node.parent.parent if node.parent is not None else None
    is_header = node.name == "th" or (parent is not None and parent.name == "thead")
    columns, rows = (_read_span(node, name) for name in ("colspan", "rowspan"))
    return HtmlCell(tuple(blocks), is_header, columns, rows)


def _read_span(node: Node, name: str) -> int:
    value = ((node.attrs or {}).get(name) or "").strip()
    return min(max(1, int(value)), MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def read_cell_line(blocks: Iterable[Block]) -> Line:
    """Return the blocks of a cell as one line, with a line break between lines and blocks."""
    return join_with_breaks(line for block in blocks for line in _iter_lines(block))


def _iter_lines(block: Block) -> Iterable[Line]:
    match block:
        case Paragraph(lines):
            return lines
        case CodeBlock(code, _):
            return [(Code(line),) for line in code.split("\n") if line.strip()]
        case _:
            return [(Text(line),) for line in block_lines(block)]
