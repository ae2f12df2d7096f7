"""The events of a Markdown file, and how the words of a question are taken from a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from exporter.model.questions import Block, Code, Emphasis, Line, Link, Paragraph, Span, Strong, Text
from exporter.readers.markdown.inline import Segment
from exporter.readers.span_builder import drop_prefix, merge_texts, span_text, split_at_breaks


class EventKind(StrEnum):
    """The kind of an event."""

    QUESTION = "question"
    QUESTION_PART = "question part"
    """Blocks that belong to the question, whatever is before them."""
    ANSWER = "answer"
    """The answer begins here."""
    CONTENT = "content"
    METADATA = "metadata"
    SECTION = "section"
    TITLE = "title"
    DETAILS_END = "details end"
    CLOZE = "cloze"
    NAVIGATION = "navigation"


@dataclass(slots=True)
class Event:
    """What begins or ends at a line (from 0) of the file.

    - `level` is that of a heading; a question has one if the sections of that level end before it.
    - `role` and `text` are those of metadata; `text` is also the name of a section.
    - `parts` are the source lines of a paragraph, in which labels are searched for.
    - `end` is the line after the last one, where that is needed.
    """

    kind: EventKind
    line: int
    blocks: tuple[Block, ...] = ()
    number: int | None = None
    level: int = 0
    text: str = ""
    parts: Sequence[Segment] = ()
    end: int = 0
    role: str = ""


def make_question_event(line: int, text: Line, number: int | None) -> Event:
    """Return the event of a question."""
    text = strip_emphasis(text)
    lines = tuple(filter(None, split_at_breaks(text)))
    return Event(EventKind.QUESTION, line, (Paragraph(lines),) if lines else (), number)


def strip_emphasis(text: Line) -> Line:
    """Return a question without emphasis around all of it, which only marks it as a question."""
    while len(text) == 1 and isinstance(text[0], (Strong, Emphasis)):
        text = text[0].spans
    return text


def take_prefix(line: Line, length: int) -> Line:
    """Return the first characters of a line as plain text, with the formulas and superscripts in it."""
    parts: list[Span] = []
    stack = list(reversed(line))
    while stack and length > 0:
        span = stack.pop()
        if isinstance(span, (Strong, Emphasis, Link)):
            stack.extend(reversed(span.spans))
            continue
        text = span_text((span,))
        plain = isinstance(span, (Text, Code)) or len(text) > length
        parts.append(Text(text[:length]) if plain else span)
        length -= len(text)
    return merge_texts(parts)


def embolden(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks with the lines of their paragraphs in bold, as a heading in an answer is."""
    return tuple(
        Paragraph(tuple((Strong(strip_emphasis(line)),) if line else line for line in block.lines))
        if isinstance(block, Paragraph)
        else block
        for block in blocks
    )


def strip_dash(line: Line) -> Line:
    """Return the text after a question without the dash or colon between them."""
    text = span_text(line)
    return drop_prefix(line, len(text) - len(text.lstrip(" -–—:|")))
