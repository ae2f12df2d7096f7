"""Items of lists that are question and answer, as in RemNote: `a :: b`, `a >> b`, `b << a`, `a <> b`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter.model.questions import Line
from exporter.readers.labels.pairs import MAX_PAIR_CHARS, mask_code
from exporter.readers.markdown.blocks import read_first_line
from exporter.readers.markdown.cards import split_pairs
from exporter.readers.markdown.event import take_prefix
from exporter.readers.markdown.parser import LIST_KINDS, Node
from exporter.readers.span_builder import drop_prefix, span_text

MIN_PAIR_SHARE = 0.5
"""Minimum share of the items without others in them that are pairs; unmeasured."""

_SIGNS = re.compile(r"::|>>|<<|<>")
_ARROW = re.compile(r"\s(>>|<<|<>)\s+(?=\S)")
_OPEN_END = re.compile(r"\s(?:>{2,3}|:{2,3})$")
"""What ends a question whose answers are the items in it."""


@dataclass(frozen=True, slots=True)
class ItemPair:
    """The question and the answer of an item; the answer is empty if it is the items in it."""

    question: Line
    answer: Line


def find_item_pairs(node: Node, source: Sequence[str]) -> dict[int, ItemPair]:
    """Return the pairs in a list by the line of their item, if most items at its ends are pairs.

    A flat list whose pairs are all `a::b` has none: it is read as lines are. `source` are the lines of the
    file.
    """
    if not any(_SIGNS.search(line) for line in source[node.line : node.end]):
        return {}
    items = [item for item in _iter_items(node) if item.children and item.children[0].kind == "paragraph"]
    lines = [read_first_line(item) for item in items]
    pairs: dict[int, ItemPair] = {}
    top_lines = {item.line for item in node.children}
    is_new_form = False
    for item, line, pair in zip(items, lines, split_pairs(lines), strict=True):
        is_parent = any(child.kind in LIST_KINDS for child in item.children)
        text = span_text(line)
        if pair is not None:
            answer = drop_prefix(line, pair.answer_start)
            pairs[item.line] = ItemPair(take_prefix(line, pair.question_end), answer)
            is_new_form |= item.line not in top_lines
        elif is_parent and (end := _OPEN_END.search(text[-5:])):
            question = take_prefix(line, max(0, len(text) - 5) + end.start())
            pairs[item.line] = ItemPair(question, ())
            is_new_form = True
        elif (item_pair := _split_at_arrow(text, line)) is not None:
            pairs[item.line] = item_pair
            is_new_form = True
    count, total = _count_ends(node, pairs)
    return pairs if is_new_form and count > 1 and count >= MIN_PAIR_SHARE * total else {}


def _count_ends(node: Node, pairs: Mapping[int, ItemPair]) -> tuple[int, int]:
    """Return how many of the items are pairs, and how many are pairs or have no items in them."""
    count = total = 0
    for item in node.children:
        lists = [child for child in item.children if child.kind in LIST_KINDS]
        if item.line in pairs:
            count, total = count + 1, total + 1
        elif lists:
            counts = [_count_ends(child, pairs) for child in lists]
            count += sum(inner for inner, _ in counts)
            total += sum(inner for _, inner in counts)
        else:
            total += 1
    return count, total


def _split_at_arrow(text: str, line: Line) -> ItemPair | None:
    if len(text) > MAX_PAIR_CHARS:
        return None
    match = _ARROW.search(mask_code(text, line))
    if match is None or not text[: match.start()].strip():
        return None
    left, right = take_prefix(line, match.start()), drop_prefix(line, match.end())
    return ItemPair(right, left) if match[1] == "<<" else ItemPair(left, right)


def _iter_items(node: Node) -> Iterator[Node]:
    for item in node.children:
        yield item
        for child in item.children:
            if child.kind in LIST_KINDS:
                yield from _iter_items(child)
