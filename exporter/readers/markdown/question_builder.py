"""A question of a Markdown file while it is read, and how its events become its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from exporter.model.questions import Block, CodeBlock, ListBlock, Question, SourceSpan
from exporter.model.text import plain_text
from exporter.readers.labels import patterns
from exporter.readers.labels.metadata import Metadata
from exporter.readers.labels.question_detection import ends_with_question_mark
from exporter.readers.markdown.blocks import convert_segments
from exporter.readers.markdown.event import Event, EventKind
from exporter.readers.markdown.inline import Segment
from exporter.readers.span_builder import drop_prefix

CODE_QUESTION = re.compile(
    r"\b(?:output|outputs|following|below|snippet|print|prints|printed|logged|log|logs|this code|code do"
    r"|result|wrong with|evaluate|value|this do|does this|these lines)\b",
    re.IGNORECASE,
)
"""A question with one of these words is about the code right below it; unmeasured."""

MAX_SEARCHED_CHARS = 500
"""How much of a question is searched for these words; unmeasured."""


MAX_OPTION_LINES = 2
"""The second option of a multiple choice is in this number of lines below the first, as in plain text."""


class _Label(NamedTuple):
    """The label of an answer: the indices of its event and of its line there, and the text after it."""

    event: int
    row: int
    text: str


@dataclass(slots=True)
class OpenQuestion:
    """A question that is being read.

    `before` are the events before the answer was marked, and `after` those after it.
    """

    event: Event
    category: str | None
    before: list[Event] = field(default_factory=list)
    after: list[Event] = field(default_factory=list)
    answered: bool = False
    metadata: Metadata = field(default_factory=Metadata)

    def close(self, tags: Sequence[str], span: SourceSpan) -> Question:
        """Return the question, at the place `span`; `tags` are those of the whole file."""
        question, answer = list(self.event.blocks), self.after
        metadata = self.metadata
        if self.answered:
            question += _extract_metadata(metadata, self.before)
        elif (label := _find_answer_label(self.before)) is not None:
            question += _join_blocks(self.before[: label.event])
            answer = self.before[label.event :]
            above, answer[0] = _split_at_label(answer[0], label)
            question += above
        else:
            answer = self.before
            if answer and _is_about_code(self.event, answer):
                question += answer[0].blocks
                answer = answer[1:]
        blocks = _extract_metadata(metadata, answer)
        return Question(
            tuple(question),
            tuple(blocks),
            self.event.number,
            metadata.category or self.category,
            tuple(dict.fromkeys((*tags, *metadata.tags))),
            tuple(metadata.cues),
            "\n".join(metadata.notes).strip() or None,
            metadata.id,
            span,
            patterns.find_typed_label(span.text, self.event.number),
        )


def _join_blocks(events: Sequence[Event]) -> list[Block]:
    return [block for event in events for block in event.blocks]


def _is_about_code(event: Event, answer: Sequence[Event]) -> bool:
    """Return whether a question is about the code right below it.

    Code is the whole answer of a question that ends in neither a question mark nor a colon.
    """
    first = answer[0].blocks
    text = plain_text(event.blocks)
    if len(answer) == 1 and not ends_with_question_mark(text) and not text.rstrip().endswith((":", "：")):
        return False
    return (
        len(first) == 1
        and isinstance(first[0], CodeBlock)
        and CODE_QUESTION.search(text[:MAX_SEARCHED_CHARS]) is not None
    )


def _find_answer_label(events: Sequence[Event]) -> _Label | None:
    """Return the first label of an answer; `A` counts in the first line only, and not above a `B`."""
    for index, event in enumerate(events):
        for row, part in enumerate(event.parts):
            if (text := patterns.match_answer_label(part.text, letters=False)) is not None:
                return _Label(index, row, text)
        if index == 0 and event.parts:
            lines = (part.text for other in events for part in other.parts)
            if (
                text := patterns.match_answer_letter(next(lines), islice(lines, MAX_OPTION_LINES))
            ) is not None:
                return _Label(index, 0, text)
    return None


def _split_at_label(event: Event, label: _Label) -> tuple[tuple[Block, ...], Event]:
    """Return the blocks above the label of an answer in a paragraph, and its rest without the label."""
    first, *rest = event.parts[label.row :]
    line = drop_prefix(first.line, len(first.text) - len(label.text))
    parts = [Segment(line, first.hard, first.image), *rest] if line or first.image else rest
    return convert_segments(event.parts[: label.row]), Event(
        EventKind.CONTENT, event.line + label.row, convert_segments(parts), parts=parts
    )


def _extract_metadata(metadata: Metadata, events: Sequence[Event]) -> list[Block]:
    """Add the labelled metadata in an answer to `metadata`; return the other blocks."""
    blocks: list[Block] = []
    expects_cues = False
    for event in events:
        if expects_cues and len(event.blocks) == 1 and isinstance(listed := event.blocks[0], ListBlock):
            metadata.cues.extend(plain_text(item).replace("\n", " ") for item in listed.items)
            expects_cues = False
            continue
        expects_cues = False
        if not event.parts or metadata.match(event.parts[0].text) is None:
            blocks.extend(event.blocks)
            continue
        kind, rest = _extract_labelled(metadata, event.parts)
        blocks.extend(convert_segments(rest))
        expects_cues = kind == "cues" and not metadata.cues
    return blocks


def _extract_labelled(metadata: Metadata, parts: Sequence[Segment]) -> tuple[str, list[Segment]]:
    """Add the metadata of a paragraph that begins with a label.

    Return the kind of the last label, and the lines that are part of the answer: only notes have more than
    one line.
    """
    kind = ""
    rest: list[Segment] = []
    for part in parts:
        match = metadata.match(part.text)
        if match is None and kind != "notes":
            rest.append(part)
            continue
        kind, value = match or (kind, part.text)
        metadata.add(kind, value)
    return kind, rest
