"""Lines between the sides of a card: `?` and `??` of Obsidian, and `%` of add-ons of Anki."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING

from exporter.readers.markdown.cards import split_pairs
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.note_app_marks import BREAKS, make_lines, split_rows
from exporter.readers.markdown.parser import LIST_KINDS, Node

if TYPE_CHECKING:
    from markdown_it.token import Token

SEPARATORS = frozenset(("?", "??", "%"))
"""The lines between question and answer; `??` makes cards in both directions."""

_CONTENT = frozenset(
    (ElementKind.PARAGRAPH, ElementKind.LIST, ElementKind.TABLE, ElementKind.BLOCK, ElementKind.CARDS)
)
_LISTS = (*LIST_KINDS, "list_item")


def split_at_separators(nodes: list[Node], lines: Sequence[str]) -> None:
    """Divide the paragraphs of a file at lines that separate a question from its answer.

    `lines` are those of the file. A separator below a list belongs to no item, although Markdown reads it
    as a line of the last one.
    """
    if any(line.strip() in SEPARATORS for line in lines):
        nodes[:] = [part for node in nodes for part in _split_node(node, lines)]


def _split_node(node: Node, lines: Sequence[str]) -> list[Node]:
    last = node
    while last.kind in _LISTS and last.children:
        last = last.children[-1]
    if last.kind not in ("paragraph", "heading") or not last.children:
        return [node]
    if last.kind == "heading" and (last.token.markup != "-" or last is not node):
        return [node]
    rows = split_rows(last.children[0].token.children or ())
    separators = [row for row, tokens in enumerate(rows) if _is_separator(tokens)]
    if last is not node:
        separators = [row for row in separators if lines[last.line + row][:1] in SEPARATORS]
    if not separators or len(rows) == 1:
        return [node]
    starts = set(separators) | {row + 1 for row in separators} | {row - 1 for row in separators[1:]}
    cuts = sorted(row for row in starts if 0 < row < len(rows))
    parts = [make_lines(last, start, rows[start:end]) for start, end in pairwise((0, *cuts, len(rows)))]
    if last.kind == "heading":
        # a thematic break below a card made its lines a heading
        from markdown_it.token import Token

        return [*parts, Node("hr", Token("hr", "hr", 0), node.end - 1, node.end)]
    if last is node:
        return parts
    _shorten(node, last, parts[0])
    return [node, *parts[1:]]


def _shorten(node: Node, last: Node, paragraph: Node) -> None:
    """Replace the last paragraph of a list."""
    while node is not last:
        node.end = paragraph.end
        if node.children[-1] is last:
            node.children[-1] = paragraph
            return
        node = node.children[-1]


def _is_separator(tokens: Sequence[Token]) -> bool:
    words = [token for token in tokens if token.type not in BREAKS]
    return len(words) == 1 and words[0].type == "text" and words[0].content.strip() in SEPARATORS


def split_at_tags(nodes: list[Node], card_lines: Sequence[int]) -> None:
    """Divide the paragraphs of a file below the lines with a tag such as `#card`, which ends a question."""
    if card_lines:
        nodes[:] = [part for node in nodes for part in _split_below_tags(node, card_lines)]


def _split_below_tags(node: Node, card_lines: Sequence[int]) -> list[Node]:
    start, end = bisect_left(card_lines, node.line), bisect_left(card_lines, node.end - 1)
    if node.kind != "paragraph" or start >= end:
        return [node]
    rows = split_rows(node.children[0].token.children or ())
    cuts = [line + 1 - node.line for line in card_lines[start:end] if line + 1 - node.line < len(rows)]
    return [make_lines(node, first, rows[first:last]) for first, last in pairwise((0, *cuts, len(rows)))]


def mark_fronts(elements: Sequence[Element], lines: Sequence[str], card_lines: Sequence[int]) -> None:
    """Mark the elements that are above a separator, and the separators that have a front and a back.

    A paragraph that ends in one of the lines with a tag of cards is a front, too.

    A front is all lines up to a blank one; a separator between blank lines has the block above it as its
    front, where the file has several of them.
    """

    def is_joined(index: int) -> bool:
        """Return whether there is no blank line above an element."""
        return bool(lines[elements[index].line - 1].strip())

    tagged = set(card_lines)
    for element in elements:
        if element.kind == ElementKind.PARAGRAPH and element.node and element.node.end - 1 in tagged:
            element.is_front = not any(split_pairs([part.line for part in element.parts]))
    _end_joined_answers(elements, tagged)
    separators = [index for index in range(1, len(elements) - 1) if _has_sides(elements, index)]
    joined = [index for index in separators if is_joined(index)]
    for index in separators if len(separators) - len(joined) > 1 else joined:
        front = index - 1
        while front and is_joined(index) and is_joined(front) and _continues(elements, front):
            front -= 1
        if front and elements[front - 1].kind == ElementKind.SEPARATOR:
            front = index - 1  # the lines between belong to the card above
        elements[front].is_front = True
        elements[index].kind = ElementKind.SEPARATOR
        elements[index].front = front


def _end_joined_answers(elements: Sequence[Element], card_lines: Set[int]) -> None:
    """End the answers of tagged cards at a blank line, if those between two cards all end there.

    The last card of a file or a section has otherwise all the text below it as its answer.
    """
    starts = [
        index
        for index, element in enumerate(elements)
        if element.is_front and element.node and element.node.end - 1 in card_lines
    ]
    last: list[int] = []
    between: list[bool] = []
    for start, end in pairwise([*starts, len(elements)]):
        answer = elements[start + 1] if start + 1 < end else None
        front = elements[start].node
        is_joined = answer is not None and front is not None and answer.line == front.end
        is_followed = end < len(elements) and not any(
            element.kind == ElementKind.HEADING for element in elements[start + 1 : end]
        )
        if is_followed:
            between.append(is_joined and end == start + 2)
        elif is_joined:
            last.append(start + 1)
    if between and all(between):
        for index in last:
            elements[index].ends_answer = True


def _has_sides(elements: Sequence[Element], index: int) -> bool:
    """Return whether an element is a separator between two others."""
    element = elements[index]
    return (
        element.kind == ElementKind.PARAGRAPH
        and len(element.parts) == 1
        and element.text in SEPARATORS
        and elements[index - 1].kind in (*_CONTENT, ElementKind.HEADING)
        and elements[index + 1].kind in _CONTENT
    )


def _continues(elements: Sequence[Element], index: int) -> bool:
    return elements[index].kind != ElementKind.HEADING and elements[index - 1].kind in _CONTENT
