"""What stands in a Markdown file, one after another: a heading, a paragraph, a list, another block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.model.questions import Block, Line, Paragraph, Quote, Strong
from exporter.readers.markdown.blocks import node_blocks, paragraphs
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.parser import Node
from exporter.readers.span_builder import join_lines, span_text


@dataclass(slots=True)
class Item:
    """A piece of the file. `number` is that of its list item; `inside` says that it lies in a `details`.

    `depth` is in how many of them within each other it is, where all are closed, else one.

    `apart` says that a heading, a ruler or a `<br>` stands right above it, `quoted` that it is a quotation.
    """

    kind: str
    line: int
    parts: list[Segment] = field(default_factory=list)
    node: Node | None = None
    ready: tuple[Block, ...] = ()
    level: int = 0
    number: int | None = None
    inside: bool = False
    depth: int = 0
    apart: bool = False
    quoted: bool = False

    def quotation(self, parts: Sequence[Segment]) -> tuple[Block, ...]:
        """Return lines of the item as blocks, in a quotation if it is one."""
        blocks = paragraphs(parts)
        return (Quote(blocks),) if self.quoted and blocks else blocks

    @property
    def words(self) -> Line:
        """The item's words as one line."""
        return self.parts[0].line if len(self.parts) == 1 else join_lines([part.line for part in self.parts])

    @property
    def text(self) -> str:
        """The item's words as plain text."""
        return self.parts[0].text if len(self.parts) == 1 else span_text(self.words)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What the item is in the model."""
        if self.kind == "heading":
            return (Paragraph(((Strong(self.words),),)),) if self.parts else ()
        if self.kind == "para":
            return self.quotation(self.parts)
        return self.ready or (node_blocks(self.node) if self.node else ())
