"""Paragraphs with labels, as in decks of hashcards: `Q:`, `A:` and `C:`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from exporter.readers.labels import patterns
from exporter.readers.markdown.blocks import convert_segments
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import Event, EventKind, make_question_event, take_prefix
from exporter.readers.markdown.inline import Segment
from exporter.readers.span_builder import drop_prefix, join_lines


class _Part(Enum):
    """What the lines after a label are."""

    CONTENT = auto()
    QUESTION = auto()
    ANSWER = auto()
    CLOZE = auto()
    CLOZE_TEXT = auto()
    """Further paragraphs of a cloze card."""


@dataclass(slots=True)
class Labels:
    """Reads paragraphs whose lines begin with `Q:`, `A:` or `C:`.

    `has_answer_labels` is set if the file labels its answers; `answered` if the question has its answer, in
    which such a label is text.
    """

    has_answer_labels: bool = True
    answered: bool = True
    _part: _Part = _Part.CONTENT
    _lines: list[Segment] = field(default_factory=list)
    _start: int = 0
    _number: int | None = None

    def read(self, element: Element, *, is_question: bool) -> Iterator[Event]:
        """Yield the events of a paragraph; if it is not a question, a label without words is dropped."""
        self._part = _Part.CLOZE_TEXT if self._part is _Part.CLOZE else _Part.CONTENT
        self._lines, self._start, self._number = [], 0, None
        for index, segment in enumerate(element.parts):
            text = segment.text
            following = element.parts[index + 1].text if index + 1 < len(element.parts) else ""
            marker = segment.marker
            if marker is not None and marker.style[0] == "q" and not marker.style.endswith(" "):
                yield from self._finish(element)
                if not is_question and not marker.rest:
                    self._begin(_Part.CONTENT, index)
                    self.answered = False
                    continue
                self._begin(_Part.QUESTION, index)
                self._number = element.number if marker.number is None else marker.number
                self.answered = False
                line = drop_prefix(segment.line, len(text) - len(marker.rest))
                if (inline := patterns.split_inline_answer(marker.rest)) is not None:
                    question, answer = inline
                    question_line = take_prefix(line, len(question))
                    yield make_question_event(element.line + segment.row, question_line, self._number)
                    self._part, self.answered = _Part.ANSWER, True
                    line = drop_prefix(segment.line, len(text) - len(answer))
                self._lines = [Segment(line, segment.hard, segment.image)]
            elif not self.answered and (rest := _match_answer(text, following)) is not None:
                yield from self._finish(element)
                self._begin(_Part.ANSWER, index)
                self.answered = True
                line = drop_prefix(segment.line, len(text) - len(rest))
                self._lines = [Segment(line, segment.hard)] if line else []
            elif text.startswith("C:"):
                yield from self._finish(element)
                self._begin(_Part.CLOZE, index)
                self.answered = True
            else:
                self._lines.append(segment)
        yield from self._finish(element)

    def _begin(self, part: _Part, index: int) -> None:
        self._part, self._start, self._lines = part, index, []

    def _finish(self, element: Element) -> Iterator[Event]:
        """Yield the events of the lines since the last label."""
        lines = self._lines
        line = element.line + (element.parts[self._start].row if self._start < len(element.parts) else 0)
        if self._part is _Part.QUESTION:
            yield from self._iter_question(line)
        elif self._part is _Part.ANSWER:
            yield Event(EventKind.ANSWER, line)
        elif self._part is _Part.CLOZE:
            yield Event(EventKind.CLOZE, line)
        if self._part in (_Part.ANSWER, _Part.CONTENT, _Part.CLOZE_TEXT) and lines:
            # a label in a quotation marks it as the answer; without one it is quoted
            is_answer = self._part is _Part.ANSWER
            blocks = convert_segments(lines) if is_answer else element.convert_quoted(lines)
            yield Event(EventKind.CONTENT, line, blocks, parts=tuple(lines))

    def _iter_question(self, line: int) -> Iterator[Event]:
        lines = self._lines
        end = next((i + 1 for i, part in enumerate(lines) if part.has_question_mark), 0)
        if not self.has_answer_labels and 0 < end < len(lines):
            yield make_question_event(line, join_lines([part.line for part in lines[:end]]), self._number)
            answer = tuple(lines[end:])
            yield Event(EventKind.CONTENT, line + end, convert_segments(answer), parts=answer)
            return
        yield make_question_event(line, join_lines([part.line for part in lines]), self._number)
        yield from (Event(EventKind.CONTENT, line, (part.image,)) for part in lines if part.image)


def has_answer_labels(elements: Sequence[Element]) -> bool:
    """Return whether a file labels its answers."""
    return any(
        patterns.match_answer_label(part.text, letters=True) is not None
        for element in elements
        if element.kind in (ElementKind.PARAGRAPH, ElementKind.HEADING)
        for part in element.parts
    )


def _match_answer(text: str, following: str) -> str | None:
    """Return the text after the label of an answer; `A` before a line with `B` is an option instead."""
    answer = patterns.match_answer_label(text, letters=False)
    return patterns.match_answer_letter(text, (following,)) if answer is None else answer
