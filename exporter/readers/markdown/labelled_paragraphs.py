"""Paragraphs with labels, as in hashcards decks: `Q:`, `A:` and `C:`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.readers.labels import patterns
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.blocks import convert_segments
from exporter.readers.markdown.element import Element, ElementKind
from exporter.readers.markdown.event import Event, EventKind, question_event, take_prefix
from exporter.readers.markdown.inline import Segment
from exporter.readers.span_builder import drop_prefix, join_lines


@dataclass(slots=True)
class Labels:
    """Paragraphs whose lines begin with `Q:`, `A:` or `C:`.

    `labelled` says that the file labels its answers, `answered` that the question has its answer,
    in which such a label is text.
    """

    labelled: bool = True
    answered: bool = True
    part: str = "content"

    def read(self, element: Element) -> Iterator[Event]:
        """Yield what a paragraph's lines are."""
        run: list[Segment] = []
        start = 0
        number: int | None = None
        self.part = "cloze text" if self.part == "cloze" else "content"
        for place, segment in enumerate(element.parts):
            text = segment.text
            following = element.parts[place + 1].text if place + 1 < len(element.parts) else ""
            mark = patterns.match_marker(text)
            if mark is not None and mark.style[0] == "q" and not mark.style.endswith(" "):
                yield from self._finish(element, start, run, number)
                start, number = place, element.number if mark.number is None else mark.number
                self.part, self.answered = "question", False
                line = drop_prefix(segment.line, len(text) - len(mark.rest))
                if (inline := patterns.split_inline_answer(mark.rest)) is not None:
                    yield question_event(
                        element.line + segment.row, take_prefix(line, len(inline[0])), number
                    )
                    self.part, self.answered = "answer", True
                    line = drop_prefix(segment.line, len(text) - len(inline[1]))
                run = [Segment(line, segment.hard, segment.image)]
            elif not self.answered and (answer := _answer_label(text, following)) is not None:
                yield from self._finish(element, start, run, number)
                self.part, self.answered, start = "answer", True, place
                rest = drop_prefix(segment.line, len(text) - len(answer))
                run = [Segment(rest, segment.hard)] if rest else []
            elif text.startswith("C:"):
                yield from self._finish(element, start, run, number)
                self.part, self.answered, start, run = "cloze", True, place, []
            else:
                run.append(segment)
        yield from self._finish(element, start, run, number)

    def _finish(
        self, element: Element, start: int, run: Sequence[Segment], number: int | None
    ) -> Iterator[Event]:
        line = element.line + (element.parts[start].row if start < len(element.parts) else 0)
        if self.part == "question":
            asked = next((at + 1 for at, part in enumerate(run) if ends_with_question_mark(part.text)), 0)
            if not self.labelled and 0 < asked < len(run):
                yield question_event(line, join_lines([each.line for each in run[:asked]]), number)
                rest = tuple(run[asked:])
                yield Event(EventKind.CONTENT, line + asked, convert_segments(rest), parts=rest)
                return
            yield question_event(line, join_lines([each.line for each in run]), number)
            yield from (Event(EventKind.CONTENT, line, (each.image,)) for each in run if each.image)
        elif self.part == "answer":
            yield Event(EventKind.ANSWER, line)
        elif self.part == "cloze":
            yield Event(EventKind.CLOZE, line)
        if self.part in ("answer", "content", "cloze text") and run:
            # a label in a quotation marks it as the answer; without one it is quoted
            blocks = convert_segments(run) if self.part == "answer" else element.quote_segments(run)
            yield Event(EventKind.CONTENT, line, blocks, parts=tuple(run))


def has_answer_labels(elements: Sequence[Element]) -> bool:
    """Say whether a file labels its answers."""
    return any(
        patterns.match_answer_label(part.text, letters=True) is not None
        for element in elements
        if element.kind in (ElementKind.PARAGRAPH, ElementKind.HEADING)
        for part in element.parts
    )


def _answer_label(text: str, following: str) -> str | None:
    answer = patterns.match_answer_label(text, letters=False)
    if answer is None and not patterns.OPTION.match(following):
        answer = patterns.match_answer_label(text, letters=True)
    return answer
