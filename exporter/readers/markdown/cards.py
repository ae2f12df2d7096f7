"""The style of questions whose form says which is the question: pairs, cards, definitions, call-outs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from exporter.model.questions import Block, Line, Paragraph
from exporter.model.text import plain_text
from exporter.readers.labels import patterns
from exporter.readers.labels.pairs import Pair, find_pair, uses_spaces
from exporter.readers.labels.question_detection import looks_like_question
from exporter.readers.layout.layout import Style
from exporter.readers.markdown.blocks import convert_nodes, read_first_line
from exporter.readers.markdown.details_summaries import read_summary
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import (
    Event,
    EventKind,
    make_question_event,
    strip_emphasis,
    take_prefix,
)
from exporter.readers.markdown.inline import split_segments
from exporter.readers.markdown.parser import Node
from exporter.readers.markdown.style import QuestionStyle
from exporter.readers.span_builder import drop_prefix, join_lines, span_text


def find_card_styles(elements: Sequence[Element]) -> list[QuestionStyle]:
    """Return the style of pairs `question::answer`, and of all that is a card by its form."""
    style = QuestionStyle(Style.PAIRS, "::")
    pairs: dict[int, int] = {}
    below_questions = find_below_questions(elements)
    for index, element in enumerate(elements):
        if element.kind == ElementKind.CARDS:
            texts = [plain_text(event.blocks) for event in element.events if event.kind == EventKind.QUESTION]
            # cards below a question that do not ask are a part of the answer
            if index not in below_questions or any(map(looks_like_question, texts)):
                style.marks[index] = None
        elif element.is_front:
            style.marks[index] = None
        else:
            lines = _read_lines(element)
            count = sum(pair is not None for pair in split_pairs(lines))
            if count and count * 2 >= len(lines):  # half of the lines; unmeasured
                pairs[index] = count
    # a single line with `::` may be about a name
    if style.marks or sum(pairs.values()) > 1:
        style.marks = dict.fromkeys(sorted((*style.marks, *pairs)))
    return [style]


def find_below_questions(elements: Sequence[Element]) -> set[int]:
    """Return the indices of cards and tables below a heading or a summary that asks."""
    below: set[int] = set()
    asks = False
    for index, element in enumerate(elements):
        match element.kind:
            case ElementKind.HEADING:
                asks = element.asks
            case ElementKind.SUMMARY:
                asks = looks_like_question(read_summary(element))
            case ElementKind.CARDS | ElementKind.TABLE if asks:
                below.add(index)
    return below


def _read_lines(element: Element) -> list[Line]:
    if element.kind == ElementKind.PARAGRAPH:
        return [part.line for part in element.parts]
    if element.kind == ElementKind.LIST and element.node:
        return list(map(read_first_line, element.node.children))
    return []


def split_pairs(lines: Sequence[Line]) -> list[Pair | None]:
    """Return where each of several lines `question::answer` is divided, or `None` for other lines."""
    texts = [span_text(line) for line in lines]
    if not any("::" in text for text in texts):
        return [None] * len(lines)
    spaced_only = uses_spaces(texts)
    several = (
        sum(
            find_pair(text, line, spaced_only=spaced_only) is not None
            for text, line in zip(texts, lines, strict=True)
        )
        > 1
    )
    return [find_pair(text, line, several, spaced_only) for text, line in zip(texts, lines, strict=True)]


def find_pairs(element: Element) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the question and the answer of each pair `question::answer` in an element."""
    items = element.node.children if element.kind == ElementKind.LIST and element.node else []
    starts = [item.line for item in items] or [element.line + part.row for part in element.parts]
    lines = _read_lines(element)
    for line, spans, pair in zip(starts, lines, split_pairs(lines), strict=True):
        if pair is not None:
            text = span_text(spans)
            yield line, text[: pair.question_end].strip(), text[pair.answer_start :].strip()


def iter_card_events(element: Element) -> Iterator[Event]:
    """Yield the events of an element that is a card, or has several."""
    if element.kind == ElementKind.CARDS:
        yield from element.events
    elif element.is_front:
        yield _make_front_event(element)
    else:
        yield from _iter_pair_events(element)


