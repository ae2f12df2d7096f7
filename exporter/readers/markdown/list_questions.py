"""The events of lists whose items are questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.model.questions import Line, ListBlock
from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.blocks import (
    convert_list_item,
    convert_nodes,
    convert_segments,
    read_segments,
)
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import Event, EventKind, make_question_event, strip_dash, take_prefix
from exporter.readers.markdown.inline import Segment
from exporter.readers.markdown.list_items import read_start
from exporter.readers.markdown.paragraph_styles import find_bold_lead, find_bold_question
from exporter.readers.markdown.parser import LIST_KINDS, Node
from exporter.readers.markdown.section_titles import LINE_SECTION_LEVEL, find_titled_items
from exporter.readers.markdown.style import QuestionStyle
from exporter.readers.span_builder import drop_prefix, join_lines, span_text

SUBLIST_SECTION_LEVEL = 7
"""The level of the section of a list in an item: below that of all headings."""

MAX_RUN_ON_INDENT = 6
"""The column at which the number of a question in the text of an item may end; unmeasured."""


def iter_list_events(element: Element, style: QuestionStyle) -> Iterator[Event]:
    """Yield the events of a list; its skipped items are part of the answer above them."""
    if element.node is None:
        return
    numbers = dict(_iter_numbers(element.node))
    titled = find_titled_items(element.node)
    answer_items: list[Node] = []
    for item in element.node.children:
        if item.line in style.skipped_lines:
            answer_items.append(item)
            continue
        if answer_items:
            yield _make_answer_event(answer_items)
            answer_items = []
        if read_start(item).is_contents:
            yield Event(EventKind.NAVIGATION, item.line, end=item.end)
        elif nested := _find_sections(item):
            title = read_start(item).text
            yield Event(EventKind.SECTION, item.line, level=SUBLIST_SECTION_LEVEL, text=title)
            for inner in nested:
                yield from iter_list_events(Element(ElementKind.LIST, inner.line, node=inner), style)
            yield Event(EventKind.SECTION, item.end, level=SUBLIST_SECTION_LEVEL)
        else:
            yield from _iter_item_events(item, numbers.get(item.line), style, has_title=item.line in titled)
    if answer_items:
        yield _make_answer_event(answer_items)


def _iter_numbers(node: Node) -> Iterator[tuple[int, int]]:
    """Yield the line and the number of the items of a numbered list."""
    numbers = [item.token.info for item in node.children]
    has_one_number = len(numbers) > 1 and len(set(numbers)) == 1
    for index, item in enumerate(node.children):
        if node.kind == "ordered_list" and numbers[index].isdigit():
            yield item.line, int(numbers[0]) + index if has_one_number else int(numbers[index])


def find_question_items(node: Node, style: QuestionStyle) -> Iterator[tuple[Node, int | None]]:
    """Yield the items of a list that are questions in a style, with their numbers."""
    numbers = dict(_iter_numbers(node))
    for item in node.children:
        if item.line in style.skipped_lines or read_start(item).is_contents:
            continue
        if nested := _find_sections(item):
            for inner in nested:
                yield from find_question_items(inner, style)
            continue
        yield item, numbers.get(item.line)


def _find_sections(item: Node) -> list[Node]:
    """Return the lists of questions in an item that is the title of a section."""
    nested = [child for child in item.children if child.kind in LIST_KINDS]
    is_section = nested and not read_start(item).asks and _are_mostly_questions(nested)
    return nested if is_section else []


def _make_answer_event(items: Sequence[Node]) -> Event:
    """Return the event of items that are part of an answer."""
    blocks = tuple(map(convert_list_item, items))
    return Event(EventKind.CONTENT, items[0].line, (ListBlock(blocks, True, int(items[0].token.info)),))


def _are_mostly_questions(lists: Sequence[Node]) -> bool:
    asking = [read_start(item).asks for node in lists for item in node.children]
    return sum(asking) * 2 > len(asking)  # more than half; unmeasured


def _iter_item_events(
    item: Node, number: int | None, style: QuestionStyle, *, has_title: bool
) -> Iterator[Event]:
    """Yield the events of a list item: its lines up to that with the question mark are the question.

    With `has_title`, the last line is the title of the section that begins below the item.
    """
    if not item.children or item.children[0].kind != "paragraph":
        yield Event(EventKind.QUESTION, item.line, convert_nodes(item.children[:1]), number)
        for child in item.children[1:]:
            yield Event(EventKind.CONTENT, child.line, convert_nodes([child]))
        return
    parts = list(read_segments(item.children[0]))
    title = parts.pop() if has_title else None
    end = _find_question_end(parts, style, item.line in style.bold_items)
    asking, answer = parts[:end], parts[end:]
    following: list[Segment] = []
    if number is not None:
        start = next((i for i, part in enumerate(answer) if _is_next(part, number)), len(answer))
        answer, following = answer[:start], answer[start:]
    words, answer = _split_bold_question(asking, answer, item.line in style.bold_items)
    text = span_text(words)
    marker = patterns.match_marker(text) if number is None else None
    if marker is not None and marker.style == "N." and not marker.tight:
        number, words = marker.number, drop_prefix(words, len(text) - len(marker.rest))
        text = span_text(words)
    if text.startswith(("[ ] ", "[x] ", "[X] ")):
        words = drop_prefix(words, 4)
    inline = patterns.split_inline_answer(text)
    if inline is not None and not answer:
        answer = [Segment(drop_prefix(words, len(span_text(words)) - len(inline[1])))]
        words = take_prefix(words, len(inline[0]))
    yield make_question_event(item.line, words, number)
    pictures = [part.image for part in asking if part.image and part not in answer]
    if pictures:
        yield Event(EventKind.QUESTION_PART, item.line, tuple(pictures))
    if answer:
        yield Event(EventKind.CONTENT, item.line, convert_segments(answer), parts=tuple(answer))
    for part in following:
        if part.image:
            yield Event(EventKind.QUESTION_PART, item.line, (part.image,))
            continue
        marker = part.marker
        rest = len(marker.rest) if marker else len(part.text)
        line = drop_prefix(part.line, len(part.text) - rest)
        yield make_question_event(item.line, line, marker.number if marker else None)
    for child in item.children[1:]:
        yield _make_child_event(child)
    if title is not None:
        yield _make_title_event(item.children[0].line + title.row, title)


def _make_title_event(line: int, title: Segment) -> Event:
    """Return the event of a section whose title is at a line."""
    text = title.text.strip(" :")
    blocks = convert_segments([title])
    return Event(EventKind.SECTION, line, blocks, level=LINE_SECTION_LEVEL, text=text, end=line + 1)


def _find_question_end(parts: Sequence[Segment], style: QuestionStyle, is_bold: bool) -> int:
    """Return how many lines of a paragraph are the question."""
    if not parts:
        return 0
    if not parts[-1].has_question_mark:
        for index, part in enumerate(parts[:-1]):
            if part.has_question_mark:
                return index + 1
    asks = any(part.has_question_mark for part in parts)
    first = parts[0].line
    is_bold_line = is_bold and len(first) == 1 and find_bold_lead(first) is not None
    is_first_line = style.first_line_only and not asks and parts[1:2] and parts[1].text[:1].isupper()
    return 1 if is_bold_line or is_first_line else len(parts)


def _split_bold_question(
    asking: list[Segment], answer: list[Segment], is_bold: bool
) -> tuple[Line, list[Segment]]:
    """Return the words of a question and its answer, divided after a question in bold."""
    words = join_lines([part.line for part in asking])
    line = asking[0].line if asking else ()
    bold = find_bold_question(line)
    if bold is None and is_bold:
        bold = find_bold_lead(line)
    rest = span_text(line[1:])
    if bold is None or len(line) < 2 or ends_with_question_mark(rest) or not any(map(str.isalnum, rest)):
        return words, answer
    return bold, [Segment(strip_dash(join_lines([line[1:]]))), *asking[1:], *answer]


def _is_next(part: Segment, number: int) -> bool:
    """Return whether a line in an item is the next question, with no space after its number: `2.What?`."""
    marker = part.marker
    return (
        marker is not None
        and marker.style == "N."
        and marker.number == number + 1
        and marker.column <= MAX_RUN_ON_INDENT
    )


def _make_child_event(child: Node) -> Event:
    """Return the event of a block after the first paragraph of an item."""
    if child.kind in LIST_KINDS and _are_mostly_questions([child]):
        return Event(EventKind.QUESTION_PART, child.line, convert_nodes([child]))
    if child.kind == "paragraph":
        parts = read_segments(child)
        return Event(EventKind.CONTENT, child.line, convert_segments(parts), parts=parts)
    return Event(EventKind.CONTENT, child.line, convert_nodes([child]))
