"""A question of a Markdown file: what stands between it and the next one, sorted into its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from exporter.model.questions import Block, CodeBlock, ListBlock, Question, SourceSpan
from exporter.model.text import plain_text
from exporter.readers.labels import patterns
from exporter.readers.labels.metadata import Metadata
from exporter.readers.markdown.blocks import convert_segments
from exporter.readers.markdown.event import Event, EventKind
from exporter.readers.markdown.inline import Segment
from exporter.readers.span_builder import drop_prefix

SHOWS_CODE = re.compile(
    r"\b(?:output|outputs|following|below|snippet|print|prints|printed|logged|log|logs|this code|code do"
    r"|result|wrong with|evaluate|value|this do|does this|these lines)\b",
    re.IGNORECASE,
)
"""A question with one of these words is about the code right below it."""


@dataclass(slots=True)
class OpenQuestion:
    """A question that is being read."""

    event: Event
    category: str | None
    before: list[Event] = field(default_factory=list)
    after: list[Event] = field(default_factory=list)
    answered: bool = False
    said: Metadata = field(default_factory=Metadata)

    def closed(self, tags: Sequence[str], span: SourceSpan) -> Question:
        """Return the question as it is when the next one begins; `tags` are those of the whole file."""
        asked, answer = list(self.event.blocks), self.after
        if self.answered:
            asked += _blocks(self.before)
        elif (label := _label(self.before)) is not None:
            asked += _blocks(self.before[:label])
            answer = self.before[label:]
            above, answer[0] = _at_label(answer[0])
            asked += above
        else:
            answer = self.before
            if answer and _shows_code(self.event, answer):
                asked += answer[0].blocks
                answer = answer[1:]
        said = self.said
        blocks = _take(said, answer)
        return Question(
            tuple(asked),
            tuple(blocks),
            self.event.number,
            said.category or self.category,
            tuple(dict.fromkeys((*tags, *said.tags))),
            tuple(said.cues),
            "\n".join(said.notes).strip() or None,
            said.id,
            span,
            patterns.find_typed_label(span.text, self.event.number),
        )


def _blocks(events: Sequence[Event]) -> list[Block]:
    return [block for event in events for block in event.blocks]


def _shows_code(event: Event, answer: Sequence[Event]) -> bool:
    """Say whether the code that follows a question belongs to it."""
    first = answer[0].blocks
    return (
        len(first) == 1
        and isinstance(first[0], CodeBlock)
        and SHOWS_CODE.search(plain_text(event.blocks)[:500]) is not None
    )


def _label(events: Sequence[Event]) -> int | None:
    """Return which of the paragraphs begins with an answer's label."""
    for index, event in enumerate(events):
        if any(patterns.match_answer_label(part.text, letters=False) is not None for part in event.parts):
            return index
        if (
            event.parts
            and index == 0
            and patterns.match_answer_label(event.parts[0].text, letters=True) is not None
        ):
            return index
    return None


def _at_label(event: Event) -> tuple[tuple[Block, ...], Event]:
    """Return what stands above the answer's label in a paragraph, and the rest of it without the label."""
    at = next(
        (
            at
            for at, part in enumerate(event.parts)
            if patterns.match_answer_label(part.text, letters=False) is not None
        ),
        0,
    )
    first, *rest = event.parts[at:]
    text = patterns.match_answer_label(first.text, letters=False)
    text = patterns.match_answer_label(first.text, letters=True) if text is None else text
    line = drop_prefix(first.line, len(first.text) - len(text or ""))
    parts = [Segment(line, first.hard, first.image), *rest] if line or first.image else rest
    return convert_segments(event.parts[:at]), Event(
        EventKind.CONTENT, event.line + at, convert_segments(parts), parts=parts
    )


def _take(details: Metadata, events: Sequence[Event]) -> list[Block]:
    """Return an answer's blocks, without the labels among them that say something about the question."""
    blocks: list[Block] = []
    cues = False
    for event in events:
        if cues and len(event.blocks) == 1 and isinstance(listed := event.blocks[0], ListBlock):
            details.cues.extend(plain_text(item).replace("\n", " ") for item in listed.items)
            cues = False
            continue
        cues = False
        if not event.parts or details.match(event.parts[0].text) is None:
            blocks.extend(event.blocks)
            continue
        kind, own = _take_labelled(details, event.parts)
        blocks.extend(convert_segments(own))
        cues = kind == "cues" and not details.cues
    return blocks


def _take_labelled(details: Metadata, parts: Sequence[Segment]) -> tuple[str, list[Segment]]:
    """Take a paragraph that begins with a label; return the last label, and the lines that are the answer's.

    Only notes have further lines.
    """
    kind = ""
    own: list[Segment] = []
    for part in parts:
        found = details.match(part.text)
        if found is None and kind != "notes":
            own.append(part)
            continue
        kind, rest = found or (kind, part.text)
        details.add(kind, rest)
    return kind, own
