"""Conversion of the blocks of a canonical sheet, in which every space is kept."""

from __future__ import annotations

from collections.abc import Sequence

from exporter.model.questions import Block, CodeBlock, Line, ListBlock, Paragraph, Quote
from exporter.readers.markdown.blocks import convert_table, make_display_formula
from exporter.readers.markdown.formulas import find_fenced_formula
from exporter.readers.markdown.inline import Segment, split_segments
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.task_lists import replace_task_box
from exporter.readers.span_builder import merge_texts


def convert_canonical(nodes: Sequence[Node]) -> tuple[Block, ...]:
    """Return the blocks of nodes."""
    return tuple(block for node in nodes for block in _convert_node(node))


def _convert_node(node: Node) -> tuple[Block, ...]:
    match node.kind:
        case "paragraph":
            parts = read_exact_segments(node)
            images = [part.image for part in parts if part.image]
            return tuple(images) if images else (Paragraph(tuple(read_hard_lines(node))),)
        case "ordered_list" if _is_paragraph_list(node):
            return (Paragraph(tuple(map(read_item_line, node.children))),)
        case "ordered_list" | "bullet_list":
            start = node.token.attrGet("start")
            items = tuple(replace_task_box(item, convert_canonical(item.children)) for item in node.children)
            ordered = node.kind == "ordered_list"
            return (ListBlock(items, ordered, int(start) if start is not None and ordered else 1),)
        case "math_block":
            return (make_display_formula(node.token.content),)
        case "fence" if (tex := find_fenced_formula(node.token)) is not None:
            surrounded = len(node.token.markup) % 2 == 0
            return (make_display_formula(f"\n{tex}\n" if surrounded else tex),)
        case "fence":
            from markdown_it.common.utils import unescapeAll

            return (CodeBlock(node.token.content.removesuffix("\n"), unescapeAll(node.token.info).strip()),)
        case "blockquote":
            return (Quote(convert_canonical(node.children)),)
        case "table":
            return (convert_table(node, exact=True),)
        case _:
            return ()


def _is_paragraph_list(node: Node) -> bool:
    """Return whether a list is the lines of a paragraph: these are numbered `1.`, other lists `1)`."""
    return node.kind == "ordered_list" and node.token.markup == "."


def read_exact_segments(node: Node) -> list[Segment]:
    """Return the source lines of a paragraph or heading, with the spaces at their ends."""
    return [
        part
        for child in node.children
        for part in split_segments(child.token.children or (), exact=True)
    ]  # fmt: skip


def join_segments(parts: Sequence[Segment]) -> Line:
    """Return source lines as one line."""
    return merge_texts([span for part in parts for span in part.line])


def read_exact_line(node: Node) -> Line:
    """Return a paragraph or heading as one line."""
    return join_segments(read_exact_segments(node))


def read_hard_lines(node: Node) -> list[Line]:
    """Return the lines of a paragraph, which end at hard line breaks only."""
    lines: list[list[Segment]] = [[]]
    for part in read_exact_segments(node):
        lines[-1].append(part)
        if part.hard:
            lines.append([])
    return list(map(join_segments, lines))


def read_item_line(item: Node) -> Line:
    """Return the first paragraph of a list item as one line."""
    return read_exact_line(item.children[0]) if item.children and item.children[0].kind == "paragraph" else ()
