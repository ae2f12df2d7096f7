"""Spans as they come in: nested where the source opens and closes them, split where lines end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from exporter.model.questions import (
    Code,
    Emphasis,
    Line,
    LineBreak,
    Link,
    Math,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.model.text import line_text

NESTING_SPANS = (Strong, Emphasis, Superscript, Subscript, Strikethrough, Link)

MAX_NESTING = 16
"""Emphasis within emphasis is followed so far; what lies deeper loses its emphasis, not its words."""


class SpanKind(StrEnum):
    """The kinds of span that a builder opens and closes."""

    STRONG = "strong"
    EMPHASIS = "em"
    SUPERSCRIPT = "sup"
    SUBSCRIPT = "sub"
    STRIKETHROUGH = "strike"
    CODE = "code"
    LINK = "link"


@dataclass(slots=True)
class _Opened:
    """Emphasis, code or a link that is open; `before` is what it made of the lines before this one."""

    kind: SpanKind
    target: str
    spans: list[Span] = field(default_factory=list)
    before: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class SpanBuilder:
    """Collects the lines of a paragraph; emphasis that is open at a line's end goes on in the next.

    `exact` keeps spaces at the ends of lines, and emphasis of nothing but spaces.
    """

    lines: list[list[Span]] = field(default_factory=lambda: [[]])
    exact: bool = False
    _open: list[_Opened] = field(default_factory=list)

    def add(self, span: Span) -> None:
        """Add a span to the line."""
        self._target().append(span)

    def add_text(self, text: str) -> None:
        """Add words to the line."""
        if text:
            self._target().append(Text(text))

    def open(self, kind: SpanKind, target: str = "") -> None:
        """Begin emphasis (`strong`, `em`), `sup`, `sub`, `strike`, code, or a link."""
        self._open.append(_Opened(kind, target))

    def close(self, kind: SpanKind) -> bool:
        """End what was begun last of that kind, with all within it; say whether there was any."""
        if not any(each.kind == kind for each in self._open):
            return False
        while self._close_last().kind != kind:
            pass
        return True

    def is_open(self) -> bool:
        """Say whether anything has been begun and not ended."""
        return bool(self._open)

    def new_line(self) -> None:
        """End the line; what is open goes on in the next."""
        reopened: list[_Opened] = []
        while self._open:
            opened = self._close_last()
            reopened.append(_Opened(opened.kind, opened.target, [], opened.before))
        self.lines.append([])
        self._open.extend(reversed(reopened))

    def finish(self) -> list[Line]:
        """Return the lines, each tidied; what was never ended loses its emphasis, not its words."""
        broken: set[int] = set()
        while self._open:
            opened = self._close_last()
            broken.update(map(id, opened.before))
        if self.exact:
            return [merge_texts(line) for line in self.lines]
        if not broken:
            return [strip_line(line) for line in self.lines]
        return [
            strip_line([part for span in line for part in _unwrapped(span, broken)]) for line in self.lines
        ]

    def _target(self) -> list[Span]:
        return self._open[-1].spans if self._open else self.lines[-1]

    def _close_last(self) -> _Opened:
        opened = self._open.pop()
        within = self._target()
        inner = merge_texts(opened.spans)
        if len(self._open) >= MAX_NESTING or not (self.exact or span_text(inner).strip()):
            within.extend(inner)
            return opened
        match opened.kind:
            case SpanKind.STRONG:
                span: Span = Strong(inner)
            case SpanKind.EMPHASIS:
                span = Emphasis(inner)
            case SpanKind.SUPERSCRIPT:
                span = Superscript(inner)
            case SpanKind.SUBSCRIPT:
                span = Subscript(inner)
            case SpanKind.STRIKETHROUGH:
                span = Strikethrough(inner)
            case SpanKind.CODE:
                span = Code(span_text(inner))
            case SpanKind.LINK:
                span = Link(inner, opened.target)
        opened.before.append(span)
        within.append(span)
        return opened


def _unwrapped(span: Span, broken: set[int]) -> Line:
    """Return what is within a span that was never ended, or the span."""
    if id(span) in broken and isinstance(span, NESTING_SPANS):
        return tuple(part for inner in span.spans for part in _unwrapped(inner, broken))
    return (span,)


def span_text(spans: Line) -> str:
    """Return the words of spans as a person reads them."""
    if len(spans) == 1 and isinstance(spans[0], Text):
        return spans[0].text
    return line_text(spans)


def merge_texts(spans: list[Span] | Line) -> Line:
    """Return spans with neighbouring texts made one."""
    result: list[Span] = []
    for span in spans:
        if isinstance(span, Text) and not span.text:
            continue
        if result and isinstance(span, Text) and isinstance(last := result[-1], Text):
            result[-1] = Text(last.text + span.text)
        else:
            result.append(span)
    return tuple(result)


def strip_line(spans: list[Span] | Line) -> Line:
    """Return a line without spaces at its ends."""
    if len(spans) == 1 and isinstance(only := spans[0], Text):
        text = only.text.strip(" \t\n")
        return (only,) if text == only.text and text else (Text(text),) if text else ()
    line = list(merge_texts(spans))
    while line and isinstance(first := line[0], Text):
        if stripped := first.text.lstrip(" \t\n"):
            line[0] = Text(stripped)
            break
        line.pop(0)
    while line and isinstance(last := line[-1], Text):
        if stripped := last.text.rstrip(" \t\n"):
            line[-1] = Text(stripped)
            break
        line.pop()
    return tuple(line)


def join_lines(lines: list[Line]) -> Line:
    """Return lines as one, a space between each two."""
    spans: list[Span] = []
    for line in lines:
        if spans and line:
            spans.append(Text(" "))
        spans.extend(line)
    return strip_line(spans)


def drop_prefix(line: Line, length: int) -> Line:
    """Return a line without its first `length` characters of words."""
    spans = list(line)
    while spans and length > 0:
        span = spans[0]
        size = len(span_text((span,)))
        if size <= length:
            spans.pop(0)
            length -= size
            continue
        match span:
            case Text(text):
                spans[0] = Text(text[length:])
            case Strong(inner):
                spans[0] = Strong(drop_prefix(inner, length))
            case Emphasis(inner):
                spans[0] = Emphasis(drop_prefix(inner, length))
            case Link(inner, target):
                spans[0] = Link(drop_prefix(inner, length), target)
            case Code(text):
                spans[0] = Code(text[length:])
            case Math() | Superscript() | Subscript() | Strikethrough() | LineBreak():
                pass
        break
    return strip_line(spans)


def join_with_breaks(lines: Iterable[Line]) -> Line:
    """Return the lines that have words as one, a line break between each two."""
    spans: list[Span] = []
    for line in filter(None, lines):
        if spans:
            spans.append(LineBreak())
        spans.extend(line)
    return merge_texts(spans)


def split_at_breaks(line: Line) -> list[Line]:
    """Return a line as the lines between its line breaks."""
    lines: list[list[Span]] = [[]]
    for span in line:
        if isinstance(span, LineBreak):
            lines.append([])
        else:
            lines[-1].append(span)
    return [strip_line(each) for each in lines]
