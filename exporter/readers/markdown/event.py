"""What happens in a Markdown file, and how the words of a question are taken out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.model.questions import Block, Code, Emphasis, Line, Link, Paragraph, Span, Strong, Text
from exporter.readers.markdown.inline import Segment
from exporter.readers.span_builder import drop_prefix, merge_texts, span_text, split_at_breaks


@dataclass(slots=True)
class Event:
    """What happens at a line (from 0): a question, its answer, content, a section, an end, navigation.

    A detail is what is said about a question: its `role`, and what in `text`.

    `level` is that of a heading; a question's is set where sections of its level end before it.
    `parts` are the source lines of a paragraph, for finding labels in it; `end` is the line after
    the last, where that matters.
    """

    kind: str
    line: int
    blocks: tuple[Block, ...] = ()
    number: int | None = None
    level: int = 0
    text: str = ""
    parts: Sequence[Segment] = ()
    end: int = 0
    role: str = ""


def question(line: int, text: Line, number: int | None) -> Event:
    """Return the event of a question."""
    text = unmarked(text)
    lines = tuple(filter(None, split_at_breaks(text)))
    return Event("question", line, (Paragraph(lines),) if lines else (), number)


def unmarked(text: Line) -> Line:
    """Return a question without the emphasis around all of it, which only marks it as one."""
    while len(text) == 1 and isinstance(text[0], (Strong, Emphasis)):
        text = text[0].spans
    return text


def first_part(line: Line, length: int) -> Line:
    """Return the first characters of a line as plain text, with the formulas and raised text in it."""
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


def in_bold(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks with the lines of their paragraphs in bold, as a heading within an answer is."""
    return tuple(
        Paragraph(tuple((Strong(unmarked(line)),) if line else line for line in block.lines))
        if isinstance(block, Paragraph)
        else block
        for block in blocks
    )


def without_dash(line: Line) -> Line:
    """Return the text behind a question without the dash or colon between them."""
    text = span_text(line)
    return drop_prefix(line, len(text) - len(text.lstrip(" -–—:|")))
