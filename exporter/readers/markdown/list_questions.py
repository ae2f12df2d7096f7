"""Items of lists to questions and answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.model.questions import ListBlock
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark, looks_like_question
from exporter.readers.markdown import navigation
from exporter.readers.markdown.blocks import (
    convert_list_item,
    convert_nodes,
    convert_segments,
    read_first_words,
)
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import Event, EventKind, question_event, strip_dash, take_prefix
from exporter.readers.markdown.inline import Segment, split_segments
from exporter.readers.markdown.paragraph_styles import find_bold_lead, find_bold_question
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.style import QuestionStyle
from exporter.readers.span_builder import drop_prefix, join_lines, span_text


def iter_list_events(element: Element, style: QuestionStyle) -> Iterator[Event]:
    """Yield the questions of a list, and what stands between them."""
    if element.node is None:
        return
    part: list[Node] = []
    numbers = [each.token.info for each in element.node.children]
    constant = len(numbers) > 1 and len(set(numbers)) == 1
    for place, node in enumerate(element.node.children):
        if node.line in style.skipped_lines:
            part.append(node)
            continue
        if part:
            yield _part_of_answer(part)
            part = []
        if navigation.is_contents_item(node):
            yield Event(EventKind.NAVIGATION, node.line, end=node.end)
            continue
        number = None
        if element.node.kind == "ordered_list" and numbers[place].isdigit():
            number = int(numbers[0]) + place if constant else int(numbers[place])
        nested = [child for child in node.children if child.kind in ("bullet_list", "ordered_list")]
        own = read_first_words(node)
        if nested and not looks_like_question(own) and _mostly_ask(nested):
            yield Event(EventKind.SECTION, node.line, level=7, text=own)
            for inner in nested:
                yield from iter_list_events(Element(ElementKind.LIST, inner.line, node=inner), style)
            yield Event(EventKind.SECTION, node.end, level=7)
            continue
        yield from _list_question(node, number, style)
    if part:
        yield _part_of_answer(part)


def _part_of_answer(items: Sequence[Node]) -> Event:
    """Return items of a list of questions that belong to an answer."""
    blocks = tuple(map(convert_list_item, items))
    return Event(EventKind.CONTENT, items[0].line, (ListBlock(blocks, True, int(items[0].token.info)),))


def _mostly_ask(lists: Sequence[Node]) -> bool:
    texts = [read_first_words(each) for node in lists for each in node.children]
    return sum(map(looks_like_question, texts)) * 2 > len(texts)


def _is_next(part: Segment, number: int) -> bool:
    """Say whether a line within an item is the next question, whose number no space follows: `2.What?`."""
    mark = patterns.match_marker(part.text)
    return mark is not None and mark.style == "N." and mark.number == number + 1 and mark.column <= 6


def _list_question(node: Node, number: int | None, style: QuestionStyle) -> Iterator[Event]:
    """Yield a list item: up to the line that asks it is the question, what follows answers."""
    if not node.children or node.children[0].kind != "paragraph":
        yield Event(EventKind.QUESTION, node.line, convert_nodes(node.children[:1]), number)
        yield from (Event(EventKind.CONTENT, each.line, convert_nodes([each])) for each in node.children[1:])
        return
    parts = [
        part for child in node.children[0].children for part in split_segments(child.token.children or ())
    ]
    cut = len(parts)
    for place, part in enumerate(parts[:-1]):
        if ends_with_question_mark(part.text) and not ends_with_question_mark(parts[-1].text):
            cut = place + 1
            break
    else:
        asks = any(ends_with_question_mark(part.text) for part in parts)
        alone = style.has_bold_leads and len(parts[0].line) == 1 and find_bold_lead(parts[0].line) is not None
        if alone or (style.first_line_only and not asks and parts[1:2] and parts[1].text[:1].isupper()):
            cut = 1
    first, behind = parts[:cut], parts[cut:]
    further = next(
        (at for at, part in enumerate(behind) if number is not None and _is_next(part, number)), len(behind)
    )
    behind, more = behind[:further], behind[further:]
    spans = join_lines([part.line for part in first])
    bold = find_bold_question(first[0].line) if first else None
    if bold is None and first and style.has_bold_leads:
        bold = find_bold_lead(first[0].line)
    if (
        bold is not None
        and len(first[0].line) > 1
        and not ends_with_question_mark(span_text(first[0].line[1:]))
        and any(char.isalnum() for char in span_text(first[0].line[1:]))
    ):
        behind = [Segment(strip_dash(join_lines([first[0].line[1:]]))), *first[1:], *behind]
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
        spans = take_prefix(spans, len(inline[0]))
    yield question_event(node.line, spans, number)
    if behind:
        yield Event(EventKind.CONTENT, node.line, convert_segments(behind), parts=tuple(behind))
    for part in more:
        mark = patterns.match_marker(part.text)
        rest = len(mark.rest) if mark else len(part.text)
        yield question_event(
            node.line, drop_prefix(part.line, len(part.text) - rest), mark.number if mark else None
        )
    for child in node.children[1:]:
        if child.kind in ("bullet_list", "ordered_list") and _mostly_ask([child]):
            yield Event(EventKind.QUESTION_PART, child.line, convert_nodes([child]))
        elif child.kind == "paragraph":
            inner = [part for each in child.children for part in split_segments(each.token.children or ())]
            yield Event(EventKind.CONTENT, child.line, convert_segments(inner), parts=tuple(inner))
        else:
            yield Event(EventKind.CONTENT, child.line, convert_nodes([child]))
