"""Definition lists in HTML: which of the blocks in a `dl` are terms, and which are meanings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exporter.model.questions import Block
from exporter.readers.html.piece import HtmlEntry

if TYPE_CHECKING:
    from justhtml import Node


@dataclass(slots=True)
class DefinitionReader:
    """Notes where the terms and meanings of a `dl` begin among its blocks; a `dl` in it is a part of them."""

    node: Node
    _depth: int = 0
    _starts: list[tuple[int, bool, int]] = field(default_factory=list)

    def open(self, node: Node, line: int, count: int) -> None:
        """Note that an element begins after `count` blocks."""
        if node.name == "dl":
            self._depth += 1
        elif node.name in ("dt", "dd") and self._depth == 1:
            self._starts.append((line, node.name == "dt", count))

    def close(self, node: Node) -> bool:
        """Note that an element ends; return whether it is the whole list."""
        self._depth -= node.name == "dl"
        return node is self.node

    def divide(self, blocks: Sequence[Block]) -> tuple[HtmlEntry, ...]:
        """Return the terms and meanings of the list, of which some may be empty."""
        bounds = [*(count for _, _, count in self._starts), len(blocks)]
        return tuple(
            HtmlEntry(line, is_term, tuple(blocks[start:end]))
            for (line, is_term, start), end in zip(self._starts, bounds[1:], strict=True)
        )