def make_card_events(line: int, question: Sequence[Block], answer: Iterable[Event]) -> Iterator[Event]:
    """Yield the events of a card: its question without a label, and its answer without one.

    A letter is the label of an answer only below a question with a label, as in `Q: …` and `A: …`.
    """
    marker = _match_marker(question)
    yield _make_question(line, question, marker)
    yield Event(EventKind.ANSWER, line)
    has_letters = marker is not None and marker.style[0] == "q"
    for index, event in enumerate(answer):
        yield event if index else _drop_answer_label(event, has_letters)


def _match_marker(blocks: Sequence[Block]) -> patterns.Marker | None:
    """Return the number or label at the start of a question, such as `Q3:`."""
    if not blocks or not isinstance(first := blocks[0], Paragraph):
        return None
    marker = patterns.match_marker(span_text(strip_emphasis(first.lines[0])))
    return None if marker is None or marker.tight else marker


def _make_question(line: int, blocks: Sequence[Block], marker: patterns.Marker | None) -> Event:
    """Return the event of a question without its marker."""
    if not blocks or not isinstance(first := blocks[0], Paragraph):
        return Event(EventKind.QUESTION, line, tuple(blocks))
    words = strip_emphasis(first.lines[0])
    if marker is not None:
        words = drop_prefix(words, len(span_text(words)) - len(marker.rest))
    number = marker.number if marker else None
    return Event(EventKind.QUESTION, line, _replace_first_line(blocks, words), number)


def _drop_answer_label(event: Event, has_letters: bool) -> Event:
    """Return the first content of an answer without a label at its start, such as `Answer:`."""
    if not event.blocks or not isinstance(first := event.blocks[0], Paragraph):
        return event
    text = span_text(first.lines[0])
    answer = patterns.match_answer_label(text, letters=False)
    if answer is None and has_letters:
        answer = patterns.match_answer_label(text, letters=True)
    if answer is None:
        return event
    words = drop_prefix(first.lines[0], len(text) - len(answer))
    return replace(event, blocks=_replace_first_line(event.blocks, words), parts=())


def _replace_first_line(blocks: Sequence[Block], line: Line) -> tuple[Block, ...]:
    """Return blocks with another first line in the paragraph that they begin with, or without it."""
    lines = blocks[0].lines[1:] if isinstance(blocks[0], Paragraph) else ()
    lines = (line, *lines) if line else lines
    return (Paragraph(lines), *blocks[1:]) if lines else tuple(blocks[1:])


def _make_front_event(element: Element) -> Event:
    """Return the event of what is above a separator; a list with one item has the number of the question."""
    node = element.node
    if element.kind == ElementKind.LIST and node is not None and len(node.children) == 1:
        digits = node.children[0].token.info
        number = int(digits) if digits.isdigit() else None
        return Event(EventKind.QUESTION, element.line, convert_nodes(node.children[0].children), number)
    blocks = (Paragraph((element.words,)),) if element.kind == ElementKind.HEADING else element.blocks
    return _make_question(element.line, blocks, _match_marker(blocks))


def _iter_pair_events(element: Element) -> Iterator[Event]:
    items = element.node.children if element.kind == ElementKind.LIST and element.node else []
    rows: list[tuple[int, Line, Sequence[Node]]] = [
        (element.line + part.row, part.line, ()) for part in element.parts if not part.image
    ]
    for item in items:
        has_line = bool(item.children) and item.children[0].kind == "paragraph"
        inline = item.children[0].children[0].token.children or () if has_line else ()
        parts = split_segments(inline, images=False)
        nested = item.children[1:] if has_line else item.children
        rows.append((item.line, join_lines([part.line for part in parts]), nested))
    for (line, spans, below), pair in zip(rows, split_pairs([row[1] for row in rows]), strict=True):
        if pair is None:
            if spans:
                yield Event(EventKind.CONTENT, line, (Paragraph((spans,)),))
        else:
            yield make_question_event(line, take_prefix(spans, pair.question_end), None)
            yield Event(EventKind.ANSWER, line)
            yield Event(EventKind.CONTENT, line, (Paragraph((drop_prefix(spans, pair.answer_start),)),))
        if blocks := convert_nodes(below):
            yield Event(EventKind.CONTENT, below[0].line, blocks)
    if rows:
        # a pair is a line: what is below its paragraph or list is not a part of its answer
        yield Event(EventKind.DETAILS_END, rows[-1][0])
