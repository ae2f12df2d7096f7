"""Conversion of Markdown blocks to the blocks of the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from exporter.model.questions import (
    Alignment,
    Block,
    CodeBlock,
    Line,
    ListBlock,
    Math,
    Paragraph,
    Quote,
    Strong,
    Table,
)
from exporter.readers.html import html_blocks
from exporter.readers.markdown.formulas import find_fenced_formula
from exporter.readers.markdown.inline import Segment, is_image, join_paragraph_lines, split_segments
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.task_lists import replace_task_box
from exporter.readers.span_builder import join_lines, join_with_breaks, merge_texts


def convert_nodes(nodes: Iterable[Node]) -> tuple[Block, ...]:
    """Return the blocks of nodes; a thematic break has none."""
    return tuple(block for node in nodes for block in convert_node(node))


def convert_node(node: Node) -> tuple[Block, ...]:
    """Return the blocks of a node."""
    match node.kind:
        case "paragraph":
            return convert_segments(read_segments(node))
        case "heading" | "dt":
            line = join_heading(node)
            return (Paragraph(((Strong(line),),)),) if line else ()
        case "bullet_list" | "ordered_list":
            items = tuple(map(convert_list_item, node.children))
            start = node.token.attrGet("start")
            return (ListBlock(items, node.kind == "ordered_list", 1 if start is None else int(start)),)
        case "math_block":
            return (make_display_formula(node.token.content),)
        case "fence" if (tex := find_fenced_formula(node.token)) is not None:
            return (make_display_formula(tex),)
        case "fence" | "code_block":
            return (CodeBlock(node.token.content.removesuffix("\n"), read_fence_language(node)),)
        case "table":
            return (convert_table(node),)
        case "html_block":
            embedded = map(convert_node, node.children) if node.children else None
            return html_blocks(node.token.content, embedded)
        case "blockquote":
            return (Quote(quoted),) if (quoted := convert_nodes(node.children)) else ()
        case "hr" | "inline":
            return ()
        case _:
            return convert_nodes(node.children)


def make_display_formula(tex: str) -> Paragraph:
    """Return a displayed formula as a paragraph."""
    return Paragraph(((Math(tex, display=True),),))


def convert_list_item(item: Node) -> tuple[Block, ...]:
    """Return the blocks of a list item, with the box of a task as a character."""
    return replace_task_box(item, convert_nodes(item.children))


def read_segments(node: Node, images: bool = True, cell: bool = False) -> Sequence[Segment]:
    """Return the source lines of a paragraph, a heading or a cell."""
    segments = node.segments.get((images, cell))
    if segments is None:
        inline = [child.token.children or () for child in node.children if child.kind == "inline"]
        segments = [segment for tokens in inline for segment in split_segments(tokens, images, cell=cell)]
        node.segments[images, cell] = segments
        if not any(is_image(token) for tokens in inline for token in tokens):
            node.segments[not images, cell] = segments
    return segments


def join_heading(node: Node) -> Line:
    """Return the words of a heading as one line."""
    return join_lines([segment.line for segment in read_segments(node, images=False)])


def convert_segments(parts: Sequence[Segment]) -> tuple[Block, ...]:
    """Return the lines of a paragraph as blocks: images, and paragraphs between them."""
    blocks: list[Block] = []
    run: list[Segment] = []

    def finish() -> None:
        if lines := join_paragraph_lines(run):
            blocks.append(Paragraph(tuple(lines)))
        run.clear()

    for part in parts:
        if part.image is None:
            run.append(part)
        else:
            finish()
            blocks.append(part.image)
    finish()
    return tuple(blocks)


def read_fence_language(node: Node) -> str:
    """Return the language in the info string of a fence."""
    info = node.token.info.strip()
    return info.split()[0].strip("{}.").split(",")[0] if info and info.strip("{}. ,") else ""


def convert_table(node: Node, exact: bool = False) -> Table:
    """Return a table; `exact` keeps spaces at the ends of cells."""
    rows: list[tuple[Line, ...]] = []
    alignments: list[Alignment] = []
    for part in node.children:
        for row in part.children:
            rows.append(tuple(_read_cell_line(cell, exact) for cell in row.children))
            if part.kind == "thead":
                alignments = [_read_alignment(cell) for cell in row.children]
    return Table(rows[0] if rows else (), tuple(rows[1:]), tuple(alignments))


def _read_cell_line(node: Node, exact: bool) -> Line:
    if not exact:
        return join_with_breaks(join_paragraph_lines(read_segments(node, images=False, cell=True)))
    tokens = [token for child in node.children for token in child.token.children or ()]
    parts = split_segments(tokens, False, exact=True, cell=True)
    return merge_texts([span for part in parts for span in part.line])


def _read_alignment(cell: Node) -> Alignment:
    style = str(cell.token.attrGet("style") or "")
    return Alignment(style.removeprefix("text-align:")) if style.startswith("text-align:") else Alignment.NONE


def read_first_line(item: Node) -> Line:
    """Return the first paragraph of a list item as one line, if it begins with one."""
    if not item.children or item.children[0].kind != "paragraph":
        return ()
    return join_lines([part.line for part in read_segments(item.children[0], images=False)])
