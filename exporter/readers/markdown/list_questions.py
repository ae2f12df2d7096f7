"""Items of lists to questions and answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.model.questions import ListBlock
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown import navigation
from exporter.readers.markdown.blocks import blocks_of, first_words, item_blocks, paragraphs
from exporter.readers.markdown.element import Item
from exporter.readers.markdown.event import Event, first_part, question, without_dash
from exporter.readers.markdown.inline import Segment, segments
from exporter.readers.markdown.paragraph_styles import bold_question, lead
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.style import Family
from exporter.readers.span_builder import drop_prefix, join_lines, span_text


def marked_list(item: Item, family: Family) -> Iterator[Event]:
    """Yield the questions of a list, and what stands between them."""
    if item.node is None:
        return
    part: list[Node] = []
    numbers = [each.token.info for each in item.node.children]
    constant = len(numbers) > 1 and len(set(numbers)) == 1
    for place, node in enumerate(item.node.children):
        if node.line in family.left_out:
            part.append(node)
            continue
        if part:
            yield _part_of_answer(part)
            part = []
        if navigation.is_contents_item(node):
            yield Event("navigation", node.line, end=node.end)
            continue
        number = None
        if item.node.kind == "ordered_list" and numbers[place].isdigit():
            number = int(numbers[0]) + place if constant else int(numbers[place])
        nested = [child for child in node.children if child.kind in ("bullet_list", "ordered_list")]
        own = first_words(node)
        if nested and not looks_like_question(own) and _mostly_ask(nested):
            yield Event("section", node.line, level=7, text=own)
            for inner in nested:
                yield from marked_list(Item("list", inner.line, node=inner), family)
            yield Event("section", node.end, level=7)
            continue
        yield from _list_question(node, number, family)
    if part:
        yield _part_of_answer(part)


def _part_of_answer(items: Sequence[Node]) -> Event:
    """Return items of a list of questions that belong to an answer."""
    blocks = tuple(map(item_blocks, items))
    return Event("content", items[0].line, (ListBlock(blocks, True, int(items[0].token.info)),))


def _mostly_ask(lists: Sequence[Node]) -> bool:
    texts = [first_words(each) for node in lists for each in node.children]
    return sum(map(looks_like_question, texts)) * 2 > len(texts)


def _is_next(part: Segment, number: int) -> bool:
    """Say whether a line within an item is the next question, whose number no space follows: `2.What?`."""
    mark = patterns.match_marker(part.text)
    return mark is not None and mark.style == "N." and mark.number == number + 1 and mark.column <= 6


def _list_question(node: Node, number: int | None, family: Family) -> Iterator[Event]:
    """Yield a list item: up to the line that asks it is the question, what follows answers."""
    if not node.children or node.children[0].kind != "paragraph":
        yield Event("question", node.line, blocks_of(node.children[:1]), number)
        yield from (Event("content", each.line, blocks_of([each])) for each in node.children[1:])
        return
    parts = [part for child in node.children[0].children for part in segments(child.token.children or ())]
    cut = len(parts)
    for place, part in enumerate(parts[:-1]):
        if ends_with_question_mark(part.text) and not ends_with_question_mark(parts[-1].text):
            cut = place + 1
            break
    else:
        asks = any(ends_with_question_mark(part.text) for part in parts)
        alone = family.leads and len(parts[0].line) == 1 and lead(parts[0].line) is not None
        if alone or (family.lazy and not asks and parts[1:2] and parts[1].text[:1].isupper()):
            cut = 1
    first, behind = parts[:cut], parts[cut:]
    further = next(
        (at for at, part in enumerate(behind) if number is not None and _is_next(part, number)), len(behind)
    )
    behind, more = behind[:further], behind[further:]
    spans = join_lines([part.line for part in first])
    bold = bold_question(first[0].line) if first else None
    if bold is None and first and family.leads:
        bold = lead(first[0].line)
    if (
        bold is not None
        and len(first[0].line) > 1
        and not ends_with_question_mark(span_text(first[0].line[1:]))
        and any(char.isalnum() for char in span_text(first[0].line[1:]))
    ):
        behind = [Segment(without_dash(join_lines([first[0].line[1:]]))), *first[1:], *behind]
        spans = bold
    text = span_text(spans)
    if number is None and (mark := patterns.match_marker(text)) and mark.style == "N." and not mark.tight:
        number, spans = mark.number, drop_prefix(spans, len(text) - len(mark.rest))
        text = span_text(spans)
    if text.startswith(("[ ] ", "[x] ", "[X] ")):
        spans = drop_prefix(spans, 4)
    inline = patterns.split_inline_answer(text)
    if inline is not None and not behind:
        behind = [Segment(drop_prefix(spans, len(span_text(spans)) - len(inline[1])))]
        spans = first_part(spans, len(inline[0]))
    yield question(node.line, spans, number)
    if behind:
        yield Event("content", node.line, paragraphs(behind), parts=tuple(behind))
    for part in more:
        mark = patterns.match_marker(part.text)
        rest = len(mark.rest) if mark else len(part.text)
        yield question(
            node.line, drop_prefix(part.line, len(part.text) - rest), mark.number if mark else None
        )
    for child in node.children[1:]:
        if child.kind in ("bullet_list", "ordered_list") and _mostly_ask([child]):
            yield Event("asked", child.line, blocks_of([child]))
        elif child.kind == "paragraph":
            inner = [part for each in child.children for part in segments(each.token.children or ())]
            yield Event("content", child.line, paragraphs(inner), parts=tuple(inner))
        else:
            yield Event("content", child.line, blocks_of([child]))
