"""Lists in which a tag such as `#card` marks the items that are cards, as in Logseq."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from exporter.model.questions import ListBlock, Paragraph
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.markdown.blocks import (
    convert_list_item,
    convert_node,
    convert_segments,
    join_heading,
    read_segments,
)
from exporter.readers.markdown.cards import make_card_events
from exporter.readers.markdown.event import Event, EventKind
from exporter.readers.markdown.item_pairs import find_item_pairs
from exporter.readers.markdown.list_items import read_start
from exporter.readers.markdown.parser import LIST_KINDS, Node
from exporter.readers.span_builder import span_text

CARD_LIST = "card list"
"""The kind of a node around a list with cards."""

ITEM_SECTION_LEVEL = 8
"""The level of the section of an item with cards in it: below headings and lists; deeper ones follow."""

_CARD = "card"
_PAIR = "pair"


def wrap_card_lists(nodes: list[Node], card_lines: Sequence[int], source: Sequence[str]) -> None:
    """Wrap the lists that have cards in them, or a question and its answer in an item.

    `card_lines` are the lines (from 0) with a tag of cards, sorted; `source` are the lines of the file.
    """
    for index, node in enumerate(nodes):
        if node.kind in LIST_KINDS and (_mark_items(node, card_lines) or _mark_pairs(node, source)):
            nodes[index] = Node(CARD_LIST, node.token, node.line, node.end, [node])


def _mark_items(node: Node, card_lines: Sequence[int]) -> bool:
    """Note in the items of a list whether they are cards; return whether one is, or has one in it."""
    if not _has_line(card_lines, node.line, node.end):
        return False
    for item in node.children:
        first = item.children[0] if item.children and item.children[0].kind == "paragraph" else None
        if first is not None and _has_line(card_lines, first.line, first.end):
            item.token.meta[_CARD] = True
        for child in item.children:
            if child.kind in LIST_KINDS:
                _mark_items(child, card_lines)
    return any(map(_has_cards, node.children))


def _mark_pairs(node: Node, source: Sequence[str]) -> bool:
    """Note in the items of a list their question and answer; return whether there are any."""
    pairs = find_item_pairs(node, source)
    stack = [node] if pairs else []
    while stack:
        for item in stack.pop().children:
            if item.line in pairs:
                item.token.meta[_PAIR] = pairs[item.line]
            stack += [child for child in item.children if child.kind in LIST_KINDS]
    return bool(pairs)


def _has_line(lines: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(lines, start) < bisect_left(lines, end)


def _is_card(item: Node) -> bool:
    return _CARD in item.token.meta or _PAIR in item.token.meta


def _has_cards(item: Node) -> bool:
    inner = (part for child in item.children if child.kind in LIST_KINDS for part in child.children)
    return _is_card(item) or any(map(_has_cards, inner))


def iter_card_list_events(node: Node, level: int = ITEM_SECTION_LEVEL) -> Iterator[Event]:
    """Yield the events of a list with cards.

    An item around cards is their section. Other items are not part of an answer, but one that asks and has
    items in it is a card whose tag was forgotten.
    """
    for item in node.children:
        words = _read_words(item)
        is_card = _is_card(item)
        if is_card and "{{cloze" in words and len(item.children) == 1:
            yield Event(EventKind.CLOZE, item.line)
        elif is_card or (len(item.children) > 1 and looks_like_question(words)):
            yield from _iter_card_events(item, level)
        elif _has_cards(item):
            yield Event(EventKind.SECTION, item.line, level=level, text=words.lstrip("# "))
            for child in item.children[bool(words) :]:
                yield from _iter_child_events(child, level)
            yield Event(EventKind.SECTION, item.end, level=level)
        else:
            yield Event(EventKind.DETAILS_END, item.line)
            yield Event(EventKind.CONTENT, item.line, (_make_list(node, [item]),))
    yield Event(EventKind.DETAILS_END, node.end)


def _read_words(item: Node) -> str:
    """Return the words of the paragraph or heading that an item begins with."""
    if item.children and item.children[0].kind == "heading":
        return span_text(join_heading(item.children[0]))
    return read_start(item).text


def _iter_card_events(item: Node, level: int) -> Iterator[Event]:
    """Yield the events of an item that is a card; its first paragraph is the question."""
    first, *others = item.children
    if (pair := item.token.meta.get(_PAIR)) is not None:
        answer = [Event(EventKind.CONTENT, item.line, (Paragraph((pair.answer,)),))] if pair.answer else []
        yield from make_card_events(item.line, (Paragraph((pair.question,)),), answer)
        for child in others:
            yield from _iter_child_events(child, level)
        return
    question = convert_segments(read_segments(first)) if first.kind == "paragraph" else convert_node(first)
    yield from make_card_events(item.line, question, ())
    for child in others:
        yield from _iter_child_events(child, level)


def _iter_child_events(child: Node, level: int) -> Iterator[Event]:
    if child.kind in LIST_KINDS and any(map(_has_cards, child.children)):
        yield from iter_card_list_events(child, level + 1)
        return
    parts = read_segments(child) if child.kind == "paragraph" else ()
    yield Event(EventKind.CONTENT, child.line, convert_node(child), parts=parts)


def _make_list(node: Node, items: Sequence[Node]) -> ListBlock:
    digits = items[0].token.info
    ordered = node.kind == "ordered_list"
    start = int(digits) if ordered and digits.isdigit() else 1
    return ListBlock(tuple(map(convert_list_item, items)), ordered, start)
