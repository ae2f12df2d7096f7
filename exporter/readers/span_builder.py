"""Build nested spans from opening and closing events, and split them at line ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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

MAX_NESTING = 16  # unmeasured
"""Maximum nesting of emphasis; deeper spans lose their emphasis, but keep their text."""


class SpanKind(StrEnum):
    """The kinds of span that a builder opens and closes."""

    STRONG = "strong"
    EMPHASIS = "em"
    SUPERSCRIPT = "sup"
    SUBSCRIPT = "sub"
    STRIKETHROUGH = "strike"
    CODE = "code"
    LINK = "link"


_EMPHASIS: dict[SpanKind, Callable[[Line], Span]] = {
    SpanKind.STRONG: Strong,
    SpanKind.EMPHASIS: Emphasis,
    SpanKind.SUPERSCRIPT: Superscript,
    SpanKind.SUBSCRIPT: Subscript,
    SpanKind.STRIKETHROUGH: Strikethrough,
}


@dataclass(slots=True)
class _OpenSpan:
    """An open span; `previous` are the spans that it became in earlier lines."""

    kind: SpanKind
    target: str
    spans: list[Span] = field(default_factory=list)
    previous: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class SpanBuilder:
    """Collects the spans of a paragraph line by line.

    A span that is open at the end of a line continues in the next.

    If `exact` is true, spaces at line ends and emphasis of spaces only are kept.
    """

    lines: list[list[Span]] = field(default_factory=lambda: [[]])
    exact: bool = False
    _open: list[_OpenSpan] = field(default_factory=list)

    def add(self, span: Span) -> None:
        """Add a span to the current line."""
        self._target().append(span)

    def add_text(self, text: str) -> None:
        """Add text to the current line."""
        if text:
            (self._open[-1].spans if self._open else self.lines[-1]).append(Text(text))

    def open(self, kind: SpanKind, target: str = "") -> None:
        """Open a span; `target` is the address of a link."""
        self._open.append(_OpenSpan(kind, target))

    def close(self, kind: SpanKind) -> bool:
        """Close the last span of that kind and all spans in it; return whether there was one."""
        if not any(span.kind == kind for span in self._open):
            return False
        while self._close_last().kind != kind:
            pass
        return True

    def is_open(self) -> bool:
        """Return whether any span is open."""
        return bool(self._open)

    def new_line(self) -> None:
        """End the line; open spans continue in the next."""
        reopened: list[_OpenSpan] = []
        while self._open:
            span = self._close_last()
            reopened.append(_OpenSpan(span.kind, span.target, [], span.previous))
        self.lines.append([])
        self._open.extend(reversed(reopened))

    def finish(self) -> list[Line]:
        """Return the stripped lines; spans that were never closed are replaced by their content."""
        unclosed: set[int] = set()
        while self._open:
            opened = self._close_last()
            unclosed.update(map(id, opened.previous))
        if self.exact:
            return [merge_texts(line) for line in self.lines]
        if not unclosed:
            return [strip_line(line) for line in self.lines]
        return [
            strip_line([part for span in line for part in _unwrap(span, unclosed)]) for line in self.lines
        ]

    def _target(self) -> list[Span]:
        return self._open[-1].spans if self._open else self.lines[-1]

    def _close_last(self) -> _OpenSpan:
        opened = self._open.pop()
        parent = self._target()
        inner = merge_texts(opened.spans)
        if len(self._open) >= MAX_NESTING or not (self.exact or span_text(inner).strip()):
            parent.extend(inner)
            return opened
        if opened.kind is SpanKind.CODE:
            span: Span = Code(span_text(inner))
        elif opened.kind is SpanKind.LINK:
            span = Link(inner, opened.target)
        else:
            span = _EMPHASIS[opened.kind](inner)
        opened.previous.append(span)
        parent.append(span)
        return opened


def _unwrap(span: Span, unclosed: set[int]) -> Line:
    """Return the content of a span that was never closed, or the span itself."""
    if id(span) in unclosed and isinstance(span, NESTING_SPANS):
        return tuple(part for inner in span.spans for part in _unwrap(inner, unclosed))
    return (span,)


def span_text(spans: Line) -> str:
    """Return the visible text of spans."""
    if len(spans) == 1 and isinstance(spans[0], Text):
        return spans[0].text
    return line_text(spans)


def merge_texts(spans: list[Span] | Line) -> Line:
    """Return spans with adjacent texts merged."""
    return tuple(_merge_texts(spans))


def _merge_texts(spans: Sequence[Span]) -> list[Span]:
    result: list[Span] = []
    last: Text | None = None
    for span in spans:
        if not isinstance(span, Text):
            last = None
            result.append(span)
        elif last is not None and span.text:
            result[-1] = last = Text(last.text + span.text)
        elif span.text:
            last = span
            result.append(span)
    return result


def strip_line(spans: list[Span] | Line) -> Line:
    """Return a line without spaces at its ends."""
    if len(spans) == 1 and isinstance(only := spans[0], Text):
        text = only.text.strip(" \t\n")
        return (only,) if text == only.text and text else (Text(text),) if text else ()
    line = _merge_texts(spans)
    # no text is beside another one
    if line and isinstance(first := line[0], Text):
        line[:1] = _strip_text(first, first.text.lstrip(" \t\n"))
    if line and isinstance(last := line[-1], Text):
        line[-1:] = _strip_text(last, last.text.rstrip(" \t\n"))
    return tuple(line)


def _strip_text(span: Text, text: str) -> Line:
    return (span,) if text == span.text else (Text(text),) if text else ()


def join_lines(lines: list[Line]) -> Line:
    """Return lines as one line, separated by spaces."""
    spans: list[Span] = []
    for line in lines:
        if spans and line:
            spans.append(Text(" "))
        spans.extend(line)
    return strip_line(spans)


def drop_prefix(line: Line, length: int) -> Line:
    """Return a line without the first `length` characters of its visible text."""
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
    """Return the non-empty lines as one line, separated by line breaks."""
    spans: list[Span] = []
    for line in filter(None, lines):
        if spans:
            spans.append(LineBreak())
        spans.extend(line)
    return merge_texts(spans)


def split_at_breaks(line: Line) -> list[Line]:
    """Return the parts of a line between its line breaks."""
    lines: list[list[Span]] = [[]]
    for span in line:
        if isinstance(span, LineBreak):
            lines.append([])
        else:
            lines[-1].append(span)
    return [strip_line(part) for part in lines]
